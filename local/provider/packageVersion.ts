import { readFileSync } from "node:fs";

/** The version of a Pulumi package that is installed here: the engine looks for a plugin of exactly this version. */
export function packageVersion(name: "@pulumi/aws" | "@pulumi/awsx"): string {
    const file = require.resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version.replace(/^v/, "");
}
