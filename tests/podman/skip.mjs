import { execFileSync } from "node:child_process";
import { reasonToSkip as reasonOfContainers } from "../containers/skip.mjs";

/** What is missing on this computer, in one line, or undefined. */
export function reasonToSkip() {
    try {
        execFileSync("podman", ["version"], { stdio: "ignore" });
    } catch {
        return "no podman is there (apt-get install podman netavark)";
    }
    // Its images are docker's.
    return reasonOfContainers();
}
