import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export interface PackageFile {
    readonly version: string;
    /** Such as `>=20.19`. */
    readonly engines: { readonly node: string };
    readonly dependencies: Readonly<Record<string, string>>;
    /** Pulumi's SDKs, which are the project's own: from the versions on that this was made with. */
    readonly peerDependencies: Readonly<Record<string, string>>;
}

/** Folder of this package, found upwards from the running code, which may be compiled or not. */
export function packageDirectory(): string {
    for (let directory = __dirname; ; directory = path.dirname(directory)) {
        if (existsSync(path.join(directory, "package.json"))) {
            return directory;
        }
        if (directory === path.dirname(directory)) {
            throw new Error(`no package.json above ${__dirname}`);
        }
    }
}

/** This package's own package.json. */
export function readPackageFile(): PackageFile {
    return JSON.parse(readFileSync(path.join(packageDirectory(), "package.json"), "utf8")) as PackageFile;
}
