import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { StateLease } from "../../components/model/lease";
import { leaseResource, programComponent, stackIdResource } from "../../components/model/names";
import type { ResolvedSettings } from "../../components/model/settings";
import { AppError } from "../errors/appError";
import type {
    ChangeSummary,
    EngineObserver,
    EnvironmentStack,
    Outputs,
    ProgramOptions,
    RunOptions,
    StateResource,
    WorkingVerb,
} from "../ports/engine";
import type { LockHolder } from "../ports/lockHolder";
import {
    holdsSettings,
    secretsProviderIn,
    withFileAsItIs,
    withoutMain,
    withoutStackKeys,
} from "../settings/stackKeys";
import { makeTemporaryFolder } from "../setup/temporaryFolder";
import type { StateBackend } from "../settings/backend";
import { findHolders, readLocks } from "./locks";
import type { Runner } from "./runner";
import { emptyState, standingIn, type StackState } from "./state";

/** Everything that a stack works with. */
interface StackParts {
    readonly runner: Runner;
    readonly name: string;
    readonly qualifiedName: string;
    readonly backend: StateBackend;
    /** Missing where the backend has no such stack. */
    readonly state: StackState | undefined;
    readonly settingsFile: string;
}

/** An environment's stack over the Automation API and the Pulumi CLI. */
export class PulumiStack implements EnvironmentStack {
    readonly name: string;
    readonly qualifiedName: string;
    private state: StackState | undefined;

    constructor(private readonly parts: StackParts) {
        this.name = parts.name;
        this.qualifiedName = parts.qualifiedName;
        this.state = parts.state;
    }

    get exists(): boolean {
        return this.state !== undefined;
    }

    get empty(): boolean {
        return standingIn(this.state ?? emptyState).length === 0;
    }

    get stackId(): string | undefined {
        return this.state?.stackId;
    }

    get lease(): StateLease | undefined {
        return this.state?.lease;
    }

    get region(): string | undefined {
        return this.state?.region;
    }

    get settings(): ResolvedSettings | undefined {
        return this.state?.settings;
    }

    get hasRecords(): boolean {
        return this.state?.root !== undefined;
    }

    get notOurs(): readonly string[] {
        return this.state?.notOurs ?? [];
    }

    outputs(): Promise<Outputs> {
        return Promise.resolve((this.state ?? emptyState).outputs);
    }

    resources(): Promise<readonly StateResource[]> {
        return Promise.resolve((this.state ?? emptyState).resources);
    }

    async requireUnlocked(): Promise<string | undefined> {
        const holders = await readLocks(this.parts.backend, this.qualifiedName);
        return holders.length === 0 ? undefined : this.parts.runner.breakDeadLock(holders);
    }

    lockHolders(): Promise<readonly LockHolder[] | undefined> {
        const { backend, runner } = this.parts;
        return findHolders(backend, this.qualifiedName, runner);
    }

    unlock(): Promise<void> {
        return this.parts.runner.unlock();
    }

    async requireWorkable(verb: WorkingVerb, observer?: EngineObserver): Promise<void> {
        // The stack's own resource stands for nothing in AWS; where it is missing, there is nothing to refresh either.
        const targets = this.state?.root === undefined ? undefined : [this.state.root];
        const { runner, settingsFile } = this.parts;
        await withFileAsItIs(settingsFile, () =>
            runner.update("refresh", {
                targets,
                within: verb,
                observer: observer && warningsOf(observer),
            }),
        );
    }

    async preview(options: ProgramOptions): Promise<ChangeSummary> {
        const { settingsFile } = this.parts;
        const run = (own: Runner, areGiven: boolean) => own.update("preview", { ...options, areGiven });
        if (this.exists) {
            const { summary } = await withFileAsItIs(settingsFile, (text) => {
                const areGiven = !holdsSettings(text);
                return run(this.runnerWhere(areGiven), areGiven);
            });
            return summary;
        }
        const text = await readFile(settingsFile, "utf8").catch(() => undefined);
        const { summary } = await withThrowawayStack(this.parts, text, (own) =>
            run(own, !holdsSettings(text)),
        );
        return summary;
    }

    async up(
        options: ProgramOptions,
    ): Promise<{ readonly changes: ChangeSummary; readonly outputs: Outputs }> {
        const [own, changes] = await withFileAsItIs(this.parts.settingsFile, async (text) => {
            const areGiven = !holdsSettings(text);
            const runner = this.runnerWhere(areGiven);
            if (!this.exists) {
                await runner.command("up", initOf(this.name, secretsProviderIn(text)));
                this.state = emptyState;
            }
            await this.clearUnfinished(options);
            const own = options.whole === true ? runner.uninterrupted() : runner;
            const { summary } = await own.update("up", { ...options, areGiven });
            return [own, summary];
        });
        this.state = await own.readState();
        return { changes, outputs: this.state.outputs };
    }

    async refresh(options: RunOptions & { readonly previewOnly?: boolean } = {}): Promise<ChangeSummary> {
        const { runner, settingsFile } = this.parts;
        return (await withFileAsItIs(settingsFile, () => runner.update("refresh", options))).summary;
    }

    async destroy(options: RunOptions = {}): Promise<ChangeSummary> {
        const { runner, settingsFile } = this.parts;
        await this.clearUnfinished(options);
        const spared = [...(options.spared ?? []), ...this.proofs()];
        const run = { ...options, spared: spared.length === 0 ? undefined : spared };
        const { summary } = await withFileAsItIs(settingsFile, () => runner.update("destroy", run));
        this.state = await runner.readState();
        return summary;
    }

    async remove(): Promise<void> {
        const { runner } = this.parts;
        this.state = await runner.readState();
        // What a destroy leaves of the state stands for nothing in AWS; anything else is somebody's `up` since.
        const force = this.empty ? ["--force"] : [];
        const args = ["stack", "rm", this.name, "--yes", "--preserve-config", ...force];
        await runner.command("destroy", args);
        this.state = undefined;
    }

    /** Without a settings file the environment is where its state says, and not where the surroundings lead the engine. */
    private runnerWhere(areGiven: boolean): Runner {
        const { runner } = this.parts;
        const { region } = this;
        return areGiven && region !== undefined
            ? runner.elsewhere(runner.directory, { AWS_REGION: region, AWS_DEFAULT_REGION: region })
            : runner;
    }

    /**
     * What outlives the engine's destroy, and goes with the stack: while something of the environment is left in AWS, the
     * next destroy has to know whose it is, and a reaper that it has an end.
     */
    private proofs(): readonly Pick<StateResource, "type" | "name">[] {
        const { stackId, lease } = this.state ?? emptyState;
        const names = [
            ...(stackId === undefined ? [] : [stackIdResource(programComponent)]),
            ...(lease === undefined ? [] : [leaseResource(programComponent)]),
        ];
        return names.map((name) => ({ type: "pulumi:index:Stash", name }));
    }

    /**
     * After a kill the state lists what was being worked on, and Pulumi warns of it until a refresh with an answer
     * for each. What of it exists in AWS all the same carries the environment's tags, so a destroy will find it.
     */
    private async clearUnfinished(options: RunOptions): Promise<void> {
        const unfinished = this.state?.unfinished ?? [];
        if (unfinished.length === 0) {
            return;
        }
        options.observer?.diagnostic({
            severity: "warning",
            message: `the last update was killed while it worked on ${unfinished.join(", ")}: what AWS holds of it and the state does not is found by its tags`,
        });
        await this.parts.runner.update("refresh", { ...options, clearUnfinished: true });
    }
}

/** The look at the stack itself is no step of anything. */
function warningsOf(observer: EngineObserver): EngineObserver {
    return { resource: () => undefined, diagnostic: (event) => observer.diagnostic(event) };
}

/** Undefined where the backend has no such stack. */
export async function readStateOf(runner: Runner): Promise<StackState | undefined> {
    try {
        return await runner.readState();
    } catch (error) {
        if (error instanceof AppError && error.code === "ENVIRONMENT_NOT_FOUND") {
            return undefined;
        }
        throw error;
    }
}

/** @param secretsProvider where the settings file names one: `stack init` itself would not look */
function initOf(stack: string, secretsProvider?: string): readonly string[] {
    const provider = secretsProvider === undefined ? [] : ["--secrets-provider", secretsProvider];
    return ["stack", "init", stack, "--no-select", ...provider];
}

/**
 * Runs a preview on a stack that is made for it, in a project and a state backend of its own in a temporary folder, with
 * a passphrase that nobody needs: where there is no stack yet, looking makes none, and leaves the settings as they are.
 */
async function withThrowawayStack<T>(
    { runner, name, settingsFile }: StackParts,
    settings: string | undefined,
    work: (runner: Runner) => Promise<T>,
): Promise<T> {
    const folder = await makeTemporaryFolder("sles-ecs-preview-");
    const state = path.join(folder, "state");
    const project = path.join(folder, "project");
    try {
        await Promise.all([mkdir(state), copyProject(runner.directory, { settingsFile, settings }, project)]);
        const throwaway = runner.elsewhere(project, {
            PULUMI_BACKEND_URL: pathToFileURL(state).href,
            PULUMI_CONFIG_PASSPHRASE: randomUUID(),
            PULUMI_CONFIG_PASSPHRASE_FILE: "",
        });
        await throwaway.command("preview", initOf(name));
        return await work(throwaway);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** The project file, and the settings without what belongs to the secrets of another stack. */
async function copyProject(
    from: string,
    { settingsFile, settings }: Pick<StackParts, "settingsFile"> & { readonly settings: string | undefined },
    to: string,
): Promise<void> {
    const copy = path.join(to, path.relative(from, settingsFile));
    await mkdir(path.dirname(copy), { recursive: true });
    const file = `Pulumi${path.extname(settingsFile)}`;
    await writeFile(path.join(to, file), withoutMain(await readFile(path.join(from, file), "utf8")));
    if (settings !== undefined) {
        await writeFile(copy, withoutStackKeys(settings));
    }
}
