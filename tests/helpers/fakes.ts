import { renderLine } from "../../components/model/commandLine";
import type { AwsTarget, Context } from "../../automation/ports/context";
import { createProgress } from "../../automation/output/progress";
import { WarningsTold } from "../../automation/output/warningsTold";
import type { Aws } from "../../automation/ports/awsServices";
import type {
    ChangeSummary,
    Engine,
    EnvironmentStack,
    EnvironmentSummary,
    Outputs,
    ResourceEvent,
    ResourceOperation,
    RunOptions,
    StateResource,
} from "../../automation/ports/engine";
import type { Pint } from "../../automation/ports/pint";

import { createFakeHostActions, type FakeHostsOptions, type HostRequests } from "./fakeHosts";
import { fakeClock, recordIo, type IoOptions, type RecordedIo } from "./io";

export { chosenImage, readyHost, type FakeHostsOptions } from "./fakeHosts";

/** One step of the engine. */
export function step(
    operation: ResourceOperation,
    type: string,
    name: string,
    changedProperties: readonly string[] = [],
): ResourceEvent {
    const urn = `urn:pulumi:dev::sles-ecs::${type}::${name}`;
    return { phase: "done", operation, urn, type, name, changedProperties };
}

/** A summary of these steps, and of so many unchanged resources. */
export function changes(steps: readonly ResourceEvent[], same = 0): ChangeSummary {
    const counts: Partial<Record<ResourceOperation, number>> = same === 0 ? {} : { same };
    for (const { operation } of steps) {
        counts[operation] = (counts[operation] ?? 0) + 1;
    }
    return { counts, steps };
}

/** What a fake stack answers. */
export interface FakeStackOptions {
    readonly exists?: boolean;
    readonly resources?: readonly StateResource[];
    readonly outputs?: Outputs;
    readonly preview?: ChangeSummary;
    readonly up?: ChangeSummary;
    readonly refresh?: ChangeSummary;
    readonly destroy?: ChangeSummary;
    /** Thrown by the named method. */
    readonly errors?: Partial<Record<keyof EnvironmentStack | "open" | "list", Error>>;
    /** Called when a run of the engine ends. */
    readonly onRun?: (operation: string) => void;
}

const defaultOutputs: Outputs = {
    clusterName: "dev",
    region: "us-east-1",
    hostImageName: "suse-sles-15-sp7-v20260910-ecs-hvm-ssd-x86_64",
    instanceIds: ["i-0a1b2c3d4e5f60718"],
};

class FakeStack implements EnvironmentStack {
    private removed = false;

    constructor(
        readonly name: string,
        private readonly options: FakeStackOptions,
        private readonly calls: string[],
    ) {}

    get qualifiedName(): string {
        return `organization/sles-ecs/${this.name}`;
    }

    get exists(): boolean {
        return !this.removed && (this.options.exists ?? true);
    }

    get empty(): boolean {
        return (this.options.resources ?? []).length === 0;
    }

    requireUnlocked = (): Promise<void> => this.answer("requireUnlocked", undefined);
    preview = (run?: RunOptions): Promise<ChangeSummary> => this.run("preview", this.options.preview, run);
    refresh = (run?: RunOptions): Promise<ChangeSummary> => this.run("refresh", this.options.refresh, run);
    destroy = (run?: RunOptions): Promise<ChangeSummary> => this.run("destroy", this.options.destroy, run);
    outputs = (): Promise<Outputs> => Promise.resolve(this.options.outputs ?? {});
    resources = (): Promise<readonly StateResource[]> => Promise.resolve(this.options.resources ?? []);
    remove = (): Promise<void> => {
        this.removed = true;
        return this.answer("remove", undefined);
    };

    async up(run?: RunOptions): Promise<{ changes: ChangeSummary; outputs: Outputs }> {
        const summary = await this.run("up", this.options.up, run);
        return { changes: summary, outputs: this.options.outputs ?? defaultOutputs };
    }

    private async run(
        operation: "preview" | "up" | "refresh" | "destroy",
        summary: ChangeSummary = changes([]),
        run: RunOptions = {},
    ): Promise<ChangeSummary> {
        for (const event of summary.steps) {
            run.observer?.resource({ ...event, phase: "started" });
            run.observer?.resource(event);
        }
        const parallel = run.parallel === undefined ? "" : ` parallel=${run.parallel}`;
        const targets = run.targets === undefined ? "" : ` targets=${run.targets.join(",")}`;
        const whole = run.whole === true ? " whole" : "";
        this.options.onRun?.(operation);
        return this.answer(`${operation}${parallel}${targets}${whole}`, summary, operation);
    }

    private answer<T>(call: string, value: T, method = call): Promise<T> {
        this.calls.push(`engine ${call}`);
        const error = this.options.errors?.[method as keyof EnvironmentStack];
        return error === undefined ? Promise.resolve(value) : Promise.reject(error);
    }
}

export interface FakeContextOptions extends IoOptions {
    readonly directory: string;
    readonly stacks?: Readonly<Record<string, FakeStackOptions>>;
    readonly summaries?: readonly EnvironmentSummary[];
    readonly hosts?: FakeHostsOptions;
    readonly listError?: Error;
    /** AWS for the commands that ask it without host actions. */
    readonly aws?: Aws;
    readonly pint?: Pint;
    readonly signal?: AbortSignal;
}

export interface FakeContext extends Context {
    readonly io: RecordedIo;
    /** What was asked of engine and AWS, in order. */
    readonly calls: readonly string[];
    readonly requests: HostRequests & { readonly targets: readonly AwsTarget[] };
}

/** A context without a world: engine and AWS are fakes that keep what they were asked. */
export function fakeContext(options: FakeContextOptions): FakeContext {
    const io = recordIo(options);
    const clock = fakeClock();
    const calls: string[] = [];
    const told = new WarningsTold();
    const requests = {
        preflight: [],
        findHostImage: [],
        waitUntilReady: [],
        emptyCluster: [],
        gatherEvidence: [],
        targets: [] as AwsTarget[],
    } satisfies HostRequests & { targets: AwsTarget[] };
    const engine: Engine = {
        list: () => {
            calls.push("engine list");
            return options.listError === undefined
                ? Promise.resolve(options.summaries ?? [])
                : Promise.reject(options.listError);
        },
        open: (environment) => {
            calls.push(`engine open ${environment}`);
            const stack = options.stacks?.[environment] ?? { exists: false };
            return stack.errors?.open === undefined
                ? Promise.resolve(new FakeStack(environment, stack, calls))
                : Promise.reject(stack.errors.open);
        },
    };
    const hostActions = createFakeHostActions(options.hosts ?? {}, calls, requests, clock);
    return {
        io,
        clock,
        signal: options.signal ?? new AbortController().signal,
        killSignal: new AbortController().signal,
        env: {},
        directory: options.directory,
        version: "1.2.3",
        show: renderLine,
        loadEngine: () => Promise.resolve(engine),
        loadAws: (target) => {
            requests.targets.push(target);
            return options.aws === undefined
                ? Promise.reject(new Error("the verbs ask AWS through their host actions only"))
                : Promise.resolve(options.aws);
        },
        loadPint: () =>
            options.pint === undefined
                ? Promise.reject(new Error("nobody expected pint to be asked"))
                : Promise.resolve(options.pint),
        loadHostActions: (target) => {
            requests.targets.push(target);
            return Promise.resolve(hostActions);
        },
        createProgress: () => Promise.resolve(createProgress(io, clock, told)),
        calls,
        requests,
    };
}
