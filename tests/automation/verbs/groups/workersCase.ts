import { gzipSync } from "node:zlib";

import type { NamedGroup } from "../../../../automation/ports/scalingServices";
import { chosenImage, inEc2 } from "../../../helpers/account";
import { instance, service, task } from "../../../helpers/awsObjects";
import type { FakeAws, FakeAwsState } from "../../../helpers/fakeAws";
import { stackIdOf } from "../../../helpers/fakeWorld";
import { agent, runningAlice } from "../../pause/pauseCase";

/** What `hosts attach` puts on what is lent to alice. */
export const loan = { "sles-ecs:attached-to": stackIdOf("alice") };
export const arnOf = (id: string): string =>
    `arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-${id}`;

/** The group `workers` of others, with the instances i-8 and i-9. */
function workers(changes: Partial<NamedGroup> = {}): NamedGroup {
    return {
        name: "workers",
        arn: "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1:autoScalingGroupName/workers",
        ...{ min: 1, max: 4, desired: 2, instanceIds: ["i-8", "i-9"], protectedInstanceIds: [] },
        ...{ suspendedProcesses: [], leaving: false, tags: { team: "batch" } },
        startsFrom: { id: "lt-9", version: "$Latest" },
        ...changes,
    };
}

const userData =
    "#cloud-config\nwrite_files:\n- path: /etc/ecs/ecs.config\n  content: |\n    ECS_CLUSTER=alice\n";

/** Alice, and beside her the group, whose instances have registered with its capacity provider. */
export function aliceAndWorkers(
    changes: Partial<NamedGroup> = {},
    state: Partial<FakeAwsState> = {},
): FakeAws {
    const account = runningAlice({
        namedGroups: [workers(changes)],
        launchTemplates: { "lt-9": { userData: gzipSync(userData), imageId: chosenImage.id } },
        images: [inEc2(chosenImage)],
        ...state,
    });
    const members = ["i-8", "i-9"].map((instanceId) => instance(8, { instanceId, tags: {} }));
    account.state.instances = [...account.state.instances, ...members];
    const capacityProvider = "workers";
    const agents = ["i-8", "i-9"].map((id) => ({ ...agent(id), capacityProvider }));
    account.state.containerInstances["alice"]?.push(...agents);
    return account;
}

/** They have joined by themselves, before there was any. */
export function joinedBefore(account: FakeAws): FakeAws {
    const { containerInstances } = account.state;
    containerInstances["alice"] = (containerInstances["alice"] ?? []).map((one) => ({
        ...one,
        capacityProvider: undefined,
    }));
    return account;
}

/** The same once it is attached, with a task of web on one of its hosts. */
export function attachedWorkers(changes: Partial<NamedGroup> = {}): FakeAws {
    const name = "workers";
    const arn = "arn:aws:ecs:us-east-1:123456789012:capacity-provider/workers";
    const account = aliceAndWorkers(
        { tags: loan, ...changes },
        {
            groupProviders: [{ name, arn, group: name, isManaged: false, tags: loan }],
            clusterCapacityProviders: {
                alice: [{ name, arn, isScoped: false, status: "ACTIVE", tags: loan }],
            },
            services: { alice: [service("web")] },
            tasks: { alice: [task("w", "service:web", { containerInstanceArn: arnOf("i-9") })] },
        },
    );
    return account;
}
