import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentArgs } from "./environment";
import { dockerVolumeDeviceName } from "./hostLaunch";
import { hostName } from "./model/names";
import { dockerVolumeTags } from "./model/tags";
import { readPart } from "./partSettings";
import type { VolumeDockerStorageInputs } from "./settingsInputs.generated";

export interface DockerVolumeArgs extends EnvironmentArgs {
    /** The zone to make the volume in. One that exists stays where it is. */
    readonly zone: pulumi.Input<string>;
    /** Size in GiB, type and the like. @default - 100 GiB of gp3, which go with the environment */
    readonly volume?: Omit<VolumeDockerStorageInputs, "mode" | "hosts">;
    /** Number of the host it belongs to, from 1; a volume of `FixedHosts` has that of its host. */
    readonly hostNumber: number;
    /** A volume that was kept, to take up again with its data. @default - a new volume is made */
    readonly keptVolumeId?: string | undefined;
}

/**
 * The docker volume of a fixed host: an encrypted EBS volume that outlives its host, and its environment too where
 * the settings say so. A volume that was kept (model/checks/keptVolumes.ts finds it) becomes a resource of the state
 * again: the engine imports it, then updates what differs, such as the stack id
 * (https://www.pulumi.com/docs/iac/guides/migration/import/). Once it is in the state, the import says no more.
 * `FixedHosts` makes one for each of its hosts by itself.
 * Cost: gp3 0.08 USD per GB and month (us-east-1, November 2026), also while no host uses it.
 * @example
 * import * as aws from "@pulumi/aws";
 * import { createEnvironment, DockerVolume } from "sles-ecs";
 * export = async () => {
 *     const web = await createEnvironment("web");
 *     const host = aws.ec2.Instance.get("host", "i-0123456789abcdef0");
 *     const volume = new DockerVolume("docker", { ...web, hostNumber: 1, zone: host.availabilityZone, volume: { sizeGiB: 50 } });
 *     volume.attachTo(host);
 *     return { volumeId: volume.volumeId };
 * };
 */
export class DockerVolume extends pulumi.ComponentResource {
    public readonly volumeId: pulumi.Output<string>;
    /** The availability zone that the volume is in. */
    public readonly zone: pulumi.Output<string>;
    private readonly name: string;

    /** @throws pulumi.RunError with every problem of the volume's settings */
    constructor(name: string, args: DockerVolumeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:DockerVolume", name, {}, opts);
        this.name = name;
        const volume = this.createVolume(name, args);
        this.volumeId = volume.id;
        this.zone = volume.availabilityZone;
        this.registerOutputs({ volumeId: this.volumeId });
    }

    /**
     * Attaches the volume to its host. The attachment itself never detaches: the host that holds the volume is
     * terminated before its successor comes, which shuts it down and lets the volume go. To stop the host first
     * would leave a ghost behind, since ECS deregisters an instance only when it is terminated while running
     * (ECS API reference, DeregisterContainerInstance), and a cluster with a ghost cannot be deleted.
     */
    public attachTo(instance: ec2.Instance): ec2.VolumeAttachment {
        return new ec2.VolumeAttachment(
            `${this.name}-attachment`,
            {
                deviceName: dockerVolumeDeviceName,
                volumeId: this.volumeId,
                instanceId: instance.id,
                skipDestroy: true,
            },
            { parent: this, deleteBeforeReplace: true },
        );
    }

    private createVolume(
        name: string,
        { environment, zone, volume, hostNumber, keptVolumeId, tags }: DockerVolumeArgs,
    ): ebs.Volume {
        const { settings, restore } = readPart({ dockerStorage: { ...volume, mode: "volume" } }, environment);
        if (settings.dockerStorage.mode !== "volume") {
            throw new RangeError(
                `got docker storage of mode ${settings.dockerStorage.mode}, expected volume`,
            );
        }
        const { sizeGiB, type, throughputMiBps, iops, kmsKeyId, keepOnDestroy } = settings.dockerStorage;
        const displayName = `${hostName(environment, hostNumber)}-docker`;
        return new ebs.Volume(
            name,
            {
                availabilityZone: zone,
                size: sizeGiB,
                type,
                encrypted: true,
                throughput: throughputMiBps,
                iops,
                kmsKeyId: restore(kmsKeyId),
                tags: dockerVolumeTags(tags, { name: displayName, hostNumber, keep: keepOnDestroy }),
            },
            {
                parent: this,
                import: keptVolumeId,
                retainOnDelete: keepOnDestroy,
                // A volume cannot move to another zone: AWS's provider would replace it, and lose its data.
                ignoreChanges: ["availabilityZone"],
            },
        );
    }
}
