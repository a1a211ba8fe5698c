import { setTimeout as sleep } from "node:timers/promises";

import { connectAws } from "../../automation/aws/connect";
import { examineHosts, type DoctorResult } from "../../automation/verbs/doctor/doctor";
import { leastPrivilegePolicy } from "../../components/model/iam/leastPrivilegePolicy";
import { ssmPolicy } from "../../components/model/iam/ssmPolicy";
import { parseSettings } from "../../components/model/settings";
import { environmentTags, hostTags, type Ownership } from "../../components/model/tags";
import { launchHost, trustPolicy, type HostWish } from "../local/cloud/hostHelpers";
import type { Illness } from "./cases/ailing";
import type { TestCloud } from "../local/cloud/testCloud";
import { productUserData } from "../local/hosts/productHosts";

const owner: Ownership = {
    environment: "dev",
    stack: "organization/sles-ecs/dev",
    stackId: "de500000-0000-4000-8000-000000000000",
};

export const ownTags = environmentTags(owner, {});

export const profileName = "sles-ecs-dev";

/** moto's account. */
const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";

/** Tags as EC2 takes them. */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The cluster `dev`, and a role with the least permissions in its instance profile, as the program makes them. */
export async function prepare({ ecs, iam }: TestCloud): Promise<void> {
    await ecs.createCluster({
        clusterName: "dev",
        tags: Object.entries(ownTags).map(([key, value]) => ({ key, value })),
    });
    const name = profileName;
    await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: trustPolicy("ec2.amazonaws.com") });
    await iam.putRolePolicy({
        RoleName: name,
        PolicyName: name,
        PolicyDocument: JSON.stringify(leastPrivilegePolicy(clusterArn, {})),
    });
    await iam.createInstanceProfile({ InstanceProfileName: name });
    await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: name });
}

/** Lets Systems Manager in as well, as `instanceRole.ssm` does. */
export async function letSsmIn({ iam }: TestCloud): Promise<void> {
    await iam.putRolePolicy({
        RoleName: profileName,
        PolicyName: "ssm",
        PolicyDocument: JSON.stringify(ssmPolicy),
    });
}

/** Launches the only host of the environment `dev`, a healthy one unless told otherwise. Gives its id. */
export async function launchOwn(cloud: TestCloud, wish: HostWish = {}): Promise<string> {
    const id = await launchHost(cloud, { userData: productUserData(), profile: profileName, ...wish });
    await cloud.ec2.createTags({ Resources: [id], Tags: tagList(hostTags(ownTags, "dev-host-1", 1)) });
    return id;
}

/** Asks the doctor about `dev` as it stands in the local cloud. */
export function askDoctor(
    cloud: TestCloud,
    stateIds: readonly string[],
    { settings = { hosts: { mode: "fixed", count: 1 } }, laterSeconds = 0 }: Omit<Illness, "id" | "shows">,
): Promise<DoctorResult> {
    const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "us-east-1" };
    const { settings: resolved, problems } = parseSettings(settings, owner.environment);
    if (resolved === undefined) {
        throw new Error(
            `the settings of a case are wrong: ${problems.map(({ message }) => message).join(", ")}`,
        );
    }
    return examineHosts({
        aws: connectAws({ env: { ...keys, AWS_ENDPOINT_URL: cloud.info.endpoint } }),
        clock: {
            now: () => new Date(Date.now() + laterSeconds * 1000),
            sleep: (milliseconds) => sleep(milliseconds),
        },
        signal: new AbortController().signal,
        owner,
        environment: owner.environment,
        clusterName: "dev",
        stateIds: new Set(stateIds),
        settings: resolved,
    });
}
