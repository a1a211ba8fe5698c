import type { Location } from "../location";
import type { ResolvedSettings } from "../settings";
import type { SuseServer } from "../suseServers";
import { refusal, warning, type CheckCode, type Finding, type Findings } from "./finding";
import type { Reads, SecurityGroup, Subnet } from "./reads";
import { readParts, type NetworkReads } from "./ways/readParts";
import type { Way } from "./ways/way";
import { findWays, targetNames, targets, type Target, type Ways } from "./ways/ways";

export type ReachReads = NetworkReads & Pick<Reads, "suseServers">;

export interface ReachQuestion {
    readonly location: Location;
    readonly subnets: readonly Subnet[];
    /** Security groups of the hosts. @default - a group of the environment's own, which lets everything out */
    readonly groups?: readonly SecurityGroup[];
    /** Of the agent's settings. @default - none */
    readonly agentProxy?: string;
    /** Of the hosts, as `host:port`. @default - none */
    readonly proxy?: string;
}

/** By which proxies hosts of these settings go out. */
export function proxiesOf({
    agent,
    proxy,
}: Pick<ResolvedSettings, "agent" | "proxy">): Pick<ReachQuestion, "agentProxy" | "proxy"> {
    return { agentProxy: agent.httpProxy, proxy: proxy?.address };
}

export interface SubnetWays {
    readonly subnet: Subnet;
    readonly ways: Ways;
}

export interface ReachAnswer {
    readonly subnets: readonly SubnetWays[];
    /** What the caller may not ask, a warning each. */
    readonly unread: Findings;
}

/** Works out how hosts of each subnet reach what they need. */
export async function findReach(reads: ReachReads, question: ReachQuestion): Promise<ReachAnswer> {
    const { location, subnets, groups, agentProxy, proxy } = question;
    const vpcIds = [...new Set(subnets.map((subnet) => subnet.vpcId))];
    const read = await Promise.all(vpcIds.map((vpcId) => readParts(reads, vpcId)));
    const networks = new Map(read.map(({ parts }, index) => [vpcIds[index], parts]));
    const workOut = (suseServers?: readonly SuseServer[]): readonly SubnetWays[] =>
        subnets.flatMap((subnet) => {
            const parts = networks.get(subnet.vpcId);
            return parts === undefined
                ? []
                : {
                      subnet,
                      ways: findWays(parts, { subnet, groups, agentProxy, proxy }, { location, suseServers }),
                  };
        });
    const found = workOut();
    // Where all of the Internet can be reached, or nothing of it, it is all the same which servers are SUSE's.
    const isOpen = found.every(({ ways }) => ways.suse.verdict !== "doubtful");
    const servers = isOpen ? undefined : await reads.suseServers?.(location.region);
    return {
        subnets: servers === undefined ? found : workOut(servers),
        unread: read.flatMap(({ unread }) => unread),
    };
}

interface CheckQuestion extends Omit<ReachQuestion, "location"> {
    readonly location: Promise<Location>;
    /** The setting that a subnet comes from. */
    readonly pathOf: (subnet: Subnet) => string;
    /** Packages are to be installed on hosts. */
    readonly wantsPackages: boolean;
}

/** Hosts must reach Amazon S3 and Amazon ECS, and SUSE's servers where they are to install packages. */
export async function checkReach(reads: ReachReads, question: CheckQuestion): Promise<Findings> {
    const { pathOf, wantsPackages, ...asked } = question;
    if (asked.subnets.length === 0) {
        return [];
    }
    const { subnets, unread } = await findReach(reads, { ...asked, location: await asked.location });
    const found = alike(subnets, pathOf).flatMap((some) => findingsOf(some, wantsPackages));
    return [...unread, ...found];
}

/** Subnets of one setting of which the same is to be said. */
interface Alike {
    readonly subnetIds: readonly string[];
    readonly path: string;
    readonly ways: Ways;
}

/** The six subnets of a default VPC share a route table: what it lacks is one thing to mend, and is said once. */
function alike(subnets: readonly SubnetWays[], pathOf: CheckQuestion["pathOf"]): readonly Alike[] {
    const found = new Map<string, Alike>();
    for (const { subnet, ways } of subnets) {
        const path = pathOf(subnet);
        const key = JSON.stringify([path, ...targets.map((target) => said(ways[target]))]);
        const subnetIds = [...(found.get(key)?.subnetIds ?? []), subnet.id];
        found.set(key, { subnetIds, path, ways });
    }
    return [...found.values()];
}

/** All of a way that its finding tells. */
function said(way: Way): readonly string[] {
    const doubt = way.verdict === "doubtful" ? way.doubt : "";
    return [way.verdict, reasonOf(way), remedyOf(way), doubt];
}

const codes: Readonly<Record<Target, CheckCode>> = {
    s3: "NO_ROUTE_TO_S3",
    ecs: "NO_ROUTE_TO_ECS",
    suse: "NO_ROUTE_TO_SUSE",
};

export const consequences: Readonly<Record<Target, string>> = {
    // SUSE's guide "Amazon EC2 Container Service", section 4, "Additional Considerations".
    s3:
        '"The integrated ECS service requires access to Amazon S3 to download a pre-built container" ' +
        "(SUSE's guide, section 4): the host could not attach itself to the cluster",
    ecs: "The agent has to speak to it: the host could not join the cluster",
    suse: "Hosts run without them, but get neither updates nor packages",
};

/** One refusal tells all that is closed; without any, each doubt of its own is a warning. */
function findingsOf(some: Alike, wantsPackages: boolean): Findings {
    const { path, ways } = some;
    const shut = targets.filter((target) => ways[target].verdict === "closed");
    const [first, ...others] = shut;
    if (first === undefined || (first === "suse" && !wantsPackages)) {
        return doubts(some);
    }
    const isSame = (target: Target): boolean => reasonOf(ways[target]) === reasonOf(ways[first]);
    const shutAsWell = others.filter(isSame).map((target) => targetNames[target]);
    const details = [
        ...(shutAsWell.length === 0
            ? []
            : [`${shutAsWell.join(" and ")} cannot be reached from there either`]),
        ...others
            .filter((target) => !isSame(target))
            .map((target) => `${sentence(some, target)}; ${remedyOf(ways[target])}`),
    ];
    const message = `${sentence(some, first)}. ${consequences[first]}`;
    const found = refusal(codes[first], path, message, remedyOf(ways[first]));
    return [details.length === 0 ? found : { ...found, details }];
}

function doubts(some: Alike): readonly Finding[] {
    const { path, ways } = some;
    const told = new Set<string>();
    return targets.flatMap((target) => {
        const way = ways[target];
        if (way.verdict === "open") {
            return [];
        }
        const unless = way.verdict === "doubtful" ? `, unless ${way.doubt}` : "";
        if (told.has(unless) && unless !== "") {
            return [];
        }
        told.add(unless);
        const message = `${sentence(some, target)}. ${consequences[target]}${unless}`;
        return [warning(codes[target], path, message, remedyOf(way))];
    });
}

/** Says that subnets have no route to something, and why. */
function sentence({ subnetIds, ways }: Alike, target: Target): string {
    const verb = subnetIds.length === 1 ? "has" : "have";
    return `${subnetIds.join(", ")} ${verb} no route to ${targetNames[target]}: ${reasonOf(ways[target])}`;
}

function reasonOf(way: Way): string {
    return way.verdict === "open" ? "" : way.reason;
}

function remedyOf(way: Way): string {
    return way.verdict === "open" ? "" : way.remedy;
}
