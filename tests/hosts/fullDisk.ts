import fs from "node:fs";
import path from "node:path";
import type { Host } from "./machine/host";
import type { Rig } from "./rig";

/**
 * Takes all the room that is left on the root disk of a host that is off.
 * @returns what gives it back
 */
export async function fillRootDisk(rig: Rig, host: Host): Promise<() => Promise<void>> {
    const filler = (root: string) => path.join(root, "var/tmp/filler");
    await host.whileOff(async (root, inside) => {
        // What is written gives back what was set aside for it.
        while (fillUp(filler(root)) > 0) {
            await rig.workspace.namespace.run(["sync", "--file-system", inside]);
        }
    });
    return () => host.whileOff((root) => fs.rmSync(filler(root)));
}

/** @returns how many bytes there was room for */
function fillUp(file: string): number {
    const { bavail, bsize } = fs.statfsSync(path.dirname(file));
    const descriptor = fs.openSync(file, "a");
    const block = Buffer.alloc(1 << 20, 1);
    let written = 0;
    try {
        while (written < bavail * bsize + block.length) {
            written += fs.writeSync(descriptor, block);
        }
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") {
            throw error;
        }
    } finally {
        fs.closeSync(descriptor);
    }
    return written;
}
