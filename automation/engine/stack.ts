import path from "node:path";

import type { Stack } from "@pulumi/pulumi/automation";

import type { ChangeSummary, EnvironmentStack, Outputs, RunOptions, StateResource } from "../ports/engine";

import { withFormattingKept } from "../settings/stackKeys";

import { readLocks, type StateBackend } from "./backend";
import { mapEngineError, type EngineOperation, type FailurePlace } from "./engineErrors";
import { collectEvents, type EventCollector } from "./events";
import { openInlineStack } from "./automationApi";
import { lockedError } from "./locks";
import type { PulumiCli } from "./pulumiCli";
import { emptyState, parseState, type StackState } from "./state";
import { withThrowawayStack } from "./throwawayStack";

/** Everything that a stack works with. */
export interface StackParts {
    readonly cli: PulumiCli;
    readonly name: string;
    readonly qualifiedName: string;
    readonly backend: StateBackend;
    /** Missing where the backend has no such stack. */
    readonly state: StackState | undefined;
    readonly settingsFile: string;
}

type Operation = Exclude<EngineOperation, "read">;

interface EngineOptions extends RunOptions {
    readonly previewOnly?: boolean;
    readonly clearUnfinished?: boolean;
}

/** An environment's stack over the Automation API and the Pulumi CLI. */
export class PulumiStack implements EnvironmentStack {
    private state: StackState | undefined;

    constructor(private readonly parts: StackParts) {
        this.state = parts.state;
    }

    get name(): string {
        return this.parts.name;
    }

    get qualifiedName(): string {
        return this.parts.qualifiedName;
    }

    get exists(): boolean {
        return this.state !== undefined;
    }

    get empty(): boolean {
        return (this.state ?? emptyState).resources.every(({ id }) => id === "");
    }

    outputs(): Promise<Outputs> {
        return Promise.resolve((this.state ?? emptyState).outputs);
    }

    resources(): Promise<readonly StateResource[]> {
        return Promise.resolve((this.state ?? emptyState).resources);
    }

    async requireUnlocked(): Promise<void> {
        const holders = await readLocks(this.parts.backend, this.qualifiedName);
        if (holders.length > 0) {
            throw lockedError({ stack: this.name, pulumi: this.parts.cli.word }, holders);
        }
    }

    async preview(options: RunOptions = {}): Promise<ChangeSummary> {
        if (this.exists) {
            const run = (): Promise<EventCollector> => this.engine("preview", this.parts.cli, options);
            return (await withFormattingKept(this.parts.settingsFile, run)).summary;
        }
        const { summary } = await withThrowawayStack(this.parts, (cli) =>
            this.engine("preview", cli, options),
        );
        return summary;
    }

    async up(
        options: RunOptions = {},
    ): Promise<{ readonly changes: ChangeSummary; readonly outputs: Outputs }> {
        if (!this.exists) {
            await withFormattingKept(this.parts.settingsFile, async () => {
                await this.pulumi("up", ["stack", "init", this.name, "--no-select"]);
            });
            this.state = emptyState;
        }
        await this.clearUnfinished(options);
        const cli = options.whole === true ? this.parts.cli.uninterrupted() : this.parts.cli;
        const { summary } = await withFormattingKept(this.parts.settingsFile, () =>
            this.engine("up", cli, options),
        );
        await this.readState(cli);
        return { changes: summary, outputs: await this.outputs() };
    }

    async refresh(options: RunOptions & { readonly previewOnly?: boolean } = {}): Promise<ChangeSummary> {
        const { summary } = await this.engine("refresh", this.parts.cli, options);
        return summary;
    }

    async destroy(options: RunOptions = {}): Promise<ChangeSummary> {
        await this.clearUnfinished(options);
        const { summary } = await this.engine("destroy", this.parts.cli, options);
        await this.readState();
        return summary;
    }

    async remove(): Promise<void> {
        await this.pulumi("destroy", ["stack", "rm", this.name, "--yes", "--preserve-config"]);
        this.state = undefined;
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
            message: `the last update was killed while it worked on ${unfinished.join(", ")}: AWS may hold what the state does not know; sles-ecs destroy ${this.name} finds it`,
        });
        await this.engine("refresh", this.parts.cli, { ...options, clearUnfinished: true });
    }

    /** Runs one command of the CLI that needs no program. */
    private async pulumi(
        operation: EngineOperation,
        args: readonly string[],
        cli = this.parts.cli,
    ): Promise<string> {
        try {
            return (await cli.run(args)).stdout;
        } catch (error) {
            throw mapEngineError(error, this.place(operation));
        }
    }

    private async readState(cli = this.parts.cli): Promise<void> {
        this.state = parseState(await this.pulumi("read", ["stack", "export", "--stack", this.name], cli));
    }

    private async engine(
        operation: Operation,
        cli: PulumiCli,
        options: EngineOptions,
    ): Promise<EventCollector> {
        const collector = collectEvents(operation === "refresh" ? "refresh" : "update", options.observer);
        try {
            const stack = await openInlineStack({ name: this.name, cli });
            await start(operation, stack, options, collector);
            return collector;
        } catch (error) {
            throw mapEngineError(error, { ...this.place(operation), errors: collector.errors });
        }
    }

    private place(operation: EngineOperation): FailurePlace {
        const { backend, cli, name, qualifiedName } = this.parts;
        const file = qualifiedName.split("/").slice(1).join("/");
        return {
            stack: name,
            operation,
            interrupted: cli.signal.aborted,
            pulumi: cli.word,
            ...(backend.directory === undefined
                ? {}
                : { stateFile: path.join(backend.directory, ".pulumi", "stacks", `${file}.json`) }),
        };
    }
}

async function start(
    operation: Operation,
    stack: Stack,
    options: EngineOptions,
    collector: EventCollector,
): Promise<void> {
    const common = {
        color: "never" as const,
        suppressProgress: true,
        suppressOutputs: true,
        onEvent: collector.take,
        parallel: options.parallel,
    };
    switch (operation) {
        case "up":
            await stack.up({
                ...common,
                ...(options.targets === undefined
                    ? {}
                    : { target: [...options.targets], targetDependents: true }),
            });
            return;
        case "preview":
            await stack.preview(common);
            return;
        case "destroy":
            await stack.destroy(common);
            return;
        case "refresh":
            await (options.previewOnly === true
                ? stack.previewRefresh(common)
                : stack.refresh({ ...common, clearPendingCreates: options.clearUnfinished === true }));
    }
}
