import pLimit from "p-limit";

import { shellWord } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import type { Context, EngineOptions } from "../ports/context";
import type { Engine, EnvironmentSummary } from "../ports/engine";
import { asRecord, openProject, settingsFilePath } from "../settings/project";
import { preparePulumi } from "../setup";

import { loadProgram } from "./automationApi";
import { findBackend, stateFileOf, type StateBackend } from "./backend";
import { mapEngineError } from "./engineErrors";

import { PulumiCli } from "./pulumiCli";
import { Runner } from "./runner";
import { PulumiStack } from "./stack";
import { emptyState, standingIn, type StackState } from "./state";

/** What the engine needs of its surroundings. */
type EngineContext = Pick<Context, "env" | "io" | "signal" | "killSignal" | "directory">;

/** The Pulumi engine for the stacks of one project, in whatever state backend the person uses. */
export async function createEngine(options: EngineOptions, context: EngineContext): Promise<Engine> {
    const project = await openProject(context, options.projectDirectory);
    const { command, version, source } = await preparePulumi({
        env: context.env,
        signal: context.signal,
        report: (line) => context.io.stderr(`${line}\n`),
    });
    const cli = new PulumiCli(
        {
            command,
            directory: project.directory,
            env: context.env,
            signal: context.signal,
            killSignal: context.killSignal,
        },
        version,
        source === "path" ? "pulumi" : shellWord(command),
    );
    const backend = await findBackend(project, context.env);
    const runnerOf = (name: string) =>
        new Runner(cli, { name, stateFile: stateFileOf(backend, project.name, name) });
    return {
        list: () => listStacks(cli, runnerOf),
        open: async (environment) => {
            const runner = runnerOf(environment);
            const [state, organization] = await Promise.all([
                readState(runner),
                findOrganization(cli, backend),
                // Begun after the CLI has started, because it keeps this process busy for a while.
                options.runsProgram === true ? loadProgram() : undefined,
            ]);
            return new PulumiStack({
                runner,
                backend,
                state,
                name: environment,
                qualifiedName: `${organization}/${project.name}/${environment}`,
                settingsFile: settingsFilePath(project, environment),
            });
        },
    };
}

/** How many states are read at once. */
const readAtOnce = 8;

/** What Pulumi lists, with what stands of each: its own count takes in components, which an `up` that failed leaves alone. */
async function listStacks(
    cli: PulumiCli,
    runnerOf: (name: string) => Runner,
): Promise<readonly EnvironmentSummary[]> {
    const listed = await askForStacks(cli);
    const limit = pLimit(readAtOnce);
    const summaries = await Promise.all(
        listed.map(({ resourceCount, ...stack }) =>
            limit(async () => {
                const name = String(stack["name"]).split("/").at(-1) ?? "";
                const state = resourceCount === 0 ? emptyState : await readState(runnerOf(name));
                return state && summaryOf(name, stack, standingIn(state).length);
            }),
        ),
    );
    return summaries.filter((one) => one !== undefined);
}

async function askForStacks(cli: PulumiCli): Promise<readonly Readonly<Record<string, unknown>>[]> {
    try {
        const { stdout } = await cli.run(["stack", "ls", "--json"]);
        return (JSON.parse(stdout) as unknown[]).map(asRecord);
    } catch (error) {
        throw mapEngineError(error, { operation: "read", interrupted: cli.signal.aborted, pulumi: cli.word });
    }
}

function summaryOf(
    name: string,
    { updateInProgress, current, lastUpdate }: Readonly<Record<string, unknown>>,
    resourceCount: number,
): EnvironmentSummary {
    return {
        name,
        updateInProgress: updateInProgress === true,
        current: current === true,
        lastUpdate: typeof lastUpdate === "string" ? lastUpdate : undefined,
        resourceCount,
    };
}

/** Undefined where the backend has no such stack. */
async function readState(runner: Runner): Promise<StackState | undefined> {
    try {
        return await runner.readState();
    } catch (error) {
        if (error instanceof AppError && error.code === "ENVIRONMENT_NOT_FOUND") {
            return undefined;
        }
        throw error;
    }
}

/** Buckets and folders have one organization, by this name; Pulumi's service is asked. */
async function findOrganization(cli: PulumiCli, backend: StateBackend): Promise<string> {
    if (!backend.isService) {
        return "organization";
    }
    const answers = [["org", "get-default"], ["whoami"]];
    for (const args of answers) {
        const name = await cli.run(args).then(
            ({ stdout }) => stdout.trim(),
            () => "",
        );
        if (/^[\w-]+$/.test(name)) {
            return name;
        }
    }
    return "organization";
}
