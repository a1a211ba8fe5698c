import pLimit from "p-limit";

import { shellWord } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { LockedError } from "../errors/lockedError";
import type { Context, EngineOptions } from "../ports/context";
import { clusterIn, type Engine, type EngineLock, type EnvironmentSummary } from "../ports/engine";
import { asRecord, openProject, settingsFilePath } from "../settings/project";
import { preparePulumi, setupOf, type PulumiCli as FoundCli } from "../setup";

import { loadProgram } from "./automationApi";
import { findBackend, stacksIn, stateFileOf, stateFolderOf, type StateBackend } from "../settings/backend";
import { mapEngineError } from "./engineErrors";
import { findHolders } from "./locks";
import { PulumiCli } from "./pulumiCli";
import { Runner } from "./runner";
import { PulumiStack, readStateOf } from "./stack";
import { requireFolder } from "./stateElsewhere";
import { examineState, restoreState } from "./stateFiles";
import { emptyState, leasedIn, standingIn } from "./state";

/** What the engine needs of its surroundings. */
type EngineContext = Pick<Context, "env" | "io" | "signal" | "killSignal" | "directory">;

/**
 * The Pulumi engine for the stacks of one project, in whatever state backend the person uses.
 * @param findCli gives the CLI to run
 */
export async function createEngine(
    options: EngineOptions,
    context: EngineContext,
    findCli: () => Promise<FoundCli> = () => preparePulumi(setupOf(context)),
): Promise<Engine> {
    const project = await openProject(context, options.projectDirectory);
    const { command, version, source } = await findCli();
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
    const lockOf = (environment: string): EngineLock =>
        // The one organization of a backend that is a folder.
        engineLock(backend, `organization/${project.name}/${environment}`, runnerOf(environment));
    return {
        lockOf,
        examineState: async (environment) => {
            const { directory } = requireFolder(backend, project.name, environment);
            return examineState({ directory, project: project.name, stack: environment });
        },
        restoreState: async (environment, damage) => {
            const judged = (await lockOf(environment).holders()) ?? [];
            // A state is written whole or not at all while a machine lives: no engine of another one has cut it.
            if (judged.some(({ life }) => life === "alive" || life === "unknown")) {
                throw new LockedError(environment, judged);
            }
            await restoreState(damage);
        },
        list: async () =>
            countStanding(await askForStacks(cli, stateFolderOf(backend, project.name)), runnerOf),
        open: async (environment) => {
            const runner = runnerOf(environment);
            const [state, organization] = await Promise.all([
                readStateOf(runner),
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

function engineLock(backend: StateBackend, qualifiedName: string, runner: Runner): EngineLock {
    return {
        holders: () => findHolders(backend, qualifiedName, runner),
        unlock: () => runner.unlock(),
    };
}

/** How many states are read at once. */
const readAtOnce = 8;

type ListedStack = Readonly<Record<string, unknown>>;

/** What Pulumi lists, with what stands of each: its own count takes in components, which an `up` that failed leaves alone. */
async function countStanding(
    listed: readonly ListedStack[],
    runnerOf: (name: string) => Runner,
): Promise<readonly EnvironmentSummary[]> {
    const summaries = await pLimit(readAtOnce).map(listed, async (stack) => {
        const name = String(stack["name"]).split("/").at(-1) ?? "";
        try {
            const state = stack["resourceCount"] === 0 ? emptyState : await readStateOf(runnerOf(name));
            const resourceCount = state && standingIn(state).length;
            const { stackId, otherIds, notOurs = [], settings } = state ?? {};
            const clusterArn = state && clusterIn(state.resources)?.clusterArn;
            return (
                state && {
                    ...summaryOf(name, stack),
                    ...{ stackId, otherIds, resourceCount, clusterArn, settings, leased: leasedIn(state) },
                    ...(notOurs.length > 0 && { ofOwnProgram: true as const }),
                }
            );
        } catch (error) {
            // One that is broken must not keep the others from being listed, and from being reaped.
            return { ...summaryOf(name, stack), unreadable: whyUnreadable(error) };
        }
    });
    return summaries.filter((one) => one !== undefined);
}

/** @throws what is nobody's input, or an interruption */
function whyUnreadable(error: unknown): string {
    if (!(error instanceof AppError) || error.code === "INTERRUPTED") {
        throw error;
    }
    return `${error.message} (${error.code})`;
}

/** @param folder where the states are, if it is a folder: it has the names that Pulumi does not tell while one state is broken */
async function askForStacks(cli: PulumiCli, folder: string | undefined): Promise<readonly ListedStack[]> {
    try {
        const { stdout } = await cli.run(["stack", "ls", "--json"]);
        return (JSON.parse(stdout) as unknown[]).map(asRecord);
    } catch (error) {
        const place = { operation: "read", interrupted: cli.signal.aborted, pulumi: cli.word } as const;
        const failure = mapEngineError(error, place);
        if (folder !== undefined && failure instanceof AppError && failure.code === "STATE_CORRUPT") {
            return (await stacksIn(folder)).map((name) => ({ name }));
        }
        throw failure;
    }
}

function summaryOf(
    name: string,
    { updateInProgress, current, lastUpdate }: ListedStack,
): Omit<EnvironmentSummary, "resourceCount"> {
    return {
        name,
        updateInProgress: updateInProgress === true,
        current: current === true,
        lastUpdate: typeof lastUpdate === "string" ? lastUpdate : undefined,
    };
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
