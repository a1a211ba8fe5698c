import type { ProgramOptions, RunOptions, StateResource, WorkingVerb } from "../ports/engine";
import { areDead, describeHolder, LockedError } from "../errors/lockedError";
import type { LockHolder } from "../ports/lockHolder";
import { openInlineStack } from "./automationApi";
import { mapEngineError, type EngineOperation, type FailurePlace } from "./engineErrors";
import { judgeEngines } from "./engineProcesses";
import { EventCollector } from "./events";
import type { PulumiCli } from "./pulumiCli";
import { parseState, type StackState } from "./state";

type Update = "up" | "preview" | "refresh" | "destroy";

interface UpdateOptions extends RunOptions, Partial<Pick<ProgramOptions, "settings" | "leaseRenewal">> {
    readonly previewOnly?: boolean;
    readonly clearUnfinished?: boolean;
    /** No settings file has the settings. @default false */
    readonly areGiven?: boolean;
    /** What a person calls it, where it is a part of something else. @default - the operation itself */
    readonly within?: WorkingVerb;
}

/** Runs the Pulumi CLI and the engine on one stack; whatever fails becomes an error for people. */
export class Runner {
    constructor(
        private readonly cli: PulumiCli,
        private readonly stack: Pick<FailurePlace, "stateFile"> & { readonly name: string },
        /** Says in the end whether an interrupt was the reason. */
        private readonly signal: AbortSignal = cli.signal,
    ) {}

    /** What a person has to type for the Pulumi CLI. */
    get pulumi(): string {
        return this.cli.word;
    }

    /** The same, which an interrupt does not reach; only a kill ends it. */
    uninterrupted(): Runner {
        return new Runner(this.cli.uninterrupted(), this.stack, this.signal);
    }

    /** Folder of the project. */
    get directory(): string {
        return this.cli.options.directory;
    }

    /** The same in another folder, with other environment variables. */
    elsewhere(directory: string, env: Readonly<Record<string, string>>): Runner {
        return new Runner(this.cli.elsewhere(directory, env), this.stack, this.signal);
    }

    /** Runs one command of the CLI that needs no program. @returns what it prints */
    async command(operation: EngineOperation, args: readonly string[]): Promise<string> {
        try {
            return (await this.cli.run(args)).stdout;
        } catch (error) {
            throw mapEngineError(error, this.place(operation));
        }
    }

    /** The state needs no passphrase to be read, and no program: the quickest way to know whether a stack is there. */
    async readState(): Promise<StackState> {
        return parseState(await this.command("read", ["stack", "export", "--stack", this.stack.name]));
    }

    /** Runs the engine, with the program where it needs one. A lock of an engine that is provably dead is taken away. */
    async update(operation: Update, options: UpdateOptions): Promise<EventCollector> {
        try {
            return await this.updateOnce(operation, options);
        } catch (error) {
            if (!(error instanceof LockedError)) {
                throw error;
            }
            const told = await this.breakDeadLock(error.holders, error);
            options.observer?.diagnostic({ severity: "warning", message: told });
            return this.updateOnce(operation, options);
        }
    }

    /**
     * Takes the engine's lock away where all who hold it are provably dead: processes of this machine, which are gone.
     * @returns what was done, in words
     * @throws LockedError where they are not
     */
    async breakDeadLock(found: readonly Omit<LockHolder, "life">[], cause?: unknown): Promise<string> {
        const holders = await this.judge(found);
        if (!areDead(holders)) {
            throw new LockedError(this.stack.name, holders, { cause });
        }
        await this.unlock();
        return `the engine's lock of ${this.stack.name} is taken away: it was ${holders.map(describeHolder).join("; ")}`;
    }

    /** Engines that hold the lock, with what is known of them here. */
    judge(found: readonly Omit<LockHolder, "life">[]): Promise<readonly LockHolder[]> {
        return judgeEngines(this.cli.options.env, found);
    }

    /** Takes the engine's lock away, whoever holds it. */
    async unlock(): Promise<void> {
        await this.command("read", ["cancel", "--yes", "--stack", this.stack.name]);
    }

    private async updateOnce(operation: Update, options: UpdateOptions): Promise<EventCollector> {
        const collector = new EventCollector(
            operation === "refresh" ? "refresh" : "update",
            options.observer,
        );
        try {
            await this.start(operation, options, collector);
            return collector;
        } catch (error) {
            const place = this.place(options.within ?? operation);
            throw mapEngineError(error, { ...place, errors: collector.errors });
        }
    }

    private async start(
        operation: Update,
        {
            parallel,
            targets,
            excluded,
            spared,
            replaced,
            previewOnly,
            clearUnfinished,
            refresh,
            settings,
            areGiven = false,
            leaseRenewal,
        }: UpdateOptions,
        collector: EventCollector,
    ): Promise<unknown> {
        const { name } = this.stack;
        const stack = await openInlineStack({ name, cli: this.cli, settings, areGiven, leaseRenewal });
        const common = {
            color: "never" as const,
            suppressProgress: true,
            suppressOutputs: true,
            onEvent: collector.take,
            parallel,
        };
        const target = targets && [...targets];
        const replace = replaced?.map(patternOf);
        switch (operation) {
            case "up":
                return stack.up({
                    ...common,
                    refresh,
                    replace,
                    target,
                    targetDependents: targets !== undefined,
                    exclude: excluded && [...excluded],
                });
            case "preview":
                return stack.preview({ ...common, refresh, replace });
            case "destroy":
                return stack.destroy({ ...common, exclude: spared?.map(patternOf) });
            case "refresh":
                return previewOnly === true
                    ? stack.previewRefresh(common)
                    : stack.refresh({ ...common, target, clearPendingCreates: clearUnfinished === true });
        }
    }

    private place(operation: EngineOperation): FailurePlace {
        const { name, stateFile } = this.stack;
        return {
            stack: name,
            operation,
            interrupted: this.signal.aborted,
            pulumi: this.cli.word,
            stateFile,
        };
    }
}

/** The stars stand for the rest of the URN: stack, project and the types of the parents. */
function patternOf({ type, name }: Pick<StateResource, "type" | "name">): string {
    return `**${type}::${name}`;
}
