import { flag, integer, list, object, region, set, tags, text, type Values } from "../schema/property";

const ebs = object({
    deleteOnTermination: text(),
    encrypted: text(),
    iops: integer({ computed: true }),
    kmsKeyId: text(),
    snapshotId: text(),
    throughput: integer({ computed: true }),
    volumeSize: integer({ computed: true }),
    volumeType: text({ computed: true }),
});

const networkInterface = object({
    associatePublicIpAddress: text(),
    deleteOnTermination: text(),
    description: text(),
    deviceIndex: integer(),
    privateIpAddress: text(),
    securityGroups: set(text()),
    subnetId: text(),
});

/** The inputs of `aws:ec2/launchTemplate:LaunchTemplate`. */
export const launchTemplateInputs = {
    blockDeviceMappings: list(object({ deviceName: text(), ebs, noDevice: text(), virtualName: text() })),
    defaultVersion: integer({ computed: true }),
    description: text(),
    disableApiStop: flag(),
    disableApiTermination: flag(),
    ebsOptimized: text(),
    iamInstanceProfile: object({ arn: text(), name: text() }),
    imageId: text(),
    instanceInitiatedShutdownBehavior: text(),
    instanceType: text(),
    keyName: text(),
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
    monitoring: object({ enabled: flag() }),
    name: text({ replaces: true }),
    namePrefix: text({ replaces: true, remembered: true }),
    networkInterfaces: list(networkInterface),
    placement: object({ availabilityZone: text(), groupName: text(), tenancy: text() }),
    region: region(),
    tagSpecifications: list(object({ resourceType: text(), tags: tags() })),
    tags: tags(),
    updateDefaultVersion: flag({ remembered: true }),
    userData: text(),
    vpcSecurityGroupIds: set(text()),
};

/** What the program gives of a launch template. */
export type LaunchTemplateInputs = Values<typeof launchTemplateInputs>;

/** Inputs that say something about the template, not about what it launches. */
export const notOfAVersion: readonly string[] = [
    "defaultVersion",
    "name",
    "namePrefix",
    "tags",
    "updateDefaultVersion",
];
