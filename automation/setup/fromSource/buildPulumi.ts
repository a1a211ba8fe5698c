import fs from "node:fs/promises";
import path from "node:path";

import type { Setup } from "../setup";
import { builtPulumiVersion } from "../versions";
import { buildGoProgram, usableGo, type GoProgram } from "./goPrograms";

const cli: GoProgram = {
    name: "pulumi",
    path: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: builtPulumiVersion,
    tags: "osusergo,grpcnotrace",
};
/** sdk/v3 up to v3.60.0 holds the last one of its own for Node programs. */
const languageHost: GoProgram = {
    name: "pulumi-language-nodejs",
    path: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: "3.60.0",
    tags: "osusergo,grpcnotrace",
};

/** Builds the CLI and the language host for Node programs from their Go modules into `<folder>/bin`. */
export async function buildPulumi(setup: Setup, folder: string): Promise<void> {
    const go = await usableGo(setup);
    await buildGoProgram(setup, go, folder, languageHost, "-s -w");
    // Without its version set, the CLI reports none, and the Automation API refuses it.
    const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${cli.version}`;
    await buildGoProgram(setup, go, folder, cli, `-s -w ${versionFlag}`);
    await fs.rm(path.join(folder, "build"), { recursive: true, force: true });
}
