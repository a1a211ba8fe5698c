import {
    standingStates,
    type Caller,
    type HostPlace,
    type PintAnswer,
    type Reads,
} from "../../components/model/checks/reads";
import { agentVersionIn, packagePageOf } from "../../components/model/images/packagePage";
import { mayBeOwn, tagKeys, type Ownership } from "../../components/model/tags";
import { formatSeconds } from "../output/durations";
import type { Aws, Instance } from "../ports/awsServices";
import type { Clock } from "../ports/io";
import type { Pint } from "../ports/pint";

/** Where knowledge of images comes from, beside EC2. */
export interface ImageSources {
    readonly clock: Pick<Clock, "now">;
    loadPint(): Promise<Pint>;
}

/** What the checks ask of images, by AWS's API and pint. For one run: hosts are asked for once. */
export function imageReads(
    { ec2 }: Pick<Aws, "ec2">,
    sources: ImageSources,
): Pick<Reads, "images" | "imagesById" | "hasHosts" | "hostPlaces" | "imagesInUse" | "pint"> {
    let hosts: Promise<readonly Instance[]> | undefined;
    const standing = async (owner: Ownership): Promise<readonly Instance[]> => {
        const { stack, environment } = owner;
        hosts ??= ec2.instances({ [tagKeys.stack]: stack, [tagKeys.environment]: environment });
        return (await hosts).filter(
            ({ state, tags }) => standingStates.includes(state) && mayBeOwn(tags, owner),
        );
    };
    return {
        images: (nameFilter) => ec2.images(nameFilter),
        imagesById: (ids) => ec2.imagesById(ids),
        hasHosts: async (owner) => (await standing(owner)).length > 0,
        imagesInUse: async (owner, among) => {
            const used = await standing(owner);
            return among.filter((id) => used.some(({ imageId }) => imageId === id));
        },
        hostPlaces: async (owner, numbers, places) => {
            const hosts = await standing(owner);
            return new Map(
                numbers.flatMap((number) => {
                    const own = hosts.filter(({ tags }) => tags[tagKeys.host] === String(number));
                    const index = places.findIndex((place) => own.some((host) => isIn(place, host)));
                    return index === -1 ? [] : [[number, index] as const];
                }),
            );
        },
        pint: (region) => adviceOfPint(sources, region),
    };
}

function isIn({ subnetId, zone }: HostPlace, host: Instance): boolean {
    return subnetId === undefined ? host.zone === zone : host.subnetId === subnetId;
}

/** What the checks ask, by AWS's API and pint. */
export function awsReads(aws: Aws, sources: ImageSources): Reads {
    const { identity, ecr, ecs, ec2, iam } = aws;
    return {
        ...imageReads(aws, sources),
        caller: () => identity.caller(),
        cluster: (name) => ecs.cluster(name),
        subnets: (ids) => ec2.subnets(ids),
        defaultSubnets: () => ec2.defaultSubnets(),
        defaultVpc: () => ec2.defaultVpc(),
        securityGroups: (ids) => ec2.securityGroups(ids),
        routeTables: (vpcId) => ec2.routeTables(vpcId),
        vpcEndpoints: (vpcId) => ec2.vpcEndpoints(vpcId),
        suseServers: async (region) => {
            const answer = await (await sources.loadPint()).servers({ region, forAdvice: true });
            return answer.kind === "unavailable" ? undefined : answer.servers;
        },
        agentVersion: (imageName) => agentVersionOf(imageName, identity.caller(), sources),
        natGateways: (vpcId) => ec2.natGateways(vpcId),
        networkAcls: (vpcId) => ec2.networkAcls(vpcId),
        ownNetwork: (owner) => ec2.ownNetwork(owner),
        availabilityZones: () => ec2.availabilityZones(),
        hostVolumes: async ({ stack, environment }) => {
            const found = await ec2.volumes({ [tagKeys.stack]: stack, [tagKeys.environment]: environment });
            return found.filter(({ tags }) => tags[tagKeys.host] !== undefined);
        },
        zonesOffering: (instanceType) => ec2.zonesOffering(instanceType),
        memoryMiB: (instanceType) => ec2.memoryMiB(instanceType),
        repository: (name) => ecr.repository(name),
        logGroupTags: (name) => aws.logs.tagsOfGroup(name),
        keyPairExists: (name) => ec2.keyPairExists(name),
        defaultEncryptionKey: () => ec2.defaultEncryptionKey(),
        encryptionKey: (id) => aws.kms.key(id),
        vcpuQuota: (code) => aws.quotas.ofEc2(code),
        vcpusOf: (types) => ec2.vcpusOf(types),
        onDemandHosts: async (owner) =>
            (await ec2.onDemandInstances()).map(({ instanceType, tags }) => ({
                instanceType,
                isOwn: tags[tagKeys.environment] === owner.environment && mayBeOwn(tags, owner),
            })),
        instanceProfile: (name) => iam.instanceProfile(name),
        verdictsOnRole: (roleArn, question) => iam.verdictsOnRole(roleArn, question),
    };
}

/** By SUSE's page on the packages of the image, which pint may have somewhere else than by its name. */
async function agentVersionOf(
    imageName: string,
    caller: Promise<Caller>,
    { loadPint }: Pick<ImageSources, "loadPint">,
): Promise<string | undefined> {
    const [pint, { region }] = await Promise.all([loadPint(), caller]);
    const answer = await pint.images({ region, forAdvice: true });
    const record =
        answer.kind === "unavailable" ? undefined : answer.images.find(({ name }) => name === imageName);
    return agentVersionIn(await pint.packageChanges(packagePageOf(record ?? { name: imageName })));
}

/** What pint says of a region; that it does not answer is a remark, as EC2 alone will do. */
export async function adviceOfPint(
    { loadPint }: Pick<ImageSources, "loadPint">,
    region: string,
): Promise<PintAnswer> {
    const answer = await (await loadPint()).images({ region, forAdvice: true });
    if (answer.kind === "unavailable") {
        return { remark: unasked("not known", answer.reason) };
    }
    const { images: pint } = answer;
    return answer.kind === "cached"
        ? { pint, remark: unasked(`known from ${formatSeconds(answer.ageSeconds)} ago`, answer.reason) }
        : { pint };
}

function unasked(state: string, reason: string): string {
    return `SUSE's plans for its images are ${state}: ${reason}`;
}
