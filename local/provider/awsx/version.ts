import { readFileSync } from "node:fs";

/** The version of `@pulumi/awsx` that is installed here: the engine looks for a plugin of exactly this version. */
export function awsxVersion(): string {
    const file = require.resolve("@pulumi/awsx/package.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version.replace(/^v/, "");
}
