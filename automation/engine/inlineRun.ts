import type { LocalWorkspaceOptions, PulumiCommand, Stack } from "@pulumi/pulumi/automation";

import { loadAutomation } from "./lightPulumi";
import type { PulumiCli } from "./pulumiCli";
import type { PulumiAnswer } from "./pulumiProcess";

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
}): Promise<Stack> {
    const { name, cli } = options;
    const { automation, slesEcsProgram } = await loadProgram();
    const command = {
        command: cli.options.command,
        version: { toString: () => cli.version },
        run: (args: string[], _directory: string, env: Record<string, string>) => run(cli, args, env),
    };
    const workspace = await automation.LocalWorkspace.create({
        workDir: cli.options.directory,
        // Every command that runs the program has made the checks before, and knows more than the program does.
        program: () => slesEcsProgram({ warningsTold: true }),
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
