import type * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { dockerVolumeDeviceName, type HostLaunch } from "./hostLaunch";
import { isCompressed, packUserData, type HostFacts, type StorageFacts } from "./model/userData";

/**
 * The user data of a fixed host, as the one input or the other. Which of them is known before cluster and volume are: the provider
 * takes no two, and neither of them may be in doubt during a preview.
 */
export function userDataOf(
    volumeId: pulumi.Output<string> | undefined,
    args: HostLaunch,
): Pick<ec2.InstanceArgs, "userData" | "userDataBase64"> {
    const compressed = isCompressed(hostFacts(args, args.longestClusterName, anyVolumeId));
    const packed = pulumi
        .all([args.clusterName, volumeId])
        .apply(([clusterName, id]) => packUserData(hostFacts(args, clusterName, id), compressed));
    return compressed
        ? { userDataBase64: packed.apply((data) => ("base64" in data ? data.base64 : undefined)) }
        : { userData: packed.apply((data) => ("text" in data ? data.text : undefined)) };
}

/** As long as every other (EC2 user guide, "Resource IDs"). */
const anyVolumeId = "vol-0123456789abcdef0";

function hostFacts(args: HostLaunch, clusterName: string, volumeId: string | undefined): HostFacts {
    const { agent, capabilities, proxy, hosts, hostImage } = args;
    return {
        clusterName,
        generation: hostImage.generation,
        storage: storageFacts(args, volumeId),
        packages: hosts.packages,
        agent,
        capabilities,
        proxy,
    };
}

function storageFacts({ dockerStorage }: HostLaunch, volumeId: string | undefined): StorageFacts {
    return dockerStorage.mode === "volume"
        ? {
              mode: "volume",
              volumeId,
              deviceName: dockerVolumeDeviceName,
          }
        : dockerStorage;
}
