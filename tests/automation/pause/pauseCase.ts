import type { ContainerInstance, Task } from "../../../automation/ports/aws";
import type { StateLease } from "../../../components/model/lease";
import { scalingActivities } from "../../../components/model/pause";
import { cluster, registered, service, task } from "../../helpers/awsObjects";
import { createFakeAws, type FakeAws, type FakeAwsState } from "../../helpers/fakeAws";
import type { FakeContextOptions } from "../../helpers/fakes";
import { standing, tagsOf } from "../../helpers/fakeWorld";
import { makeProject } from "../../helpers/project";
import { play } from "../../helpers/transcript";

const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/alice";
const agentArn = (id: string): string =>
    `arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-${id}`;

/** Changes to the account, if not the whole of it. */
type Changes = Partial<FakeAwsState>;

/**
 * The environment alice: two fixed hosts with a volume each, `web` with two tasks, `worker` with one that is scaled
 * automatically, `logs` on every host, and a task of no service.
 */
export function runningAlice(changes: Changes = {}): FakeAws {
    const tags = tagsOf("alice");
    const on = (id: string) => ({ containerInstanceArn: agentArn(id) });
    return createFakeAws({
        region: "us-east-1",
        ...standing("alice", [{}, {}]),
        services: {
            alice: [
                service("web"),
                service("worker", { desired: 1, running: 1 }),
                service("logs", { schedulingStrategy: "DAEMON" }),
            ],
        },
        tasks: {
            alice: [
                task("a", "service:web", on("i-1")),
                task("b", "service:web", on("i-2")),
                task("c", "service:worker", on("i-1")),
                task("d", "service:logs", on("i-1")),
                task("e", "service:logs", on("i-2")),
                task("f", "family:migrate", { taskDefinition: "migrate:1", ...on("i-2") }),
            ],
        },
        scalableServices: [{ resourceId: "service/alice/worker", min: 1, max: 4, suspended: ["scheduled"] }],
        volumes: [
            { id: "vol-1", sizeGiB: 100, type: "gp3", tags },
            { id: "vol-2", sizeGiB: 40, type: "gp3", tags },
        ],
        ec2Resources: [{ id: "nat-1", type: "natgateway", leaving: false }],
        ...changes,
    });
}

/** The same with a group: two hosts of one to three. */
export function groupOfAlice(changes: Changes = {}): FakeAws {
    const tags = tagsOf("alice");
    const group = {
        ...{ name: "sles-ecs-alice", tags, min: 1, max: 3, desired: 2, instanceIds: ["i-1", "i-2"] },
        ...{ protectedInstanceIds: [], suspendedProcesses: [], leaving: false },
    };
    return runningAlice({ groups: [group], scalableServices: [], ...changes });
}

export interface CaseOptions extends Omit<Partial<FakeContextOptions>, "aws"> {
    /** The cluster is somebody else's. */
    readonly isAdopted?: boolean;
    readonly lease?: StateLease;
    /** There are schedules of its hours. */
    readonly hasHours?: boolean;
}

/** A folder without settings, and alice in the state. */
export function onAlice(
    account: FakeAws,
    { isAdopted, lease, hasHours, ...more }: CaseOptions = {},
): FakeContextOptions {
    const cluster = { type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: clusterArn };
    const role = { type: "aws:iam/role:Role", name: "sles-ecs-instance-role", id: "sles-ecs-alice" };
    const type = "aws:scheduler/scheduleGroup:ScheduleGroup";
    const schedules = { type, name: "sles-ecs-lease-schedule-group", id: "sles-ecs-alice" };
    return {
        directory: makeProject(),
        stacks: {
            alice: {
                resources: [
                    role,
                    ...(isAdopted === true ? [] : [cluster]),
                    ...(hasHours === true ? [schedules] : []),
                ],
                outputs: { clusterName: "alice", clusterArn },
                region: "us-east-1",
                lease,
            },
        },
        answers: [true],
        ...more,
        aws: account,
    };
}

/** The container instance of a host that has just joined. */
export const agent = (instanceId: string): ContainerInstance =>
    registered(1, { instanceId, arn: agentArn(instanceId) });

/** A host is in the cluster `batch` instead of alice, as `hosts move` brings it there. */
export function lendToBatch({ state }: FakeAws, instanceId: string): void {
    const own = state.containerInstances["alice"] ?? [];
    state.containerInstances["alice"] = own.filter((one) => one.instanceId !== instanceId);
    state.containerInstances["batch"] = [{ ...agent(instanceId), clusterName: "batch" }];
    state.clusters.push(cluster({ name: "batch", arn: clusterArn.replace(/alice$/, "batch"), tags: {} }));
}

/** A task starts after the plan has been made, and before anybody has agreed to it. */
export function comesLate({ aws, state }: FakeAws, late: Task): void {
    const read = aws.ecs.taskDefinitions.bind(aws.ecs);
    let isThere = false;
    Object.assign(aws.ecs, {
        taskDefinitions: async (names: readonly string[]) => {
            const answer = await read(names);
            if (!isThere) {
                isThere = true;
                state.tasks["alice"] = [...(state.tasks["alice"] ?? []), late];
            }
            return answer;
        },
    });
}

/** What of the account a pause changes, and a resume puts back. */
export function whatRuns({ state }: FakeAws): object {
    return {
        services: (state.services["alice"] ?? []).map(({ name, desired, tags }) => ({ name, desired, tags })),
        scaling: state.scalableServices.map(({ suspended }) => [...suspended]),
        hosts: state.instances.map((one) => [one.instanceId, one.state]),
        agents: (state.containerInstances["alice"] ?? []).map(({ instanceId, status, agentConnected }) => ({
            instanceId,
            status,
            agentConnected,
        })),
        group: state.groups.map(({ min, max, desired }) => ({ min, max, desired })),
        clusterTags: state.clusters[0]?.tags,
    };
}

export const allSuspended = [...scalingActivities];

/** Ends the program before its next change but `count`, as a kill does: nothing is put back. */
export function killAfter(account: FakeAws, count: number): () => void {
    let made = 0;
    account.changes.push = (...some: string[]): number => {
        made += 1;
        if (made > count) {
            throw new Error("killed");
        }
        return Array.prototype.push.apply(account.changes, some);
    };
    return () => {
        account.changes.push = (...some) => Array.prototype.push.apply(account.changes, some);
    };
}

/** Those of the calls that change something, or that make sure that it may be changed. */
export function changing(calls: readonly string[]): readonly string[] {
    return calls.filter((call) => !/reads|open|requireUnlocked/.test(call));
}

/** The same account after a pause. */
export async function paused(make: () => FakeAws): Promise<FakeAws> {
    const account = make();
    await play(["pause", "alice", "--yes"], onAlice(account));
    return account;
}
