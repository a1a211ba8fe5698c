import { isDeepStrictEqual } from "node:util";

import type {
    ChangeSummary,
    EnvironmentStack,
    Outputs,
    ResourceEvent,
    ResourceOperation,
    ProgramOptions,
    RunOptions,
    StateResource,
} from "../../automation/ports/engine";
import { countFates } from "../../automation/output/fates";
import type { LockHolder } from "../../automation/ports/lockHolder";
import type { LeaseRenewal, StateLease } from "../../components/model/lease";
import { readEnvironment } from "../../automation/settings/environmentSettings";
import { openProject } from "../../automation/settings/project";
import type { ResolvedSettings } from "../../components/model/settings";
import { renewLease } from "./fakeLease";
import { stackIdOf, tagsOf, type FakeWorld } from "./fakeWorld";

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

/** What the engine reports of a resource in the middle of its work, or at its end. */
export function report(
    phase: ResourceEvent["phase"],
    operation: ResourceOperation,
    type: string,
    name: string,
    message?: string,
): ResourceEvent {
    return { ...step(operation, type, name), phase, message };
}

/** A summary of these steps, and of so many unchanged resources. */
export function changes(steps: readonly ResourceEvent[], same = 0): ChangeSummary {
    return { counts: { ...(same > 0 && { same }), ...countFates(steps) }, steps };
}

/** What a run replaces because it is told to. */
function forcedSteps({ replaced = [] }: RunOptions): readonly ResourceEvent[] {
    return replaced.map(({ type, name }) => step("replace", type, name));
}

/** What a fake stack answers. */
export interface FakeStackOptions {
    readonly exists?: boolean;
    readonly resources?: readonly StateResource[];
    /** Ids of instances and groups that stand and that the state does not know. */
    readonly strays?: readonly string[];
    readonly outputs?: Outputs;
    readonly lease?: StateLease;
    readonly region?: string;
    /** What the last update was given. @default - the state does not tell */
    readonly settings?: ResolvedSettings;
    /** What a program of somebody's own has made. */
    readonly notOurs?: readonly string[];
    readonly preview?: ChangeSummary;
    readonly up?: ChangeSummary;
    readonly refresh?: ChangeSummary;
    readonly destroy?: ChangeSummary;
    /** Who holds the engine's lock. @default - nobody */
    readonly lockHolders?: readonly LockHolder[] | undefined;
    /** It is older than stack ids. */
    readonly hasNoId?: boolean;
    /** Thrown by the named method. */
    readonly errors?: Partial<Record<keyof EnvironmentStack | "open" | "list", Error>>;
    /** Called when a run of the engine ends. */
    readonly onRun?: (operation: string) => void;
}

/** Where the runs of a fake engine take effect. */
export interface EngineSurroundings {
    readonly directory: string;
    readonly world: FakeWorld;
    readonly calls: string[];
    /** What the program was run with, each time. */
    readonly settings: ResolvedSettings[];
    /** How each `up` of the engine lets the lease go on. */
    readonly leases: (LeaseRenewal | undefined)[];
}

type Run = "preview" | "up" | "refresh" | "destroy";

/** Tells of the runs that a test gives, and has them take effect in the fake AWS by what the settings file says. */
export class FakeStack implements EnvironmentStack {
    private removed = false;
    /** Outputs of the latest `up`. */
    private made: Outputs | undefined;
    private madeLease: StateLease | undefined;
    private madeSettings: ResolvedSettings | undefined;
    private templateMade = false;

    constructor(
        readonly name: string,
        private readonly options: FakeStackOptions,
        private readonly surroundings: EngineSurroundings,
    ) {}

    get qualifiedName(): string {
        return `organization/sles-ecs/${this.name}`;
    }

    get stackId(): string | undefined {
        return this.exists && this.options.hasNoId !== true ? stackIdOf(this.name) : undefined;
    }

    get lease(): StateLease | undefined {
        return this.exists ? (this.madeLease ?? this.options.lease) : undefined;
    }

    get region(): string | undefined {
        return this.options.region;
    }

    get settings(): ResolvedSettings | undefined {
        return this.madeSettings ?? this.options.settings;
    }

    get notOurs(): readonly string[] {
        return this.options.notOurs ?? [];
    }

    get exists(): boolean {
        return !this.removed && (this.made !== undefined || (this.options.exists ?? true));
    }

    get empty(): boolean {
        return this.made === undefined && (this.options.resources ?? []).length === 0;
    }

    get hasRecords(): boolean {
        return !this.empty;
    }

    lockHolders = (): Promise<readonly LockHolder[] | undefined> =>
        Promise.resolve("lockHolders" in this.options ? this.options.lockHolders : []);
    unlock = (): Promise<void> => this.answer("unlock", undefined);
    /** Comes before every change, and is told of only where it says no. */
    requireUnlocked = (): Promise<string | undefined> =>
        this.options.errors?.requireUnlocked === undefined
            ? Promise.resolve(undefined)
            : this.answer("requireUnlocked", undefined);
    requireWorkable = (): Promise<void> => this.answer("requireWorkable", undefined);
    refresh = (run?: RunOptions): Promise<ChangeSummary> => this.run("refresh", this.options.refresh, run);
    outputs = (): Promise<Outputs> => Promise.resolve(this.made ?? this.options.outputs ?? {});
    /** With every host and group that stands, unless the test gives hosts of its own or says that the state lacks them. */
    resources = (): Promise<readonly StateResource[]> => {
        const { resources = [], strays = [] } = this.options;
        const standing = this.surroundings.world.idsOf(tagsOf(this.name));
        const known = standing.filter(
            ({ id }) => !strays.includes(id) && !resources.some((one) => one.id === id),
        );
        return Promise.resolve([...resources, ...(this.exists && !this.empty ? known : [])]);
    };
    remove = (): Promise<void> => {
        this.removed = true;
        return this.answer("remove", undefined);
    };

    async destroy(run?: RunOptions): Promise<ChangeSummary> {
        const summary = await this.run("destroy", this.options.destroy, run);
        this.surroundings.world.destroy(this.name);
        return summary;
    }

    async preview(run: ProgramOptions): Promise<ChangeSummary> {
        await this.program(run);
        const { preview = changes([]) } = this.options;
        const forced = forcedSteps(run).filter(({ urn }) => !preview.steps.some((one) => one.urn === urn));
        return this.run(
            "preview",
            forced.length === 0 ? preview : changes([...preview.steps, ...forced]),
            run,
        );
    }

    /** What the program reads, which makes nothing of other settings than those that were checked. */
    private async program({ settings: checked }: ProgramOptions): Promise<ResolvedSettings> {
        const { directory } = this.surroundings;
        const read = await readEnvironment(await openProject({ directory }, undefined), this.name);
        const settings = read.file.hasSettings ? read.settings : checked;
        if (!isDeepStrictEqual(settings, checked)) {
            throw new Error(`the program reads other settings than those that were checked`);
        }
        return settings;
    }

    async up(run: ProgramOptions): Promise<{ changes: ChangeSummary; outputs: Outputs }> {
        const { world, settings: runs } = this.surroundings;
        const settings = await this.program(run);
        runs.push(settings);
        this.madeSettings = settings;
        this.surroundings.leases.push(run.leaseRenewal);
        const summary = await this.run("up", this.options.up, run);
        const ofTemplate = (one: ResourceEvent): boolean =>
            one.type === "aws:ec2/launchTemplate:LaunchTemplate";
        const newTemplate = !this.templateMade && (this.options.preview?.steps ?? []).some(ofTemplate);
        this.templateMade = true;
        const replaced = this.replacedBy(run, summary);
        world.apply(this.name, settings, run.targets, replaced, newTemplate, this.options.strays);
        renewLease(world.state, settings, run.leaseRenewal);
        this.madeLease = settings.lease && {
            ...settings.lease,
            owner: "alice",
            expiresAt: "2026-11-23T10:00:00Z",
            ...this.options.lease,
        };
        const { clusterName, hostImage } = settings;
        const instanceIds = world.hostsOf(tagsOf(this.name)).map(({ instanceId }) => instanceId);
        const made = { clusterName, region: "us-east-1", hostImageName: hostImage.lock?.name, instanceIds };
        // Whatever the cluster was called before, an `up` answers with the present name.
        this.made = { ...made, ...this.options.outputs, clusterName };
        return { changes: summary, outputs: this.made };
    }

    /** Names of what a run replaces: it, and of what was previewed that which it is told to. */
    private replacedBy(run: RunOptions, summary: ChangeSummary): readonly string[] {
        const { targets = [] } = run;
        const previewed = (this.options.preview?.steps ?? []).filter(({ urn }) => targets.includes(urn));
        return [...summary.steps, ...previewed, ...forcedSteps(run)]
            .filter(({ operation }) => operation === "replace")
            .map(({ name }) => name);
    }

    private async run(
        operation: Run,
        summary: ChangeSummary = changes([]),
        run: RunOptions = {},
    ): Promise<ChangeSummary> {
        for (const event of summary.steps) {
            run.observer?.resource({ ...event, phase: "started" });
            run.observer?.resource(event);
        }
        const parallel = run.parallel === undefined ? "" : ` parallel=${run.parallel}`;
        const targets = run.targets === undefined ? "" : ` targets=${run.targets.join(",")}`;
        const spared =
            run.spared === undefined ? "" : ` spared=${run.spared.map(({ name }) => name).join(",")}`;
        const replaced =
            run.replaced === undefined || run.replaced.length === 0
                ? ""
                : ` replaced=${run.replaced.map(({ name }) => name).join(",")}`;
        const excluded = run.excluded === undefined ? "" : ` excluded=${run.excluded.join(",")}`;
        const whole = `${run.refresh === true ? " refresh" : ""}${run.whole === true ? " whole" : ""}`;
        this.options.onRun?.(operation);
        return this.answer(
            `${operation}${parallel}${targets}${replaced}${excluded}${spared}${whole}`,
            summary,
            operation,
        );
    }

    private answer<T>(call: string, value: T, method = call): Promise<T> {
        this.surroundings.calls.push(`engine ${call}`);
        const error = this.options.errors?.[method as keyof EnvironmentStack];
        return error === undefined ? Promise.resolve(value) : Promise.reject(error);
    }
}
