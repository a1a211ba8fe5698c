import type { Instance } from "@aws-sdk/client-ec2";
import type { Cloud } from "../cloud";
import { describeClusters } from "../ecs/inputs";
import { resourcesOfType } from "../ecs/registration";
import { chooseCluster } from "../../hosts/decide/agentConfig";
import type { HostFacts, HostMemory } from "../../hosts/decide/hostFacts";
import { readUserData } from "../../hosts/userData/readUserData";
import type { UserDataFacts } from "../../hosts/userData/userDataFacts";
import { gatherNetwork } from "./gatherNetwork";
import { gatherRole } from "./gatherRole";

/** What the simulator knows of a host before it looks at AWS. */
export interface KnownHost extends FirstBootFacts {
    readonly region: string;
    readonly instanceId: string;
    readonly memory: HostMemory;
    readonly patience: HostFacts["patience"];
}

/** What stays as it is when a host boots for the first time, whatever becomes of it on AWS. */
export interface FirstBootFacts {
    readonly userData: UserDataFacts;
    readonly imageName: string;
}

type Parts = Pick<Cloud, "moto" | "volumes">;

/** The instance as EC2 has it, with its owner, or undefined when it is not running. */
export async function findRunning(
    { moto }: Parts,
    region: string,
    instanceId: string,
): Promise<(Instance & { readonly accountId: string }) | undefined> {
    const { Reservations: reservations } = await moto
        .ec2(region)
        .describeInstances({ Filters: [{ Name: "instance-id", Values: [instanceId] }] });
    const instance = reservations?.[0]?.Instances?.[0];
    return instance?.State?.Name === "running" || instance?.State?.Name === "pending"
        ? { ...instance, accountId: reservations?.[0]?.OwnerId ?? "" }
        : undefined;
}

/** Reads the user data that the instance really has, and what its image is called. */
export async function gatherFirstBoot(
    { moto }: Parts,
    region: string,
    { InstanceId: instanceId, ImageId: imageId = "" }: Instance,
): Promise<FirstBootFacts> {
    const ec2 = moto.ec2(region);
    const [{ UserData: userData }, { Images: images }] = await Promise.all([
        ec2.describeInstanceAttribute({ InstanceId: instanceId, Attribute: "userData" }),
        ec2.describeImages({ Filters: [{ Name: "image-id", Values: [imageId] }] }),
    ]);
    return {
        userData: readUserData(Buffer.from(userData?.Value ?? "", "base64")),
        imageName: images?.[0]?.Name ?? "",
    };
}

/** Looks up everything that a boot depends on, as it is right now. */
export async function gatherFacts(
    cloud: Parts,
    host: KnownHost,
    instance: Instance & { readonly accountId: string },
): Promise<HostFacts> {
    const { moto, volumes } = cloud;
    const [network, role, { memoryMiB }] = await Promise.all([
        gatherNetwork(moto.ec2(host.region), instance),
        gatherRole(moto.iam, instance.IamInstanceProfile?.Arn),
        resourcesOfType(cloud, host.region, instance.InstanceType ?? ""),
    ]);
    const facts = {
        ...host,
        accountId: instance.accountId,
        imageId: instance.ImageId ?? "",
        instanceType: instance.InstanceType ?? "",
        memoryMiB,
        zone: instance.Placement?.AvailabilityZone ?? "",
        subnetId: instance.SubnetId ?? "",
        vpcId: instance.VpcId ?? "",
        privateDnsName: instance.PrivateDnsName ?? "",
        role,
        network,
        volumes: (instance.BlockDeviceMappings ?? [])
            .filter(({ DeviceName }) => DeviceName !== instance.RootDeviceName)
            .map(({ DeviceName: deviceName = "", Ebs: { VolumeId: volumeId = "" } = {} }) => ({
                volumeId,
                deviceName,
                content: volumes.get(volumeId) ?? { signature: "" },
            })),
        rootDiskIsFull: false,
        activeClusters: [],
    };
    const wanted = chooseCluster(facts);
    const clusters = await describeClusters(cloud, host.region, [wanted === "" ? "default" : wanted]);
    const active = clusters.filter(({ status }) => status === "ACTIVE");
    return { ...facts, activeClusters: active.map(({ clusterName = "" }) => clusterName) };
}
