import Module, { createRequire } from "node:module";

import type { LocalWorkspaceOptions, PulumiCommand, Stack } from "@pulumi/pulumi/automation";

import type { LeaseRenewal } from "../../components/model/lease";
import type { ResolvedSettings } from "../../components/model/settings";
import type { PulumiAnswer, PulumiCli } from "./pulumiCli";

/**
 * A stack of the Automation API whose program runs in this process. Three things differ from the API's own way:
 * the CLI runs in a process group of its own (see `runPulumi`); no stack is selected, because every command names
 * its stack and a selection would change what the person's own `pulumi` works on; and the three commands that the
 * API runs after an update to fetch outputs and history (over a second) are answered at once, because the engine's
 * events and the state tell as much.
 */
export async function openInlineStack(options: {
    readonly name: string;
    readonly cli: PulumiCli;
    /** What the checks have looked at. */
    readonly settings: ResolvedSettings | undefined;
    /** No settings file has them. */
    readonly areGiven: boolean;
    readonly leaseRenewal: LeaseRenewal | undefined;
}): Promise<Stack> {
    const { name, cli, settings, areGiven, leaseRenewal } = options;
    const { automation, slesEcsProgram } = await loadProgram();
    const command = {
        command: cli.options.command,
        version: { toString: () => cli.version },
        run: (args: string[], _directory: string, env: Record<string, string>) => run(cli, args, env),
    };
    const workspace = await automation.LocalWorkspace.create({
        workDir: cli.options.directory,
        // Every command that runs the program has made the checks before, and knows more than the program does.
        program: () => slesEcsProgram({ checked: settings, areGiven, leaseRenewal, warningsTold: true }),
        // The API calls `run` and reads the two fields; its declarations hide the method.
        pulumiCommand: command as unknown as PulumiCommand,
    } satisfies LocalWorkspaceOptions);
    return automation.Stack.select(name, workspace);
}

interface LoadedProgram {
    readonly automation: typeof import("@pulumi/pulumi/automation");
    readonly slesEcsProgram: typeof import("../../components/program").slesEcsProgram;
}

/** Loads Pulumi's SDK and the program; takes most of a second, and may be begun before they are needed. */
export async function loadProgram(): Promise<LoadedProgram> {
    const automation = await loadAutomation();
    const { slesEcsProgram } = await import("../../components/program");
    return { automation, slesEcsProgram };
}

async function run(
    cli: PulumiCli,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
): Promise<{ stdout: string; stderr: string; code: number }> {
    const { stdout, stderr, exitCode } =
        cannedAnswer(args) ?? (await cli.run(args, { ...env, PULUMI_AUTOMATION_API: "true" }));
    return { stdout, stderr, code: exitCode };
}

function cannedAnswer(args: readonly string[]): PulumiAnswer | undefined {
    if (args[0] !== "stack") {
        return undefined;
    }
    const answers: Readonly<Record<string, string>> = { select: "", output: "{}", history: "[]" };
    const stdout = answers[args[1] ?? ""];
    return stdout === undefined ? undefined : { stdout, stderr: "", exitCode: 0 };
}

/**
 * What Pulumi's SDK loads to serialise functions into programs, which no program in here does: the TypeScript
 * compiler and npm's dependency resolver. They make up more than half of the time that the SDK takes to load.
 */
const heavy = ["./typescript-shim", "@npmcli/arborist"];

/** Loads the Automation API without the parts of Pulumi's SDK that are heavy and not used; they load on first use. */
async function loadAutomation(): Promise<typeof import("@pulumi/pulumi/automation")> {
    const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
    for (const name of heavy) {
        defer(name, requireFromPulumi);
    }
    return import("@pulumi/pulumi/automation");
}

function defer(name: string, requireFromPulumi: NodeJS.Require): void {
    let file: string;
    try {
        file = requireFromPulumi.resolve(name);
    } catch {
        // Another version of the SDK without it: nothing to save.
        return;
    }
    if (require.cache[file] !== undefined) {
        return;
    }
    const placeholder = new Module(file);
    placeholder.filename = file;
    placeholder.loaded = true;
    let real: Record<PropertyKey, unknown> | undefined;
    placeholder.exports = new Proxy(
        {},
        {
            get: (_target, key) => {
                // Keeps compiled `import * as` from copying every member, which would load it all.
                if (key === "__esModule") {
                    return true;
                }
                if (real === undefined) {
                    Reflect.deleteProperty(require.cache, file);
                    real = requireFromPulumi(file) as Record<PropertyKey, unknown>;
                }
                return key === "default" ? (real["default"] ?? real) : real[key];
            },
        },
    );
    require.cache[file] = placeholder;
}
