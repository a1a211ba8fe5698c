import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const app = path.join(__dirname, "cdk");

/**
 * The CDK app of bench/cdk with its packages installed, in the cache; a change of the app makes a new one.
 * @returns its folder.
 */
export function prepareCdk(cache: string, report: (line: string) => void): string {
    const files = [
        "package.json",
        "package-lock.json",
        "cdk.json",
        "tsconfig.json",
        "bin/cluster.ts",
        "lib/slesClusterStack.ts",
    ];
    const hash = createHash("sha256");
    for (const file of files) {
        hash.update(fs.readFileSync(path.join(app, file)));
    }
    const folder = path.join(cache, `bench-cdk-${hash.digest("hex").slice(0, 12)}`);
    if (fs.existsSync(folder)) {
        return folder;
    }
    report("installing aws-cdk into the cache");
    const temporary = `${folder}.partial`;
    fs.rmSync(temporary, { recursive: true, force: true });
    for (const file of files) {
        fs.cpSync(path.join(app, file), path.join(temporary, file), { recursive: true });
    }
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    execFileSync("npm", args, { cwd: temporary, stdio: ["ignore", "ignore", "inherit"] });
    fs.renameSync(temporary, folder);
    return folder;
}
