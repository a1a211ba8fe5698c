import { managedPolicyArn } from "../../../components/model/iam/policies";
import { groupTags } from "../../../components/model/tags";
import { hostZone, hostsOf, imageId, verdictOn } from "../../local/cloud/hostHelpers";
import { eventually, type TestCloud } from "../../local/cloud/testCloud";
import { productUserData } from "../../local/hosts/productHosts";
import { launchOwn, ownTags, profileName } from "../ward";
import { ailing, type Ailing, type Illness } from "./ailing";

async function joined(cloud: TestCloud): Promise<string> {
    const id = await launchOwn(cloud);
    await verdictOn(cloud, id, ["registered"]);
    return id;
}

/** A host that has joined without ECS Exec, which its settings want. */
async function withoutExec(cloud: TestCloud, fault: object, shows: RegExp): Promise<Illness> {
    const settings = { hosts: { mode: "fixed", count: 1 }, capabilities: { executeCommand: true } };
    const executeCommand = {
        version: "3.3.4624.0",
        url: "https://amazon-ssm-us-east-1.s3.us-east-1.amazonaws.com/x",
    };
    await cloud.control("POST", "settings", { bootSeconds: 1 });
    const id = await launchOwn(cloud, { userData: productUserData({ capabilities: { executeCommand } }) });
    await cloud.control("POST", `hosts/${id}`, fault);
    await verdictOn(cloud, id, ["registered"]);
    return { id, settings, shows };
}

const inGroup = { hosts: { mode: "autoScaling", min: 1, max: 2, desired: 1 } };
const group = "sles-ecs-dev";

interface GroupWish {
    readonly max?: number;
    readonly keyName?: string;
    readonly suspended?: boolean;
}

/** A group of the environment that wants one host. */
async function makeGroup(
    cloud: TestCloud,
    { max = 2, keyName, suspended = false }: GroupWish = {},
): Promise<void> {
    const { ec2, autoScaling } = cloud;
    await ec2.createLaunchTemplate({
        LaunchTemplateName: group,
        LaunchTemplateData: {
            ImageId: await imageId(cloud),
            InstanceType: "t3.medium",
            IamInstanceProfile: { Name: profileName },
            UserData: Buffer.from(productUserData()).toString("base64"),
            KeyName: keyName,
        },
    });
    const { Subnets } = await ec2.describeSubnets({
        Filters: [{ Name: "availability-zone", Values: [hostZone] }],
    });
    await autoScaling.createAutoScalingGroup({
        AutoScalingGroupName: group,
        LaunchTemplate: { LaunchTemplateName: group },
        MinSize: 0,
        MaxSize: max,
        DesiredCapacity: 0,
        VPCZoneIdentifier: Subnets?.[0]?.SubnetId,
        Tags: Object.entries(groupTags(ownTags, "dev-host")).map(([Key, Value]) => ({
            ResourceType: "auto-scaling-group",
            ResourceId: group,
            PropagateAtLaunch: true,
            Key,
            Value,
        })),
    });
    if (suspended) {
        await autoScaling.suspendProcesses({
            AutoScalingGroupName: group,
            ScalingProcesses: ["Launch"],
        });
    }
}

const wantOne = ({ autoScaling }: TestCloud) =>
    autoScaling.setDesiredCapacity({ AutoScalingGroupName: group, DesiredCapacity: 1 });

function ofGroup(shows: RegExp): Illness {
    return { id: group, settings: inGroup, shows };
}

/** What befalls hosts that run, and groups that launch none. */
export const running: readonly Ailing[] = [
    ailing("INSTANCE_STOPPED", async (cloud) => {
        const id = await joined(cloud);
        await cloud.ec2.stopInstances({ InstanceIds: [id] });
        return { id, shows: /^stopp(ed|ing): / };
    }),
    ...(["system", "instance"] as const).map((impaired): Ailing => ({
        cause: impaired === "system" ? "SYSTEM_IMPAIRED" : "OPERATING_SYSTEM_SILENT",
        make: async (cloud) => {
            const id = await joined(cloud);
            await cloud.control("POST", `hosts/${id}`, { impaired, agent: "stopped" });
            return { id, shows: new RegExp(`EC2's ${impaired} status check: impaired`) };
        },
    })),
    ailing("AGENT_DISCONNECTED", async (cloud) => {
        const id = await joined(cloud);
        await cloud.control("POST", `hosts/${id}`, { agent: "stopped" });
        return { id, shows: /ECS has no connection of its agent/ };
    }),
    ailing("HOST_DRAINING", async (cloud) => {
        const id = await joined(cloud);
        const hosts = await hostsOf(cloud, "dev");
        await cloud.ecs.updateContainerInstancesState({
            cluster: "dev",
            containerInstances: hosts.map(({ containerInstanceArn = "" }) => containerInstanceArn),
            status: "DRAINING",
        });
        return { id, shows: /DRAINING/ };
    }),
    ailing("OTHER_STORAGE", async (cloud) => ({
        id: await joined(cloud),
        settings: {
            hosts: { mode: "fixed", count: 1 },
            dockerStorage: { mode: "driver", driver: "overlay2" },
        },
        shows: /in imageStore, expected driver/,
    })),
    ailing("CAPABILITY_MISSING", (cloud) =>
        withoutExec(
            cloud,
            { capabilityDownloads: "unreachable" },
            /its boot says of executeCommand: .*could not be downloaded/,
        ),
    ),
    ailing("CAPABILITY_MISSING", (cloud) =>
        withoutExec(
            cloud,
            { agentVersion: "1.49.0" },
            /agent 1\.49\.0 is too old for that, expected 1\.50\.2 or newer/,
        ),
    ),
    ailing("CLUSTER_GONE", async (cloud) => {
        await cloud.ecs.deleteCluster({ cluster: "dev" });
        const id = await launchOwn(cloud);
        await verdictOn(cloud, id, ["failed"]);
        return { id, shows: /cluster dev is INACTIVE|there is no cluster dev/ };
    }),
    ailing("CLUSTER_MISNAMED", async (cloud) => {
        const { iam } = cloud;
        await iam.attachRolePolicy({ RoleName: profileName, PolicyArn: managedPolicyArn("aws") });
        const id = await launchOwn(cloud, { userData: productUserData({ clusterName: "dve" }) });
        await verdictOn(cloud, id, ["failed"]);
        return { id, shows: /user data names cluster dve, expected dev/ };
    }),
    ailing("BEFORE_CAPACITY_PROVIDER", async (cloud) => {
        const { ecs, autoScaling } = cloud;
        await makeGroup(cloud);
        await wantOne(cloud);
        const [host] = await eventually(
            () => hostsOf(cloud, "dev"),
            (hosts) => hosts.length === 1,
        );
        const { AutoScalingGroups } = await autoScaling.describeAutoScalingGroups({});
        const { capacityProvider } = await ecs.createCapacityProvider({
            name: "sles-ecs-dev-provider",
            autoScalingGroupProvider: {
                autoScalingGroupArn: AutoScalingGroups?.[0]?.AutoScalingGroupARN ?? "",
            },
        });
        await ecs.putClusterCapacityProviders({
            cluster: "dev",
            capacityProviders: ["sles-ecs-dev-provider"],
            defaultCapacityProviderStrategy: [],
        });
        return {
            id: host?.ec2InstanceId ?? "",
            stateIds: [group, capacityProvider?.capacityProviderArn ?? ""],
            settings: inGroup,
            shows: /names no capacity provider/,
        };
    }),
    ailing("GROUP_AT_ZERO", async (cloud) => {
        await makeGroup(cloud, { max: 0 });
        return { ...ofGroup(/its largest size is 0/), settings: inGroup };
    }),
    ailing("GROUP_SUSPENDED", async (cloud) => {
        await makeGroup(cloud, { suspended: true });
        await wantOne(cloud);
        return ofGroup(/its process Launch is suspended/);
    }),
    ailing("KEY_PAIR_GONE", async (cloud) => {
        await cloud.ec2.createKeyPair({ KeyName: "ours" });
        await makeGroup(cloud, { keyName: "ours" });
        await cloud.ec2.deleteKeyPair({ KeyName: "ours" });
        await wantOne(cloud);
        return ofGroup(/the last launch of group sles-ecs-dev failed: .*ours/);
    }),
];
