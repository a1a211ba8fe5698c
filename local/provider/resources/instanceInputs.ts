import { flag, integer, object, region, required, set, tags, text, type Values } from "../schema/property";

/** Parts of a volume that both kinds of block device have. */
const volumeFields = {
    deleteOnTermination: flag({ default: true }),
    encrypted: flag({ computed: true }),
    iops: integer({ computed: true }),
    kmsKeyId: text({ computed: true }),
    tags: tags({ computed: true }),
    throughput: integer({ computed: true }),
    volumeSize: integer({ computed: true }),
    volumeType: text({ computed: true }),
};

const rootFields = {
    ...volumeFields,
    deviceName: text({ computed: true }),
    volumeId: text({ computed: true }),
};

const dataFields = {
    ...volumeFields,
    deviceName: required(text()),
    snapshotId: text({ computed: true }),
    volumeId: text({ computed: true }),
};

/** The root device of an instance. */
export type RootBlockDevice = Values<typeof rootFields>;

/** A further device that an instance is launched with. */
export type EbsBlockDevice = Values<typeof dataFields>;

/** The inputs of `aws:ec2/instance:Instance`. */
export const instanceInputs = {
    ami: text({ replaces: true, computed: true }),
    associatePublicIpAddress: flag({ replaces: true, computed: true }),
    availabilityZone: text({ replaces: true, computed: true }),
    disableApiStop: flag({ computed: true }),
    disableApiTermination: flag({ computed: true }),
    ebsBlockDevices: set(object(dataFields), { replaces: true, computed: true }),
    ebsOptimized: flag({ replaces: true, computed: true }),
    forceDestroy: flag({ default: false, remembered: true }),
    getPasswordData: flag({ default: false, remembered: true }),
    iamInstanceProfile: text({ computed: true }),
    instanceInitiatedShutdownBehavior: text({ computed: true }),
    instanceType: text({ computed: true }),
    keyName: text({ replaces: true, computed: true }),
    metadataOptions: object(
        {
            httpEndpoint: text({ computed: true }),
            httpProtocolIpv6: text({ computed: true }),
            httpPutResponseHopLimit: integer({ computed: true }),
            httpTokens: text({ computed: true }),
            instanceMetadataTags: text({ computed: true }),
        },
        { computed: true },
    ),
    monitoring: flag({ computed: true }),
    privateIp: text({ replaces: true, computed: true }),
    region: region(),
    rootBlockDevice: object(rootFields, { computed: true }),
    sourceDestCheck: flag({ default: true }),
    subnetId: text({ replaces: true, computed: true }),
    tags: tags(),
    tenancy: text({ replaces: true, computed: true }),
    userData: text({ computed: true }),
    userDataBase64: text({ computed: true }),
    userDataReplaceOnChange: flag({ default: false, remembered: true }),
    volumeTags: tags({ remembered: true }),
    vpcSecurityGroupIds: set(text(), { computed: true }),
};

/** What the program gives of an instance. */
export type InstanceInputs = Values<typeof instanceInputs>;

/** User data as EC2 takes it. */
export function encodedUserData(inputs: InstanceInputs): string | undefined {
    return inputs.userData === undefined
        ? inputs.userDataBase64
        : Buffer.from(inputs.userData, "utf8").toString("base64");
}
