import {
    DescribeImagesCommand,
    DescribeInstanceAttributeCommand,
    DescribeInstanceStatusCommand,
    DescribeLaunchTemplateVersionsCommand,
    DescribeRegionsCommand,
    EC2Client,
    GetConsoleOutputCommand,
    paginateDescribeInstances,
    paginateDescribeVolumes,
    RebootInstancesCommand,
    StartInstancesCommand,
    StopInstancesCommand,
    type DescribeInstancesCommandInput,
    type Instance as Ec2Instance,
} from "@aws-sdk/client-ec2";

import type { StatusChecks } from "../../components/model/diagnosis/evidence";
import { carries } from "../../components/model/tags";
import type { Ec2Service, Instance, Volume } from "../ports/awsServices";
import type { LaunchTemplateData, TemplateVersion } from "../ports/scalingServices";
import { chunks, collect, filterBy, mostFilterValues, tagFilters, tagsOf, unless } from "./collect";
import { createEc2Catalogue } from "./ec2Catalogue";
import { holdersOf } from "./ec2Holders";
import { createEc2Network, routeTableParts } from "./ec2Network";
import { removeResource } from "./ec2Removal";
import { existingResources, taggedResources, taggedWith } from "./ec2Resources";
import type { AwsSession } from "./session";

const mostStatuses = 100;

export function createEc2Service(session: AwsSession): Ec2Service {
    const client = session.connect(new EC2Client(session.configuration("EC2")), "EC2", "ec2");
    const hosts = new InstanceReader(client);
    return {
        instances: async (tags) =>
            (await hosts.read({ Filters: tagFilters(tags) })).filter((one) => carries(one.tags, tags)),
        instancesById: (ids) => hosts.readBy("instance-id", ids),
        instancesByTag: (key, values) => hosts.readBy(`tag:${key}`, values),
        consoleOutput: (instanceId) => consoleOutput(client, instanceId),
        statusChecks: (ids) => statusChecks(client, ids),
        userData: (instanceId) => userDataOf(client, instanceId),
        launchTemplate: (version) => launchTemplate(client, version),
        volumes: async (tags) => {
            const list = await collect(
                paginateDescribeVolumes({ client }, { Filters: tagFilters(tags) }),
                (page) => page.Volumes,
            );
            return list
                .filter((volume) => volume.State !== "deleting" && volume.State !== "deleted")
                .map((volume): Volume => ({
                    id: volume.VolumeId ?? "",
                    sizeGiB: volume.Size ?? 0,
                    type: volume.VolumeType,
                    zone: volume.AvailabilityZone,
                    isEncrypted: volume.Encrypted,
                    kmsKeyId: volume.KmsKeyId,
                    isFree: volume.State === "available",
                    attachedTo: volume.Attachments?.[0]?.InstanceId,
                    tags: tagsOf(volume.Tags),
                }))
                .filter((volume) => carries(volume.tags, tags));
        },
        resources: (tags) => taggedResources(client, tags),
        tagged: (tag, keys) => taggedWith(client, tag, keys),
        regions: async () => {
            const { Regions = [] } = await client.send(new DescribeRegionsCommand({}));
            return Regions.map(({ RegionName = "" }) => RegionName).sort();
        },
        existing: (ids) => existingResources(client, ids),
        start: async (ids) => {
            await client.send(new StartInstancesCommand({ InstanceIds: [...ids] }));
        },
        stop: async (ids) => {
            await client.send(new StopInstancesCommand({ InstanceIds: [...ids] }));
        },
        reboot: async (ids) => {
            await client.send(new RebootInstancesCommand({ InstanceIds: [...ids] }));
        },
        routeTableParts: (ids) => routeTableParts(client, ids),
        remove: (id) => removeResource(client, id),
        holders: (parts) => holdersOf(client, parts),
        ...createEc2Catalogue(client),
        ...createEc2Network(client),
    };
}

/** Reads instances with the names of their images; a name never changes, so it is asked for once. */
class InstanceReader {
    private readonly imageNames = new Map<string, string>();

    constructor(private readonly client: EC2Client) {}

    /** Those for which a filter has one of the values; however many these are. */
    async readBy(filter: string, values: readonly string[]): Promise<readonly Instance[]> {
        const parts = chunks(values, mostFilterValues).map((part) => this.read(filterBy(filter, part)));
        return (await Promise.all(parts)).flat();
    }

    async read(input: DescribeInstancesCommandInput): Promise<readonly Instance[]> {
        const reservations = await collect(
            paginateDescribeInstances({ client: this.client }, input),
            (page) => page.Reservations,
        );
        const instances = reservations.flatMap((reservation) => reservation.Instances ?? []);
        await this.learnImageNames(instances.map((instance) => instance.ImageId ?? ""));
        return instances.map((instance) => this.toInstance(instance));
    }

    private async learnImageNames(ids: readonly string[]): Promise<void> {
        const unknown = [...new Set(ids)].filter((id) => id !== "" && !this.imageNames.has(id));
        if (unknown.length === 0) {
            return;
        }
        const answer = await this.client.send(
            new DescribeImagesCommand({
                ...filterBy("image-id", unknown),
                IncludeDeprecated: true,
            }),
        );
        // An image that its owner has taken back has no name any more; it is not asked for again either.
        for (const id of unknown) {
            this.imageNames.set(id, answer.Images?.find((image) => image.ImageId === id)?.Name ?? "");
        }
    }

    private toInstance(instance: Ec2Instance): Instance {
        return {
            instanceId: instance.InstanceId ?? "",
            state: instance.State?.Name ?? "",
            stateReason: instance.StateReason?.Message || undefined,
            zone: instance.Placement?.AvailabilityZone ?? "",
            subnetId: instance.SubnetId ?? "",
            instanceType: instance.InstanceType ?? "",
            imageId: instance.ImageId ?? "",
            imageName: this.imageNames.get(instance.ImageId ?? "") || undefined,
            launchedAt: instance.LaunchTime,
            hasInstanceProfile: instance.IamInstanceProfile !== undefined,
            instanceProfileName: instance.IamInstanceProfile?.Arn?.split("/").at(-1),
            securityGroupIds: securityGroupsOf(instance),
            metadataEndpoint: instance.MetadataOptions?.HttpEndpoint,
            privateIpAddress: instance.PrivateIpAddress || undefined,
            publicIpAddress: instance.PublicIpAddress || undefined,
            keyName: instance.KeyName || undefined,
            tags: tagsOf(instance.Tags),
        };
    }
}

/** Those of all its network interfaces. */
function securityGroupsOf({ SecurityGroups = [], NetworkInterfaces = [] }: Ec2Instance): readonly string[] {
    const all = [...SecurityGroups, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
    return [...new Set(all.flatMap(({ GroupId }) => GroupId ?? []))].sort();
}

/** Of the instances that run; EC2 takes 100 ids at once (API reference, DescribeInstanceStatus). */
async function statusChecks(
    client: EC2Client,
    ids: readonly string[],
): Promise<ReadonlyMap<string, StatusChecks>> {
    const answers = await Promise.all(
        chunks(ids, mostStatuses).map((InstanceIds) =>
            client.send(new DescribeInstanceStatusCommand({ InstanceIds })),
        ),
    );
    return new Map(
        answers.flatMap(({ InstanceStatuses = [] }) =>
            InstanceStatuses.map(({ InstanceId = "", SystemStatus, InstanceStatus }) => [
                InstanceId,
                { system: SystemStatus?.Status ?? "unknown", instance: InstanceStatus?.Status ?? "unknown" },
            ]),
        ),
    );
}

async function userDataOf(client: EC2Client, InstanceId: string): Promise<Uint8Array> {
    const command = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: "userData" });
    const { UserData } = await client.send(command);
    return Buffer.from(UserData?.Value ?? "", "base64");
}

async function launchTemplate(
    client: EC2Client,
    { id, version }: TemplateVersion,
): Promise<LaunchTemplateData> {
    const { LaunchTemplateVersions = [] } = await client.send(
        new DescribeLaunchTemplateVersionsCommand({
            ...{ LaunchTemplateId: id, Versions: [version] },
            // The image that a parameter of Systems Manager stands for (API reference, DescribeLaunchTemplateVersions). The caller
            // needs ssm:GetParameters for that: https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
            ResolveAlias: true,
        }),
    );
    const { UserData = "", ImageId } = LaunchTemplateVersions[0]?.LaunchTemplateData ?? {};
    const isImage = ImageId?.startsWith("ami-") === true;
    return {
        userData: Buffer.from(UserData, "base64"),
        ...(isImage ? { imageId: ImageId } : { imageParameter: ImageId }),
    };
}

async function consoleOutput(client: EC2Client, instanceId: string): Promise<string> {
    const ask = (Latest: boolean) =>
        client.send(new GetConsoleOutputCommand({ InstanceId: instanceId, Latest }));
    // Else EC2 shows what there was shortly after the start. Only instances on Nitro have it (API reference, GetConsoleOutput).
    const latest = () => unless(["UnsupportedOperation"], undefined, () => ask(true));
    const answer = await unless(
        ["InvalidInstanceID.NotFound"],
        undefined,
        async () => (await latest()) ?? ask(false),
    );
    return Buffer.from(answer?.Output ?? "", "base64").toString("utf8");
}
