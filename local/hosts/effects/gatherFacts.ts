import type { Cluster } from "@aws-sdk/client-ecs";
import type { Instance } from "@aws-sdk/client-ec2";
import type { MotoClients } from "../../cloud/moto/motoClients";
import { chooseCluster } from "../decide/agentConfig";
import type { HostFacts, HostMemory, VolumeFacts } from "../decide/hostFacts";
import { readUserData } from "../userData/readUserData";
import type { UserDataFacts } from "../userData/userDataFacts";
import { gatherNetwork } from "./gatherNetwork";
import { gatherRole } from "./gatherRole";
import type { VolumeContents } from "./volumeContents";

/** What the simulator knows of a host before it looks at AWS. */
export interface KnownHost {
    readonly region: string;
    readonly instanceId: string;
    /** From the first boot: later changes of user data reach a host only when it is made anew. */
    readonly userData: UserDataFacts;
    readonly memory: HostMemory;
    readonly patience: HostFacts["patience"];
}

/** The instance as EC2 has it, or undefined when it is not running. */
export async function findRunning(
    moto: MotoClients,
    region: string,
    instanceId: string,
): Promise<Instance | undefined> {
    const { Reservations: reservations } = await moto
        .ec2(region)
        .describeInstances({ Filters: [{ Name: "instance-id", Values: [instanceId] }] });
    const instance = reservations?.[0]?.Instances?.[0];
    return instance?.State?.Name === "running" || instance?.State?.Name === "pending" ? instance : undefined;
}

/** Reads the user data that the instance really has. */
export async function gatherUserData(
    moto: MotoClients,
    region: string,
    instanceId: string,
): Promise<UserDataFacts> {
    const { UserData: userData } = await moto
        .ec2(region)
        .describeInstanceAttribute({ InstanceId: instanceId, Attribute: "userData" });
    return readUserData(Buffer.from(userData?.Value ?? "", "base64"));
}

/** Looks up everything that a boot depends on, as it is right now. */
export async function gatherFacts(
    moto: MotoClients,
    contents: VolumeContents,
    host: KnownHost,
    instance: Instance,
): Promise<HostFacts> {
    const ec2 = moto.ec2(host.region);
    const imageId = instance.ImageId ?? "";
    const [images, network, role, owner] = await Promise.all([
        ec2.describeImages({ Filters: [{ Name: "image-id", Values: [imageId] }] }),
        gatherNetwork(ec2, instance),
        gatherRole(moto.iam, instance.IamInstanceProfile?.Arn),
        ownerOf(moto, host),
    ]);
    const facts = {
        region: host.region,
        instanceId: host.instanceId,
        accountId: owner,
        imageId,
        imageName: images.Images?.[0]?.Name ?? "",
        instanceType: instance.InstanceType ?? "",
        zone: instance.Placement?.AvailabilityZone ?? "",
        subnetId: instance.SubnetId ?? "",
        vpcId: instance.VpcId ?? "",
        privateDnsName: instance.PrivateDnsName ?? "",
        userData: host.userData,
        role,
        network,
        volumes: volumesOf(instance, contents),
        memory: host.memory,
        patience: host.patience,
        rootDiskIsFull: false,
        activeClusters: [],
    };
    return { ...facts, activeClusters: await activeClusters(moto, host.region, chooseCluster(facts)) };
}

async function activeClusters(moto: MotoClients, region: string, configured: string): Promise<string[]> {
    const { clusters = [] } = await moto.ecs<{ clusters?: Cluster[] }>(region, "DescribeClusters", {
        clusters: [configured === "" ? "default" : configured],
    });
    return clusters.flatMap(({ status, clusterName }) =>
        status === "ACTIVE" && clusterName !== undefined ? [clusterName] : [],
    );
}

async function ownerOf(moto: MotoClients, host: KnownHost): Promise<string> {
    const { Reservations: reservations } = await moto
        .ec2(host.region)
        .describeInstances({ Filters: [{ Name: "instance-id", Values: [host.instanceId] }] });
    return reservations?.[0]?.OwnerId ?? "";
}

function volumesOf(instance: Instance, contents: VolumeContents): VolumeFacts[] {
    return (instance.BlockDeviceMappings ?? [])
        .filter(({ DeviceName }) => DeviceName !== instance.RootDeviceName)
        .flatMap(({ DeviceName, Ebs }) =>
            Ebs?.VolumeId === undefined
                ? []
                : [
                      {
                          volumeId: Ebs.VolumeId,
                          deviceName: DeviceName ?? "",
                          content: contents.contentOf(Ebs.VolumeId),
                      },
                  ],
        );
}
