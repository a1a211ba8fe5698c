import type { EC2, Instance, RunInstancesRequest } from "@aws-sdk/client-ec2";
import type { Clients } from "../aws/clients";
import type { OperationContext } from "../aws/operationContext";
import { tagSpecifications } from "../aws/tags";
import { fromAws, toAws } from "../schema/awsNames";
import { flag, integer, object, region, required, set, tags, text, type Values } from "../schema/property";
import type { Observed } from "../schema/resourceType";

const rootFields = {
    deleteOnTermination: flag({ default: true }),
    encrypted: flag({ computed: true }),
    tags: tags({ computed: true }),
    volumeSize: integer({ computed: true }),
    volumeType: text({ computed: true }),
};

/** The metadata service of an instance, for its launch template too. */
export const metadataFields = {
    httpEndpoint: text({ computed: true }),
    httpPutResponseHopLimit: integer({ computed: true }),
    httpTokens: text({ computed: true }),
};

/** The inputs of `aws:ec2/instance:Instance`. */
export const instanceInputs = {
    ami: required(text({ replaces: true, aws: "ImageId" })),
    iamInstanceProfile: text({ computed: true, aws: false }),
    instanceType: required(text()),
    keyName: text({ replaces: true, computed: true }),
    metadataOptions: object(metadataFields, { computed: true }),
    privateIp: text({ replaces: true, computed: true, aws: "PrivateIpAddress" }),
    region: region(),
    rootBlockDevice: object(rootFields, { computed: true, aws: false }),
    sourceDestCheck: flag({ default: true, aws: false }),
    subnetId: text({ replaces: true, computed: true }),
    tags: tags(),
    userData: text({ computed: true, aws: false }),
    userDataBase64: text({ computed: true, aws: false }),
    userDataReplaceOnChange: flag({ default: false, remembered: true }),
    vpcSecurityGroupIds: set(text(), { computed: true, aws: "SecurityGroupIds" }),
};

type InstanceInputs = Values<typeof instanceInputs>;

async function rootDeviceName({ lookUps }: Clients, ami: string): Promise<string> {
    return (await lookUps.images.get(ami))?.RootDeviceName ?? "/dev/sda1";
}

/** User data as EC2 takes it, from the one input or the other. */
export function encodeUserData({
    userData,
    userDataBase64,
}: Pick<InstanceInputs, "userData" | "userDataBase64">): string | undefined {
    return userData === undefined || userData === ""
        ? userDataBase64
        : Buffer.from(userData, "utf8").toString("base64");
}

/** The inputs as EC2 takes them. */
export async function toRequest(
    context: OperationContext,
    wanted: InstanceInputs,
): Promise<RunInstancesRequest> {
    const { ami, iamInstanceProfile, rootBlockDevice: root } = wanted;
    return {
        ...toAws(instanceInputs, wanted),
        BlockDeviceMappings: root && [
            { DeviceName: await rootDeviceName(context.aws, ami), Ebs: toAws(rootFields, root) },
        ],
        IamInstanceProfile: iamInstanceProfile === undefined ? undefined : { Name: iamInstanceProfile },
        MaxCount: 1,
        MinCount: 1,
        TagSpecifications: [
            ...(tagSpecifications("instance", context.tags) ?? []),
            ...(tagSpecifications("volume", root?.tags ?? {}) ?? []),
        ],
        UserData: encodeUserData(wanted),
    };
}

async function rootVolume({ lookUps }: Clients, instance: Instance): Promise<Observed | undefined> {
    const device = instance.BlockDeviceMappings?.find(
        (mapped) => mapped.DeviceName === instance.RootDeviceName,
    );
    const volumeId = device?.Ebs?.VolumeId;
    if (volumeId === undefined) {
        return undefined;
    }
    const volume = (await lookUps.volumes.get(volumeId)) ?? {};
    return {
        ...fromAws(rootFields, volume),
        deleteOnTermination: device?.Ebs?.DeleteOnTermination === true,
        volumeSize: volume.Size,
    };
}

/** What begins like this is compressed by gzip (RFC 1952, section 2.3.1). */
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** As the input that it was given by. */
async function userDataOf(ec2: EC2, id: string): Promise<Observed> {
    const answer = await ec2.describeInstanceAttribute({ InstanceId: id, Attribute: "userData" });
    const bytes = Buffer.from(answer.UserData?.Value ?? "", "base64");
    return bytes.subarray(0, gzipMagic.length).equals(gzipMagic)
        ? { userDataBase64: bytes.toString("base64") }
        : { userData: bytes.toString("utf8") };
}

/** What EC2 answers, as properties. */
export async function fromInstance(aws: Clients, id: string, found: Instance): Promise<Observed> {
    return {
        ...fromAws(instanceInputs, found),
        iamInstanceProfile: found.IamInstanceProfile?.Arn?.split("/").at(-1),
        rootBlockDevice: await rootVolume(aws, found),
        sourceDestCheck: found.SourceDestCheck !== false,
        ...(await userDataOf(aws.ec2, id)),
        vpcSecurityGroupIds: (found.SecurityGroups ?? []).map((group) => group.GroupId),
    };
}
