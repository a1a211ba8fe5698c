import * as pulumi from "@pulumi/pulumi";
import { ownerOf, type EnvironmentArgs } from "./environment";
import { calendarDate } from "./model/images/imageDate";
import { couldNotCheck, type Findings } from "./model/checks/finding";
import { checkFoundImage, type FoundHostImage } from "./model/checks/foundHostImage";
import { checkInstanceType, checkKeptHosts } from "./model/checks/hosts";
import { checkNetwork, type NetworkFacts } from "./model/checks/network";
import { checkReach, proxiesOf } from "./model/checks/reach";
import type { HostPlace } from "./model/checks/reads";
import { checkVolumes } from "./model/checks/volumes";
import type { AgentSettings, HostImageSettings, ProxySettings, Settings } from "./model/settings";
import type { HostSubnetArgs } from "./network";
import { readPart } from "./partSettings";
import { pulumiReads } from "./reads/pulumiReads";
import { problemText, requireFacts } from "./refusal";
import type { SettingsInputs } from "./settingsInputs.generated";
import { withUnknowns } from "./settingsOutputs";

interface HostsOfPart {
    /** The hosts that are to be, as `FixedHosts` or `AutoScalingHosts` get them. @default - one `t3.small` */
    readonly hosts?: SettingsInputs["hosts"];
    /** As the hosts get it. @default - the image's own store */
    readonly dockerStorage?: SettingsInputs["dockerStorage"];
}

export interface FindHostImageArgs extends EnvironmentArgs, HostsOfPart {
    /** Which image is wanted; with a `lock` it stays the same whatever SUSE publishes. @default - the latest SLES 15 SP7 for x86_64 */
    readonly hostImage?: HostImageSettings;
}

export interface FindNetworkArgs extends EnvironmentArgs, HostsOfPart {
    /** Which network is wanted; ids are plain. @default - the account's default VPC */
    readonly network?: Settings["network"];
    /** As the hosts get it: with a proxy they need no other way out. @default - the agent's own */
    readonly agent?: AgentSettings;
    /** As the hosts get it. @default - hosts go out directly */
    readonly proxy?: ProxySettings;
}

export interface FindHostPlacesArgs extends EnvironmentArgs, HostsOfPart {
    /** As the hosts get them. Ids that are outputs are waited for. */
    readonly subnets: readonly HostSubnetArgs[];
}

/** What hosts that run, and volumes that were kept, decide of the places of fixed hosts. */
export interface HostPlaces {
    /** Zones of the subnets that offer the instance type. */
    readonly offeredZones: ReadonlySet<string>;
    /** By the number of a fixed host that runs, the index of its subnet. */
    readonly keptSubnets: ReadonlyMap<number, number>;
    /** By the number of a fixed host, the docker volume that was kept and that it takes up again. */
    readonly keptVolumes: ReadonlyMap<number, { readonly id: string }>;
}

/**
 * Finds the image that hosts boot from: the locked one, else the one that hosts of the environment run and the filter matches,
 * else the best that the filter matches. Reads only; what is doubtful about the image is a warning.
 * @param opts provider that AWS is asked with
 * @throws pulumi.RunError where there is none that hosts of this kind can boot from, and with every problem of the args
 */
export async function findHostImage(
    args: FindHostImageArgs,
    opts: pulumi.InvokeOptions = {},
): Promise<FoundHostImage> {
    const { hostImage, hosts, dockerStorage, environment, location } = args;
    const { settings } = readPart({ hostImage, hosts, dockerStorage }, environment);
    const question = { ...(await ownerOf(args)), settings, today: calendarDate(new Date()) };
    return ask("hostImage", "which images there are", async () => {
        const reads = pulumiReads(opts);
        const { findings, found } = await checkFoundImage(reads, question, Promise.resolve(location.region));
        return { findings, fact: found };
    });
}

/**
 * Finds where hosts can be, as the arg of a `Network`: subnets with their zones, or the zones of a VPC that is to be made. Hosts of
 * subnets that exist must have a way to Amazon S3 and to Amazon ECS. Reads only; what is doubtful is a warning.
 * @param opts provider that AWS is asked with
 * @throws pulumi.RunError where hosts could not work there, and with every problem of the args
 */
export async function findNetwork(
    args: FindNetworkArgs,
    opts: pulumi.InvokeOptions = {},
): Promise<NetworkFacts> {
    const { network, hosts, dockerStorage, agent, proxy, environment } = args;
    const { settings } = readPart({ network, hosts, dockerStorage, agent, proxy }, environment);
    const { instanceType, packages } = settings.hosts;
    const owner = await ownerOf(args);
    return ask("network", "the network", async () => {
        const reads = pulumiReads(opts);
        const offering = reads.zonesOffering(instanceType).catch(() => []);
        const wantsPackages = packages.length > 0;
        const answer = await checkNetwork(reads, settings.network, { owner, offering, wantsPackages });
        const location = Promise.resolve(args.location);
        const ways = { ...answer, location, wantsPackages, ...proxiesOf(settings) };
        return { findings: [...answer.findings, ...(await checkReach(reads, ways))], fact: answer.network };
    });
}

/**
 * Finds what decides where fixed hosts are: zones that offer the instance type, the subnets of hosts that run, and docker volumes
 * that were kept. With it hosts that run stay where they are when subnets are added. Reads only; what is doubtful is a warning.
 * @param opts provider that AWS is asked with
 * @throws pulumi.RunError where no zone offers the instance type, a host could not stay beside its volume or a volume cannot be taken
 * up, and with every problem of the args
 */
export async function findHostPlaces(
    args: FindHostPlacesArgs,
    opts: pulumi.InvokeOptions = {},
): Promise<HostPlaces> {
    const { subnets, hosts, dockerStorage, environment } = args;
    const { settings } = readPart({ hosts, dockerStorage }, environment);
    const question = { ...(await ownerOf(args)), settings };
    const places = await Promise.all(subnets.map(placeOf));
    const zones = places.map(({ zone }) => zone);
    return ask("hosts", "where hosts can be", async () => {
        const reads = pulumiReads(opts);
        // Hosts pass over the other zones.
        const wanted = { ...settings, network: { mode: "default" } } as const;
        const offering = reads.zonesOffering(settings.hosts.instanceType);
        const offered = await checkInstanceType(offering, wanted, Promise.resolve(zones));
        const { offeredZones } = offered;
        const kept = await checkKeptHosts(reads, question, { places, offeredZones });
        const volumes = await checkVolumes(reads, question, Promise.resolve({ zones, offeredZones }));
        const { keptSubnets } = kept;
        const { keptVolumes } = volumes;
        return {
            findings: [...offered.findings, ...kept.findings, ...volumes.findings],
            fact: { offeredZones, keptSubnets, keptVolumes },
        };
    });
}

/** A subnet that is yet to be made has no hosts. */
async function placeOf({ id, zone }: HostSubnetArgs): Promise<HostPlace> {
    const subnetId = await withUnknowns(pulumi.output(id));
    return typeof subnetId === "string" ? { subnetId, zone } : { zone };
}

/**
 * @param what is asked for, where it cannot be
 * @throws pulumi.RunError with everything that a person can mend
 */
async function ask<Fact>(
    path: string,
    what: string,
    check: () => Promise<{ readonly findings: Findings; readonly fact: Fact | undefined }>,
): Promise<Fact> {
    const { findings, fact } = await check().catch((error: unknown) => ({
        findings: [couldNotCheck(path, what, error)],
        fact: undefined,
    }));
    const found = requireFacts(findings, fact, "program");
    findings.forEach((finding) => void pulumi.log.warn(problemText(finding, "program")));
    return found;
}
