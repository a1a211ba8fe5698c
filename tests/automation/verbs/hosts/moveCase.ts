import type { FakeAws, FakeAwsState } from "../../../helpers/fakeAws";
import { cluster } from "../../../helpers/awsObjects";
import { agent, runningAlice } from "../../pause/pauseCase";

export const arnOf = (id: string): string =>
    `arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-${id}`;

/** Alice, whose hosts SSM reaches, and a cluster `batch` that is somebody else's. */
export function besideBatch(changes: Partial<FakeAwsState> = {}): FakeAws {
    const account = runningAlice({
        managedNodes: { "i-1": "Online", "i-2": "Online" },
        instanceProfiles: { hosts: {} },
        shell: (instanceId, { text }, state) => {
            const to = /^to_cluster='(.*)'$/m.exec(text)?.[1] ?? "";
            for (const [name, agents] of Object.entries(state.containerInstances)) {
                state.containerInstances[name] = agents.map((one) =>
                    one.instanceId === instanceId ? { ...one, agentConnected: false } : one,
                );
            }
            (state.containerInstances[to] ??= []).push({
                ...agent(instanceId),
                clusterName: to,
                arn: arnOf(instanceId).replace("/alice/", `/${to}/`),
            });
            return {};
        },
        ...changes,
    });
    account.state.clusters.push(
        cluster({ name: "batch", arn: "arn:aws:ecs:us-east-1:123456789012:cluster/batch", tags: {} }),
    );
    account.state.instances = account.state.instances.map((one) => ({
        ...one,
        instanceProfileName: "hosts",
    }));
    return account;
}

export const toBatch = ["hosts", "move", "alice", "2", "--to-cluster", "batch"] as const;

/** ECS stops tasks so many seconds after the first of them was asked to. */
export function stopsSlowly(account: FakeAws, seconds: number): (now: number, state: FakeAwsState) => void {
    const stopping = new Set<string>();
    let since: number | undefined;
    Object.assign(account.aws.ecs, {
        stopTask: (_: string, arn: string) => {
            account.changes.push(`stopTask ${arn}`);
            stopping.add(arn);
            const { tasks } = account.state;
            tasks["alice"] = (tasks["alice"] ?? []).map((one) =>
                one.arn === arn ? { ...one, desiredStatus: "STOPPED" } : one,
            );
            return Promise.resolve();
        },
    });
    return (now, { tasks }) => {
        since ??= stopping.size > 0 ? now : undefined;
        if (since !== undefined && now - since >= seconds) {
            tasks["alice"] = (tasks["alice"] ?? []).filter(({ arn }) => !stopping.has(arn));
        }
    };
}

/** What was changed, without what it was done to. */
export const verbs = ({ changes }: FakeAws): readonly string[] =>
    changes.map((change) => change.split(" ")[0] ?? "");
