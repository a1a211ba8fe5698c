import type { Instance } from "@aws-sdk/client-ec2";
import type { OwnedInstance } from "../../provider/aws/ec2LookUps";
import type { Cloud } from "../cloud";
import { chooseCluster } from "../../hosts/decide/agentConfig";
import type { HostFacts, HostMemory } from "../../hosts/decide/hostFacts";
import { readUserData } from "../../hosts/userData/readUserData";
import { noUserData } from "../../hosts/userData/userDataFacts";
import type { UserDataFacts } from "../../hosts/userData/userDataFacts";
import type { Surroundings } from "./surroundings";

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

type Parts = Pick<Cloud, "moto" | "volumes" | "ailments">;

/** The instance as EC2 has it, with its owner, or undefined when it is not running. */
export async function findRunning(
    { moto }: Pick<Parts, "moto">,
    region: string,
    instanceId: string,
): Promise<OwnedInstance | undefined> {
    const instance = await moto.lookUps(region).instances.get(instanceId);
    return instance?.State?.Name === "running" || instance?.State?.Name === "pending" ? instance : undefined;
}

/** Reads the user data that the instance really has, and what its image is called. */
export async function gatherFirstBoot(
    { moto }: Pick<Parts, "moto">,
    region: string,
    instance: Instance,
): Promise<FirstBootFacts> {
    const { InstanceId: instanceId, ImageId: imageId = "" } = instance;
    const [{ UserData: userData }, image] = await Promise.all([
        moto.ec2(region).describeInstanceAttribute({ InstanceId: instanceId, Attribute: "userData" }),
        moto.lookUps(region).images.get(imageId),
    ]);
    return {
        userData: hasMetadata(instance)
            ? readUserData(Buffer.from(userData?.Value ?? "", "base64"))
            : noUserData,
        imageName: image?.Name ?? "",
    };
}

/** Where cloud-init finds user data, and the agent its credentials (EC2 user guide, "Instance metadata"). */
function hasMetadata({ MetadataOptions: options }: Instance): boolean {
    return options?.HttpEndpoint !== "disabled";
}

/** Looks up everything that a boot depends on, as it is right now. */
export async function gatherFacts(
    { moto, volumes, ailments }: Parts,
    surroundings: Surroundings,
    host: KnownHost,
    instance: OwnedInstance,
): Promise<HostFacts> {
    const [network, role, { memoryMiB }] = await Promise.all([
        surroundings.network(host.region, instance),
        hasMetadata(instance)
            ? surroundings.role(instance.IamInstanceProfile?.Arn)
            : { kind: "unusable" as const, why: "the instance metadata service does not answer" },
        surroundings.resources(host.region, instance.InstanceType ?? ""),
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
        rootDiskIsFull: ailments.get(host.instanceId)?.rootDisk === "full",
        faults: ailments.get(host.instanceId),
        activeClusters: [],
    };
    const wanted = chooseCluster(facts);
    const cluster = await moto.lookUps(host.region).clusters.get(wanted === "" ? "default" : wanted);
    return {
        ...facts,
        activeClusters: cluster?.status === "ACTIVE" ? [cluster.clusterName ?? ""] : [],
    };
}
