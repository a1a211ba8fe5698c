import { execFileSync } from "node:child_process";
import fs from "node:fs";

/** What is missing on this computer, in one line, or undefined. */
export function reasonToSkip() {
    try {
        execFileSync("docker", ["version"], { stdio: "ignore" });
    } catch {
        return "no docker answers (apt-get install docker.io)";
    }
    try {
        execFileSync("podman", ["version"], { stdio: "ignore" });
    } catch {
        return "no podman is there (apt-get install podman netavark)";
    }
    return fs.existsSync("/bin/busybox") ? undefined : "no /bin/busybox (apt-get install busybox-static)";
}
