import type {
    ClusterSurvey,
    EmptyClusterRequest,
    Evidence,
    EvidenceItem,
    EvidenceRequest,
    HostActions,
    PreflightRequest,
    ReadyReport,
    ReadyRequest,
} from "../../automation/actions/contracts";
import type { ReplacementStep } from "../../automation/actions/hostReplacement/displacement";
import type { AwsTarget, Context } from "../../automation/context";
import { createProgress } from "../../automation/output/progress";
import type { Aws, Host } from "../../automation/ports/aws";
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

import { fakeClock, recordIo, type IoOptions, type RecordedIo } from "./io";

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
        return this.answer(`${operation}${parallel}${targets}`, summary, operation);
    }

    private answer<T>(call: string, value: T, method = call): Promise<T> {
        this.calls.push(`engine ${call}`);
        const error = this.options.errors?.[method as keyof EnvironmentStack];
        return error === undefined ? Promise.resolve(value) : Promise.reject(error);
    }
}

/** What the fake of AWS answers. */
export interface FakeHostsOptions {
    readonly hosts?: readonly Host[];
    readonly survey?: Partial<ClusterSurvey>;
    readonly replacement?: readonly ReplacementStep[];
    readonly removedFromCluster?: readonly EvidenceItem[];
    readonly kept?: readonly EvidenceItem[];
    readonly left?: readonly EvidenceItem[];
    readonly errors?: Partial<Record<keyof HostActions, Error>>;
    /** Seconds that the hosts need to get ready. */
    readonly readySeconds?: number;
}

/** A connected host. */
export function readyHost(instanceId: string, zone = "us-east-1a"): Host {
    return {
        instanceId,
        state: "running",
        zone,
        subnetId: "subnet-1",
        instanceType: "t3.small",
        imageId: "ami-1",
        hasInstanceProfile: true,
        tags: {},
    };
}

export interface FakeContextOptions extends IoOptions {
    readonly directory: string;
    readonly stacks?: Readonly<Record<string, FakeStackOptions>>;
    readonly summaries?: readonly EnvironmentSummary[];
    readonly hosts?: FakeHostsOptions;
    readonly listError?: Error;
    readonly aws?: Aws;
    readonly pint?: Pint;
    readonly signal?: AbortSignal;
}

export interface FakeContext extends Context {
    readonly io: RecordedIo;
    /** What was asked of engine and AWS, in order. */
    readonly calls: readonly string[];
    readonly requests: {
        readonly preflight: readonly PreflightRequest[];
        readonly waitUntilReady: readonly ReadyRequest[];
        readonly emptyCluster: readonly EmptyClusterRequest[];
        readonly gatherEvidence: readonly EvidenceRequest[];
        readonly targets: readonly AwsTarget[];
    };
}

/** A context without a world: engine and AWS are fakes that keep what they were asked. */
export function fakeContext(options: FakeContextOptions): FakeContext {
    const io = recordIo(options);
    const clock = fakeClock();
    const calls: string[] = [];
    const requests = {
        preflight: [] as PreflightRequest[],
        waitUntilReady: [] as ReadyRequest[],
        emptyCluster: [] as EmptyClusterRequest[],
        gatherEvidence: [] as EvidenceRequest[],
        targets: [] as AwsTarget[],
    };
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
        loadEngine: () => Promise.resolve(engine),
        loadAws: () =>
            options.aws === undefined
                ? Promise.reject(new Error("the verbs ask AWS through their host actions only"))
                : Promise.resolve(options.aws),
        loadPint: () =>
            options.pint === undefined
                ? Promise.reject(new Error("nobody expected pint to be asked"))
                : Promise.resolve(options.pint),
        loadHostActions: (target) => {
            requests.targets.push(target);
            return Promise.resolve(hostActions);
        },
        createProgress: () => Promise.resolve(createProgress(io, clock)),
        calls,
        requests,
    };
}

function createFakeHostActions(
    options: FakeHostsOptions,
    calls: string[],
    requests: {
        preflight: PreflightRequest[];
        waitUntilReady: ReadyRequest[];
        emptyCluster: EmptyClusterRequest[];
        gatherEvidence: EvidenceRequest[];
    },
    clock: { now(): Date; tick(seconds: number): void },
): HostActions {
    const answer = <T>(method: keyof HostActions, value: T): Promise<T> => {
        calls.push(`aws ${method}`);
        const error = options.errors?.[method];
        return error === undefined ? Promise.resolve(value) : Promise.reject(error);
    };
    const caller = {
        accountId: "123456789012",
        arn: "arn:aws:iam::123456789012:user/ann",
        region: "us-east-1",
    };
    return {
        preflight: (request) => {
            requests.preflight.push(request);
            return answer("preflight", { caller, warnings: [] });
        },
        waitUntilReady: (request): Promise<ReadyReport> => {
            requests.waitUntilReady.push(request);
            clock.tick(options.readySeconds ?? 42);
            const hosts = options.hosts ?? [readyHost("i-0a1b2c3d4e5f60718")];
            return answer("waitUntilReady", {
                clusterName: request.settings.clusterName,
                hosts,
                wantedHosts: hosts.length,
                seconds: options.readySeconds ?? 42,
            });
        },
        survey: () =>
            answer("survey", {
                hosts: [],
                services: [],
                standaloneTasks: [],
                volumes: [],
                ...options.survey,
            }),
        planReplacement: () => answer("planReplacement", options.replacement ?? []),
        drainHost: ({ step: { host } }) => {
            calls.push(`aws drainHost ${host.instanceId}`);
            const error = options.errors?.drainHost;
            return error === undefined ? Promise.resolve() : Promise.reject(error);
        },
        renewHost: ({ instanceId }) => {
            calls.push(`aws renewHost ${instanceId}`);
            return Promise.resolve();
        },
        emptyCluster: (request) => {
            requests.emptyCluster.push(request);
            return answer("emptyCluster", options.removedFromCluster ?? []);
        },
        gatherEvidence: (request): Promise<Evidence> => {
            requests.gatherEvidence.push(request);
            clock.tick(30);
            return answer("gatherEvidence", {
                environment: request.environment,
                stack: request.stack,
                accountId: caller.accountId,
                region: caller.region,
                startedAt: request.startedAt.toISOString(),
                finishedAt: clock.now().toISOString(),
                removed: [...request.removedFromCluster, ...request.deletedByEngine],
                kept: options.kept ?? [],
                left: options.left ?? [],
            });
        },
    };
}
