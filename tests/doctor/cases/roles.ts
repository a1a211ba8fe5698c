import { managedPolicyArn } from "../../../components/model/iam/policies";
import { trustPolicy, verdictOn } from "../../local/cloud/hostHelpers";
import type { TestCloud } from "../../local/cloud/testCloud";
import { launchOwn, profileName } from "../ward";
import { ailing, type Ailing, type Illness } from "./ailing";

const [RoleName, InstanceProfileName, PolicyName] = [profileName, profileName, profileName];

/** Takes something away from the role before the host starts. */
async function without(
    cloud: TestCloud,
    change: (iam: TestCloud["iam"]) => Promise<unknown>,
    shows: RegExp,
): Promise<Illness> {
    await change(cloud.iam);
    const id = await launchOwn(cloud);
    await verdictOn(cloud, id);
    return { id, shows };
}

const policy = (...Action: readonly string[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

/** What keeps the agent from its credentials, or them from being of use. */
export const roles: readonly Ailing[] = [
    ailing("NO_INSTANCE_PROFILE", async (cloud) => {
        const id = await launchOwn(cloud, { profile: undefined });
        await verdictOn(cloud, id, ["failed"]);
        return { id, shows: /no instance profile/ };
    }),
    ailing("PROFILE_GONE", async (cloud) => {
        await cloud.control("POST", "settings", { bootSeconds: 1 });
        const id = await launchOwn(cloud);
        await cloud.iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName });
        await cloud.iam.deleteInstanceProfile({ InstanceProfileName });
        await verdictOn(cloud, id, ["failed"]);
        return { id, shows: /there is no instance profile sles-ecs-dev/ };
    }),
    ailing("PROFILE_WITHOUT_ROLE", (cloud) =>
        without(
            cloud,
            (iam) => iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName }),
            /holds no role/,
        ),
    ),
    ailing("ROLE_NOT_TRUSTED", (cloud) =>
        without(
            cloud,
            (iam) =>
                iam.updateAssumeRolePolicy({
                    RoleName,
                    PolicyDocument: trustPolicy("ecs-tasks.amazonaws.com"),
                }),
            /does not name ec2\.amazonaws\.com/,
        ),
    ),
    ailing("ROLE_TOO_NARROW", (cloud) =>
        without(
            cloud,
            (iam) => iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: policy("ecs:Poll") }),
            /no policy of the role allows ecs:RegisterContainerInstance/,
        ),
    ),
    ailing("BOUNDARY_DENIES", (cloud) =>
        without(
            cloud,
            async (iam) => {
                const PolicyDocument = policy("s3:*");
                const { Policy } = await iam.createPolicy({ PolicyName: "boundary", PolicyDocument });
                await iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: Policy?.Arn });
            },
            /permissions boundary of the role does not allow ecs:RegisterContainerInstance/,
        ),
    ),
    ailing("MAY_NOT_POLL", (cloud) =>
        without(
            cloud,
            (iam) =>
                iam.putRolePolicy({
                    RoleName,
                    PolicyName,
                    PolicyDocument: policy("ecs:RegisterContainerInstance", "ecs:DiscoverPollEndpoint"),
                }),
            /no policy of the role allows ecs:Poll/,
        ),
    ),
    ailing(
        // AWS's own policy lets the agent make the cluster `default`, where nobody has told it of another one.
        "OTHER_CLUSTER",
        async (cloud) => {
            await cloud.iam.attachRolePolicy({ RoleName, PolicyArn: managedPolicyArn("aws") });
            const id = await launchOwn(cloud, { userData: undefined });
            await verdictOn(cloud, id, ["registered"]);
            return { id, shows: /registered in cluster default, expected dev/ };
        },
    ),
];
