import type { ImageLock } from "../images/imageLock";
import type { LeaseReading } from "../lease";
import { locationOf } from "../location";
import type { ResolvedSettings } from "../settings";
import { checkAgent } from "./agent";
import { checkCluster, type AdoptedCluster, type ClusterAnswer } from "./cluster";
import { checkEncryptionKeys } from "./encryptionKey";
import { couldNotCheck, type Findings } from "./finding";
import { checkFoundImage, type FoundHostImage, type FoundImageQuestion } from "./foundHostImage";
import { checkInstanceType, checkKeptHosts, checkKeyPair, checkMemory, placesOf } from "./hosts";
import { checkInstanceProfile } from "./instanceProfile";
import { checkLogGroup } from "./logGroup";
import { checkNetwork, type NetworkAnswer, type NetworkFacts } from "./network";
import { checkPlace } from "./place";
import { checkRepositories, type KeptRepository } from "./repositories";
import type { Caller, Reads } from "./reads";
import { checkReach, proxiesOf } from "./reach";
import type { KeptVolume } from "./keptVolumes";
import { checkVcpus } from "./vcpus";
import { checkVolumes } from "./volumes";

/**
 * What is to be made. A program of Pulumi's is not told what its stack's state holds: it leaves `stateIsEmpty`,
 * `stateIds` and `clusterArn` out, so that a cluster of a lost state and the credentials of another account show only to who knows
 * the state.
 */
export interface ChecksQuestion extends FoundImageQuestion {
    readonly settings: ResolvedSettings;
    /** The stack holds no resources: no cluster and no host can be this environment's. */
    readonly stateIsEmpty?: boolean;
    /** Ids that the state has. */
    readonly stateIds?: ReadonlySet<string>;
    /** Of the cluster in the stack's state: tells the account and region of the environment. */
    readonly clusterArn?: string;
}

/** Everything that AWS decides of an environment; what could not be asked, or is refused, is missing. */
export interface Facts {
    readonly adoptedCluster?: AdoptedCluster;
    /** What the environment's cluster says of its lease; missing where there is none yet. */
    readonly lease?: LeaseReading;
    readonly hostImage?: FoundHostImage;
    /** What the environment is locked to, or would be. */
    readonly lock?: ImageLock;
    readonly network?: NetworkFacts;
    /** Zones of the network that offer the hosts' instance type. */
    readonly offeredZones?: ReadonlySet<string>;
    /** By the number of a fixed host that runs, the index of its subnet in the network. */
    readonly keptSubnets?: ReadonlyMap<number, number>;
    /** By the number of a fixed host, the docker volume that was kept and that it takes up again. */
    readonly keptVolumes?: ReadonlyMap<number, KeptVolume>;
    /** Names of the environment's repositories that are there already. */
    readonly repositories?: ReadonlySet<string>;
    /** Those of them that were kept with their images. */
    readonly keptRepositories?: readonly KeptRepository[];
}

export interface ChecksReport {
    readonly caller: Caller;
    readonly findings: Findings;
    readonly facts: Facts;
}

/**
 * Asks everything that can be known before anything is made; all checks at once, all problems together. A check that
 * the caller may not make is a warning. In another account or region than the environment's there is only that to
 * say, because what is found there says nothing about the environment.
 * @throws what a read fails with, unless it is that AWS does not let the caller ask
 */
export async function runChecks(reads: Reads, question: ChecksQuestion): Promise<ChecksReport> {
    const { settings } = question;
    const whoWeAre = reads.caller();
    const cluster = checkCluster(reads, question);
    const image = checkFoundImage(
        reads,
        question,
        whoWeAre.then(({ region }) => region),
    );
    const offeringZones = reads.zonesOffering(settings.hosts.instanceType);
    const wantsPackages = settings.hosts.packages.length > 0;
    const place = { owner: question, offering: offeringZones.catch(() => []), wantsPackages };
    const network = checkNetwork(reads, settings.network, place);
    const known = network.catch(() => undefined);
    const zones = known.then((answer) => answer?.zones ?? []);
    const offering = checkInstanceType(offeringZones, settings, zones);
    const hostPlace = whereHostsMayBe(known, fact(offering));
    const kept = hostPlace.then((where) => checkKeptHosts(reads, question, where));
    const volumes = checkVolumes(reads, question, hostPlace);
    const repositories = checkRepositories(reads, question);
    const reach = checkWays(reads, question, known, whoWeAre);
    const checks: readonly Check[] = [
        ["clusterName", "whether the cluster's name is free", cluster.then(findingsOf)],
        ["hostImage.filter", "which images there are", image.then(findingsOf)],
        ["agent", "the agent of the image", checkAgent(reads, settings, fact(image))],
        ["network", "the network", network.then(findingsOf)],
        ["network", "the network", reach],
        ["hosts", "the volumes of the hosts", volumes.then(findingsOf)],
        ["hosts.instanceType", "where the instance type is offered", offering.then(findingsOf)],
        ["hosts", "where the hosts run", kept.then(findingsOf)],
        ["agent.reservedMemoryMiB", "the memory of the instance type", checkMemory(reads, settings)],
        ["instanceRole", "the instance profile", checkInstanceProfile(reads, settings, whoWeAre)],
        ["hosts", "the keys of volumes and images", checkEncryptionKeys(reads, settings)],
        ["hosts.instanceType", "the quota of vCPUs", checkVcpus(reads, settings, question)],
        ["containerRegistry", "the repositories", repositories.then(findingsOf)],
        ["capabilities.awslogs", "the log group of tasks", checkLogGroup(reads, question)],
        ["hosts.keyName", "the key pair", checkKeyPair(reads, settings.hosts.keyName)],
    ];
    const results = await askAll(checks);
    // Without credentials every check fails alike; what the question who we are has to say is the clearest.
    const caller = await whoWeAre;
    const elsewhere = checkPlace(caller, question.clusterArn);
    if (elsewhere.length > 0) {
        return { caller, findings: elsewhere, facts: {} };
    }
    const findings = results.flatMap(valueOf);
    const answers = { cluster, image, offering, kept, volumes, repositories };
    const facts = { ...(await factsOf(answers)), network: (await known)?.network };
    return { caller, findings, facts };
}

/** What the checks have found that is to be made of. */
async function factsOf(answers: {
    readonly cluster: Promise<ClusterAnswer>;
    readonly image: ReturnType<typeof checkFoundImage>;
    readonly offering: Promise<Pick<Facts, "offeredZones">>;
    readonly kept: Promise<Pick<Facts, "keptSubnets">>;
    readonly volumes: Promise<Pick<Facts, "keptVolumes">>;
    readonly repositories: Promise<Pick<Facts, "repositories" | "keptRepositories">>;
}): Promise<Facts> {
    const [cluster, image, offering, kept, volumes, repositories] = await Promise.all([
        fact(answers.cluster),
        fact(answers.image),
        fact(answers.offering),
        fact(answers.kept),
        fact(answers.volumes),
        fact(answers.repositories),
    ]);
    return {
        adoptedCluster: cluster?.adopted,
        lease: cluster?.lease,
        hostImage: image?.found,
        lock: image?.image,
        offeredZones: offering?.offeredZones,
        keptSubnets: kept?.keptSubnets,
        keptVolumes: volumes?.keptVolumes,
        repositories: repositories?.repositories,
        keptRepositories: repositories?.keptRepositories,
    };
}

/** What is known of where hosts may be; empty where it is not. */
async function whereHostsMayBe(
    network: Promise<NetworkAnswer | undefined>,
    offering: Promise<Pick<Facts, "offeredZones"> | undefined>,
) {
    const [answer, offered] = await Promise.all([network, offering]);
    const offeredZones = offered?.offeredZones ?? new Set<string>();
    const places = answer?.network && placesOf(answer.network);
    return { places, zones: answer?.zones ?? [], offeredZones };
}

/** Nothing can be said of a network that is not known. */
async function checkWays(
    reads: Reads,
    { settings }: ChecksQuestion,
    network: Promise<NetworkAnswer | undefined>,
    caller: Promise<Caller>,
): Promise<Findings> {
    const answer = await network;
    const wantsPackages = settings.hosts.packages.length > 0;
    return answer === undefined
        ? []
        : checkReach(reads, {
              ...answer,
              location: caller.then(locationOf),
              wantsPackages,
              ...proxiesOf(settings),
          });
}

/** @throws what a check failed with */
function valueOf(result: PromiseSettledResult<Findings>): Findings {
    if (result.status === "rejected") {
        throw result.reason;
    }
    return result.value;
}

type Check = readonly [path: string, what: string, findings: Promise<Findings>];

function askAll(checks: readonly Check[]): Promise<PromiseSettledResult<Findings>[]> {
    return Promise.allSettled(checks.map((check) => tolerate(...check)));
}

/** A check that AWS does not answer says nothing about the settings. */
async function tolerate(path: string, what: string, findings: Promise<Findings>): Promise<Findings> {
    try {
        return await findings;
    } catch (error) {
        return [couldNotCheck(path, what, error)];
    }
}

/** The answer of a check that has ended, unless it failed. */
function fact<T>(check: Promise<T>): Promise<T | undefined> {
    return check.catch(() => undefined);
}

function findingsOf({ findings }: { readonly findings: Findings }): Findings {
    return findings;
}
