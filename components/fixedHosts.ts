import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { DockerVolume } from "./dockerVolume";
import { metadataOptions, readLaunch, type HostLaunch, type HostLaunchArgs } from "./hostLaunch";
import { requireHostsOnce } from "./hostsOnce";
import { userDataOf } from "./hostUserData";
import { HostPlace } from "./hostPlace";
import { hostName } from "./model/names";
import { storageOfHost, type ResolvedFixedHosts } from "./model/settings";
import { hostTags } from "./model/tags";
import type { FixedHostsInputs } from "./settingsInputs.generated";

export interface FixedHostsArgs extends HostLaunchArgs {
    /** How many hosts there are, and of what kind. @default - one `t3.small` */
    readonly hosts?: FixedHostsInputs;
    /**
     * By the number of a host that runs, the index of its subnet in `subnets`, as `findHostPlaces` tells.
     * @default - hosts take turns over the subnets, so that other subnets may move, and thereby replace, hosts that run
     */
    readonly keptSubnets?: ReadonlyMap<number, number>;
    /** By the number of a host, the docker volume that was kept and that it takes up again, as `findHostPlaces` tells. @default - none */
    readonly keptVolumes?: ReadonlyMap<number, { readonly id: string }>;
}

/** The same with everything filled in. */
interface FixedLaunch extends HostLaunch {
    readonly hosts: ResolvedFixedHosts;
    readonly keptSubnets: ReadonlyMap<number, number>;
    readonly keptVolumes: ReadonlyMap<number, { readonly id: string }>;
}

/**
 * A fixed number of hosts, each an EC2 instance with an optional docker volume of its own. Hosts are numbered from
 * 1; a lower count takes the last ones away and moves none. An environment has them once.
 * Cost: for each host its instance, SUSE's licence fee, and 0.08 USD per GB and month of gp3 for the root volume
 * (us-east-1, November 2026).
 * @example
 * import * as sles from "sles-ecs";
 * export = async () => {
 *     const web = await sles.createEnvironment("web");
 *     const hosts = { count: 2 };
 *     const cluster = new sles.EcsCluster("web", { ...web });
 *     const role = new sles.InstanceRole("web-role", { ...web, clusterArn: cluster.clusterArn });
 *     const network = new sles.Network("web-network", { ...web, network: await sles.findNetwork({ ...web, hosts }) });
 *     const { subnets, securityGroupIds } = network;
 *     const { instanceIds } = new sles.FixedHosts("web-hosts", {
 *         ...web,
 *         ...(await sles.findHostPlaces({ ...web, subnets, hosts })),
 *         hosts,
 *         hostImage: await sles.findHostImage({ ...web, hosts }),
 *         clusterName: cluster.clusterName,
 *         instanceProfileName: role.instanceProfileName,
 *         subnets,
 *         securityGroupIds,
 *         prerequisites: [role, network],
 *     });
 *     return { instanceIds };
 * };
 */
export class FixedHosts extends pulumi.ComponentResource {
    /** In the order of the hosts' numbers. */
    public readonly instanceIds: readonly pulumi.Output<string>[];
    /** In the order of the hosts' numbers; empty unless docker has volumes of its own. */
    public readonly dockerVolumeIds: readonly pulumi.Output<string>[];

    /**
     * @throws pulumi.RunError with every problem of the settings, where the environment has fixed hosts already, and where no subnet is
     * in a zone that offers the instance type
     */
    constructor(name: string, args: FixedHostsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:FixedHosts", name, {}, opts);
        requireHostsOnce("FixedHosts", name, args);
        const launch = this.readLaunch(args);
        const hosts = Array.from({ length: launch.hosts.count }, (_, index) =>
            this.createHost(name, index + 1, launch),
        );
        this.instanceIds = hosts.map(({ instance }) => instance.id);
        this.dockerVolumeIds = hosts.flatMap(({ volume }) => (volume === undefined ? [] : [volume.volumeId]));
        this.registerOutputs({ instanceIds: this.instanceIds, dockerVolumeIds: this.dockerVolumeIds });
    }

    private readLaunch(args: FixedHostsArgs): FixedLaunch {
        const { keptSubnets = new Map<number, never>(), keptVolumes = new Map<number, never>() } = args;
        const { hosts, ...launch } = readLaunch({ ...args.hosts, mode: "fixed" }, args, this);
        if (hosts.mode !== "fixed") {
            throw new RangeError(`got hosts of mode ${hosts.mode}, expected fixed`);
        }
        return { ...launch, hosts, keptSubnets, keptVolumes };
    }

    private createHost(name: string, number: number, launch: FixedLaunch) {
        const dockerStorage = storageOfHost(launch.dockerStorage, number);
        const args = { ...launch, dockerStorage };
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
        { dockerStorage, keptVolumes, restore, ...launch }: FixedLaunch,
    ): DockerVolume | undefined {
        if (dockerStorage.mode !== "volume") {
            return undefined;
        }
        const keptVolumeId = keptVolumes.get(hostNumber)?.id;
        const volume = { ...dockerStorage, kmsKeyId: restore(dockerStorage.kmsKeyId) };
        return new DockerVolume(
            name,
            { ...launch, zone, volume, hostNumber, keptVolumeId },
            { parent: this },
        );
    }

    private createInstance(
        name: string,
        number: number,
        place: HostPlace,
        volume: DockerVolume | undefined,
        args: FixedLaunch,
    ): ec2.Instance {
        const { instanceType, keyName, rootVolumeGiB } = args.hosts;
        const tags = hostTags(args.tags, hostName(args.environment, number), number);
        return new ec2.Instance(
            name,
            {
                ami: args.hostImage.id,
                instanceType,
                keyName: args.restore(keyName),
                subnetId: place.subnetId(volume),
                vpcSecurityGroupIds: args.securityGroupIds,
                iamInstanceProfile: args.instanceProfileName,
                metadataOptions,
                rootBlockDevice: { volumeType: "gp3", volumeSize: rootVolumeGiB, encrypted: true, tags },
                ...userDataOf(volume?.volumeId, args),
                // What a host is prepared for changes with the host, and not under the tasks on it.
                userDataReplaceOnChange: true,
                tags,
            },
            {
                parent: this,
                dependsOn: args.prerequisites,
                // The agent of an instance whose type has changed is refused for good: "Container instance type changes are
                // not supported" (amazon-ecs-agent, agent/app/agent.go).
                replaceOnChanges: ["instanceType"],
                // Two hosts cannot hold one volume.
                deleteBeforeReplace: volume !== undefined,
            },
        );
    }
}
