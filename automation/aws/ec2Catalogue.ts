import {
    DescribeImagesCommand,
    DescribeInstanceTypesCommand,
    DescribeKeyPairsCommand,
    GetEbsDefaultKmsKeyIdCommand,
    paginateDescribeInstances,
    paginateDescribeInstanceTypeOfferings,
    paginateDescribeInstanceTypes,
    type DescribeImagesCommandInput,
    type EC2Client,
} from "@aws-sdk/client-ec2";

import type { MachineImage } from "../../components/model/checks/reads";
import type { Ec2Service } from "../ports/awsServices";
import { collect, filterBy, tagsOf, unless } from "./collect";

type Catalogue = Pick<
    Ec2Service,
    | "images"
    | "imagesById"
    | "zonesOffering"
    | "memoryMiB"
    | "keyPairExists"
    | "defaultEncryptionKey"
    | "vcpusOf"
    | "onDemandInstances"
>;

/** What EC2 has to offer in the region: images, instance types, and the account's key pairs. */
export function createEc2Catalogue(client: EC2Client): Catalogue {
    return {
        images: (nameFilter) =>
            describeImages(client, { Owners: ["amazon"], ...filterBy("name", [nameFilter]) }),
        imagesById: (ids) =>
            ids.length === 0
                ? Promise.resolve([])
                : // A filter, as an id that does not exist is an error.
                  describeImages(client, filterBy("image-id", ids)),
        zonesOffering: async (instanceType) => {
            const offerings = await collect(
                paginateDescribeInstanceTypeOfferings(
                    { client },
                    {
                        LocationType: "availability-zone",
                        ...filterBy("instance-type", [instanceType]),
                    },
                ),
                (page) => page.InstanceTypeOfferings,
            );
            return offerings.map((offering) => offering.Location ?? "");
        },
        memoryMiB: async (instanceType) => {
            // A filter, as a type that does not exist is an error.
            const answer = await client.send(
                new DescribeInstanceTypesCommand(filterBy("instance-type", [instanceType])),
            );
            return answer.InstanceTypes?.[0]?.MemoryInfo?.SizeInMiB;
        },
        defaultEncryptionKey: async () =>
            (await client.send(new GetEbsDefaultKmsKeyIdCommand({}))).KmsKeyId ?? "",
        vcpusOf: async (types) => {
            const pages = paginateDescribeInstanceTypes({ client }, filterBy("instance-type", types));
            const found = await collect(pages, (page) => page.InstanceTypes);
            return new Map(
                found.map(({ InstanceType: type = "", VCpuInfo: cpus }) => [type, cpus?.DefaultVCpus ?? 0]),
            );
        },
        onDemandInstances: async () => {
            const pages = paginateDescribeInstances(
                { client },
                filterBy("instance-state-name", ["pending", "running"]),
            );
            const all = await collect(pages, (page) =>
                page.Reservations?.flatMap(({ Instances = [] }) => Instances),
            );
            return all
                .filter(({ InstanceLifecycle: lifecycle }) => lifecycle === undefined)
                .map(({ InstanceType: instanceType = "", Tags }) => ({ instanceType, tags: tagsOf(Tags) }));
        },
        keyPairExists: async (name) => {
            const answer = await unless(["InvalidKeyPair.NotFound"], undefined, () =>
                client.send(new DescribeKeyPairsCommand({ KeyNames: [name] })),
            );
            return (answer?.KeyPairs ?? []).length > 0;
        },
    };
}

async function describeImages(
    client: EC2Client,
    input: DescribeImagesCommandInput,
): Promise<readonly MachineImage[]> {
    const answer = await client.send(new DescribeImagesCommand({ ...input, IncludeDeprecated: true }));
    return (answer.Images ?? []).map((image): MachineImage => {
        const root = image.BlockDeviceMappings?.find((device) => device.DeviceName === image.RootDeviceName);
        return {
            id: image.ImageId ?? "",
            name: image.Name ?? "",
            rootDeviceName: image.RootDeviceName,
            ownerAlias: image.ImageOwnerAlias || undefined,
            deprecatedAt: image.DeprecationTime || undefined,
            rootVolumeGiB: root?.Ebs?.VolumeSize,
        };
    });
}
