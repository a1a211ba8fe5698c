import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export interface PackageFile {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
}

/** This package's own package.json, found upwards from the running code. */
export function readPackageFile(): PackageFile {
    for (let directory = __dirname; ; directory = path.dirname(directory)) {
        const file = path.join(directory, "package.json");
        if (existsSync(file)) {
            return JSON.parse(readFileSync(file, "utf8")) as PackageFile;
        }
        if (directory === path.dirname(directory)) {
            throw new Error(`no package.json above ${__dirname}`);
        }
    }
}
