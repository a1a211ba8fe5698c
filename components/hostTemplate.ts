import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { dockerVolumeDeviceName, metadataOptions, type HostLaunch } from "./hostLaunch";
import { hostName, keptName, resourceName } from "./model/names";
import type { ResolvedAutoScalingHosts, ResolvedDockerVolume } from "./model/settings";
import { withName } from "./model/tags";
import { encodedUserData } from "./model/userData";

export interface GroupLaunch extends HostLaunch {
    readonly hosts: ResolvedAutoScalingHosts;
}

/** The launch template of auto-scaling hosts; docker volumes are made, and go, with their hosts. */
export function createHostTemplate(
    name: string,
    args: GroupLaunch,
    parent: pulumi.Resource,
): ec2.LaunchTemplate {
    const nameOf = (id?: string) =>
        resourceName("launchTemplate", args.environment, args.location.region, id);
    const { instanceType, keyName } = args.hosts;
    return new ec2.LaunchTemplate(
        name,
        {
            name: args.stackId.apply(nameOf),
            updateDefaultVersion: true,
            imageId: args.hostImage.id,
            instanceType,
            keyName: args.restore(keyName),
            iamInstanceProfile: { name: args.instanceProfileName },
            vpcSecurityGroupIds: args.securityGroupIds,
            metadataOptions,
            blockDeviceMappings: blockDeviceMappings(args),
            userData: args.clusterName.apply((clusterName) => userDataOf(clusterName, args)),
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags: withName(args.tags, hostName(args.environment)),
            })),
            tags: withName(args.tags, nameOf()),
        },
        { parent, dependsOn: args.prerequisites, ignoreChanges: keptName },
    );
}

function blockDeviceMappings({ hostImage, hosts, dockerStorage, restore }: GroupLaunch) {
    const root = {
        deviceName: hostImage.rootDeviceName,
        ebs: {
            volumeType: "gp3",
            volumeSize: hosts.rootVolumeGiB,
            encrypted: "true",
            deleteOnTermination: "true",
        },
    };
    return dockerStorage.mode === "volume" ? [root, dockerMapping(dockerStorage, restore)] : [root];
}

function dockerMapping(
    { type, sizeGiB, throughputMiBps, iops, kmsKeyId }: ResolvedDockerVolume,
    restore: GroupLaunch["restore"],
) {
    return {
        deviceName: dockerVolumeDeviceName,
        ebs: {
            volumeType: type,
            volumeSize: sizeGiB,
            encrypted: "true",
            deleteOnTermination: "true",
            throughput: throughputMiBps,
            iops,
            kmsKeyId: restore(kmsKeyId),
        },
    };
}

function userDataOf(clusterName: string, args: GroupLaunch): string {
    const { hostImage, dockerStorage, hosts, agent, capabilities, proxy } = args;
    const storage =
        dockerStorage.mode === "volume"
            ? ({ mode: "volume", deviceName: dockerVolumeDeviceName } as const)
            : dockerStorage;
    const { generation } = hostImage;
    const { packages } = hosts;
    return encodedUserData({ clusterName, generation, storage, packages, agent, capabilities, proxy });
}
