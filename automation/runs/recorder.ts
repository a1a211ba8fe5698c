import type { RunHost, RunPhase, RunRecord, RunResource } from "../../components/model/runRecord";
import { planWord } from "../output/changes";
import { fateOf } from "../output/fates";
import { isShown, workKey } from "../output/progressState";
import { describeResource, partOf } from "../output/resourceWords";
import type { ResourceEvent } from "../ports/engine";
import type { Clock, HostReached, Progress } from "../ports/io";

/** A span that has no end yet. */
type Open<T extends { readonly endedAt: string }> = Omit<T, "endedAt"> & { endedAt?: string };

interface HostInWork extends Omit<RunHost, "stages"> {
    readonly stages: Open<RunHost["stages"][number]>[];
}

/** What a recorder is told by progress. */
type Noted = "startedAt" | "endedAt" | "phases" | "resources" | "hosts";

/** Where a resource is counted that no component makes. */
const otherParts = "other";

/** Notes what progress is told, with the moment, while it goes on to where it is shown. */
export class RunRecorder {
    private readonly startedAt: string;
    private readonly phases: Open<RunPhase>[] = [];
    private readonly resources = new Map<string, Open<RunResource>>();
    private readonly hosts = new Map<string, HostInWork>();

    constructor(private readonly clock: Clock) {
        this.startedAt = this.now();
    }

    /** A progress that tells this recorder as well. */
    beside(shown: Progress): Progress {
        return {
            ...shown,
            phase: (title) => {
                this.endPhase();
                this.phases.push({ title, startedAt: this.now() });
                shown.phase(title);
            },
            resource: (event) => {
                this.resource(event);
                shown.resource(event);
            },
            hosts: (reached, wantedHosts) => {
                reached.forEach((host) => this.host(host));
                shown.hosts?.(reached, wantedHosts);
            },
            end: (failed) => {
                this.endPhase();
                shown.end(failed);
            },
        };
    }

    /** What was noted so far; undefined for a run that has not done anything, unless that is what it had to do. */
    record(how: Omit<RunRecord, Noted>): RunRecord | undefined {
        if (how.outcome !== "done" && this.resources.size === 0 && this.hosts.size === 0) {
            return undefined;
        }
        const endedAt = this.now();
        const ended = <T extends { endedAt?: string }>(one: T) => ({
            ...one,
            endedAt: one.endedAt ?? endedAt,
        });
        return {
            ...how,
            startedAt: this.startedAt,
            endedAt,
            phases: this.phases.map(ended),
            resources: [...this.resources.values()].map(ended),
            hosts: [...this.hosts.values()].map((host) => ({ ...host, stages: host.stages.map(ended) })),
        };
    }

    private now(): string {
        return this.clock.now().toISOString();
    }

    private endPhase(): void {
        const last = this.phases.at(-1);
        if (last !== undefined) {
            last.endedAt ??= this.now();
        }
    }

    private resource(event: ResourceEvent): void {
        if (!isShown(event)) {
            return;
        }
        const key = workKey(event);
        const known = this.resources.get(key);
        this.resources.set(key, {
            label: describeResource(event),
            part: partOf(event.type) ?? otherParts,
            operation: planWord(fateOf(event)),
            startedAt: known?.startedAt ?? this.now(),
            ...(event.phase === "started"
                ? { outcome: "unfinished" }
                : { outcome: event.phase, endedAt: this.now() }),
        });
    }

    private host({ stage, launchedAt, instanceId, zone, number }: HostReached): void {
        const known = this.hosts.get(instanceId);
        const before = known?.stages.at(-1);
        if (before?.stage === stage) {
            return;
        }
        const now = this.now();
        if (known !== undefined && before !== undefined) {
            before.endedAt = now;
            known.stages.push({ stage, startedAt: now });
            return;
        }
        // A host that has come in this run began before the gate first saw it, and was on its way until then.
        const launched = launchedAt?.toISOString();
        const isNew = launched !== undefined && launched > this.startedAt && launched < now;
        const unseen = isNew ? [{ stage: "booting" as const, startedAt: launched, endedAt: now }] : [];
        this.hosts.set(instanceId, {
            ...{ instanceId, zone, number },
            stages:
                isNew && stage !== "ready"
                    ? [{ stage, startedAt: launched }]
                    : [...unseen, { stage, startedAt: now }],
        });
    }
}
