import { readFileSync } from "node:fs";

import { shellWord } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { readPackageFile } from "./packageFile";

/** Pulumi's SDKs, which the project brings: not every package manager installs what a package wants beside itself. */
const sdks = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/awsx"] as const;

type Sdk = (typeof sdks)[number];

/**
 * The version of one of Pulumi's SDKs that is installed here: the engine takes a plugin of exactly this version.
 * @throws AppError PULUMI_SDK_MISSING
 */
export function sdkVersion(name: Sdk): string {
    const file = findSdk(name);
    if (file === undefined) {
        throw missing([name]);
    }
    return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version.replace(/^v/, "");
}

/** @throws AppError PULUMI_SDK_MISSING with all that are missing */
export function requireSdks(): void {
    const names = sdks.filter((name) => findSdk(name) === undefined);
    if (names.length > 0) {
        throw missing(names);
    }
}

function findSdk(name: Sdk): string | undefined {
    try {
        return require.resolve(`${name}/package.json`);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") {
            return undefined;
        }
        throw error;
    }
}

function missing(names: readonly Sdk[]): AppError {
    const { peerDependencies } = readPackageFile();
    const wanted = names.map((name) => shellWord(`${name}@${peerDependencies[name]}`));
    return new AppError("PULUMI_SDK_MISSING", {
        message: `sles-ecs finds no ${names.join(", ")}: the project has to bring Pulumi's SDKs`,
        hint: `npm install ${wanted.join(" ")}`,
    });
}
