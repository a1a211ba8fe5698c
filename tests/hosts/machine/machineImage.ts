import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { cacheDirectory } from "../../../automation/setup/setup";
import type { Namespace } from "./namespace";

const script = path.join(__dirname, "buildArea.sh");

/** The folder of what the machines need, kept from run to run. */
export function hostsCacheDirectory(): string {
    return path.join(cacheDirectory(process.env), "host-machines");
}

/**
 * Makes the file system with the machines' images, unless it is there: a file that is named by what makes it. Takes
 * a minute or two, and fetches Debian's packages.
 */
export async function buildArea(namespace: Namespace, mountPoint: string): Promise<string> {
    const hash = createHash("sha256").update(fs.readFileSync(script)).digest("hex").slice(0, 12);
    const area = path.join(hostsCacheDirectory(), `${hash}.xfs`);
    if (!fs.existsSync(area)) {
        await namespace.run(["bash", script, area, mountPoint]);
    }
    return area;
}
