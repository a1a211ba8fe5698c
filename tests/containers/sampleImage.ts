import fs from "node:fs/promises";
import path from "node:path";

import { sampleService } from "../../components/model/services/serviceRequest";
import { temporaryDirectory } from "../local/cloud/testCloud";
import { docker, image } from "./containerCloud";

const python = [
    "#!/bin/sh",
    // As the first process of a container, it ends only where it says so.
    "trap 'exit 0' TERM",
    '[ "$*" = "-m http.server 8080 --directory /etc" ] || exit 2',
    "httpd -f -p 8080 -h /etc & wait",
];

/**
 * Makes the image of `--sample` be there. Without a way to registry.suse.com it is a stand-in under its name: busybox's web server
 * called python3, which knows that one command line. One that the engine has is left as it is.
 * @returns takes the stand-in away again
 */
export async function provideSample(): Promise<() => void> {
    if (docker("images", "-q", sampleService.image) !== "") {
        return () => undefined;
    }
    const folder = await temporaryDirectory();
    await fs.writeFile(path.join(folder, "python3"), `${python.join("\n")}\n`, { mode: 0o755 });
    await fs.writeFile(path.join(folder, "index.html"), "the sample\n");
    await fs.writeFile(
        path.join(folder, "Dockerfile"),
        `FROM ${image}\nCOPY python3 /bin/python3\nCOPY index.html /etc/index.html\n`,
    );
    docker("build", "-q", "-t", sampleService.image, folder);
    await fs.rm(folder, { recursive: true });
    return () => void docker("rmi", "-f", sampleService.image);
}
