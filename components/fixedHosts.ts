import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { DockerVolume } from "./dockerVolume";
import { dockerVolumeDeviceName, metadataOptions, type HostLaunchArgs } from "./hostLaunch";
import { HostPlace } from "./hostPlace";
import { hostName } from "./model/names";
import { storageOfHost, type ResolvedFixedHosts } from "./model/settings";
import { hostTags } from "./model/tags";
import { isCompressed, packUserData, type HostFacts, type StorageFacts } from "./model/userData";

export interface FixedHostsArgs extends HostLaunchArgs {
    readonly hosts: ResolvedFixedHosts;
    /** By the number of a host that runs, the index of its subnet. */
    readonly keptSubnets: ReadonlyMap<number, number>;
    /** By the number of a host, the docker volume that was kept and that it takes up again. */
    readonly keptVolumes: ReadonlyMap<number, { readonly id: string }>;
}

/**
 * A fixed number of hosts, each an EC2 instance with an optional docker volume of its own. Hosts are numbered from
 * 1; a lower count takes the last ones away and moves none.
 * Cost: for each host its instance, SUSE's licence fee, and 0.08 USD per GB and month of gp3 for the root volume
 * (us-east-1, November 2026).
 */
export class FixedHosts extends pulumi.ComponentResource {
    /** In the order of the hosts' numbers. */
    public readonly instanceIds: readonly pulumi.Output<string>[];
    /** In the order of the hosts' numbers; empty unless docker has volumes of its own. */
    public readonly dockerVolumeIds: readonly pulumi.Output<string>[];

    constructor(name: string, args: FixedHostsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:FixedHosts", name, {}, opts);
        const hosts = Array.from({ length: args.hosts.count }, (_, index) =>
            this.createHost(name, index + 1, args),
        );
        this.instanceIds = hosts.map(({ instance }) => instance.id);
        this.dockerVolumeIds = hosts.flatMap(({ volume }) => (volume === undefined ? [] : [volume.volumeId]));
        this.registerOutputs({ instanceIds: this.instanceIds, dockerVolumeIds: this.dockerVolumeIds });
    }

    private createHost(name: string, number: number, environmentArgs: FixedHostsArgs) {
        const dockerStorage = storageOfHost(environmentArgs.dockerStorage, number);
        const args = { ...environmentArgs, dockerStorage };
        const place = new HostPlace({
            hostNumber: number,
            hostName: hostName(args.environment, number),
            instanceType: args.hosts.instanceType,
            subnets: args.subnets,
            offeredZones: args.offeredZones,
            keptSubnet: args.keptSubnets.get(number),
        });
        const volume = this.createVolume(`${name}-${number}-docker`, number, place, args);
        const instance = this.createInstance(`${name}-${number}`, number, place, volume, args);
        volume?.attachTo(instance);
        return { instance, volume };
    }

    private createVolume(
        name: string,
        hostNumber: number,
        { zone }: HostPlace,
        { dockerStorage, environment, keptVolumes, tags }: FixedHostsArgs,
    ): DockerVolume | undefined {
        if (dockerStorage.mode !== "volume") {
            return undefined;
        }
        const displayName = `${hostName(environment, hostNumber)}-docker`;
        const keptVolumeId = keptVolumes.get(hostNumber)?.id;
        return new DockerVolume(
            name,
            { zone, volume: dockerStorage, displayName, hostNumber, keptVolumeId, tags },
            { parent: this },
        );
    }

    private createInstance(
        name: string,
        number: number,
        place: HostPlace,
        volume: DockerVolume | undefined,
        args: FixedHostsArgs,
    ): ec2.Instance {
        const { instanceType, keyName, rootVolumeGiB } = args.hosts;
        const tags = hostTags(args.tags, hostName(args.environment, number), number);
        return new ec2.Instance(
            name,
            {
                ami: args.hostImage.id,
                instanceType,
                keyName,
                subnetId: place.subnetId(volume),
                vpcSecurityGroupIds: [...args.securityGroupIds],
                iamInstanceProfile: args.instanceProfileName,
                metadataOptions,
                rootBlockDevice: { volumeType: "gp3", volumeSize: rootVolumeGiB, encrypted: true, tags },
                ...userDataOf(volume, args),
                // What a host is prepared for changes with the host, and not under the tasks on it.
                userDataReplaceOnChange: true,
                tags,
            },
            {
                parent: this,
                dependsOn: [...args.prerequisites],
                // The agent of an instance whose type has changed is refused for good: "Container instance type changes are
                // not supported" (amazon-ecs-agent, agent/app/agent.go).
                replaceOnChanges: ["instanceType"],
                // Two hosts cannot hold one volume.
                deleteBeforeReplace: volume !== undefined,
            },
        );
    }
}

/**
 * As the one input or the other. Which of them is known before cluster and volume are: the provider takes no two, and
 * neither of them may be in doubt during a preview.
 */
function userDataOf(
    volume: DockerVolume | undefined,
    args: FixedHostsArgs,
): Pick<ec2.InstanceArgs, "userData" | "userDataBase64"> {
    const packed = pulumi
        .all([args.clusterName, volume?.volumeId])
        .apply(([clusterName, volumeId]) => packUserData(hostFacts(args, clusterName, volumeId)));
    return isCompressed(hostFacts(args, args.wantedClusterName, anyVolumeId))
        ? { userDataBase64: packed.apply((data) => ("base64" in data ? data.base64 : undefined)) }
        : { userData: packed.apply((data) => ("text" in data ? data.text : undefined)) };
}

/** As long as every other (EC2 user guide, "Resource IDs"). */
const anyVolumeId = "vol-0123456789abcdef0";

function hostFacts(args: FixedHostsArgs, clusterName: string, volumeId: string | undefined): HostFacts {
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

function storageFacts({ dockerStorage }: FixedHostsArgs, volumeId: string | undefined): StorageFacts {
    return dockerStorage.mode === "volume"
        ? {
              mode: "volume",
              volumeId,
              deviceName: dockerVolumeDeviceName,
          }
        : dockerStorage;
}
