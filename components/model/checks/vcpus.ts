import type { ResolvedSettings } from "../settings";
import type { Ownership } from "../tags";
import { vcpuQuotaOf, type VcpuQuota } from "../vcpuQuotas";
import { refusal, type Findings } from "./finding";
import type { Reads } from "./reads";

type VcpuReads = Pick<Reads, "vcpuQuota" | "onDemandHosts" | "vcpusOf">;
type Hosts = Pick<ResolvedSettings, "hosts">;

/** A host that gives way to another. */
export interface LeavingHost {
    readonly instanceType: string;
    /** Its successor starts before it goes. */
    readonly successorFirst: boolean;
}

/** Hosts that give way to others in turn. */
export interface Succession {
    /** In the order in which they go. */
    readonly leaving: readonly LeavingHost[];
    readonly batchSize: number;
    /** Hosts that are added before the first one goes. */
    readonly added: number;
}

/**
 * The hosts must fit into the account's quota of vCPUs beside what else runs there. Those of the environment count once, be they
 * there already, new, or to be replaced. A door that cannot ask says nothing.
 */
export async function checkVcpus(reads: VcpuReads, { hosts }: Hosts, owner: Ownership): Promise<Findings> {
    const wanted = hosts.mode === "fixed" ? hosts.count : hosts.desired;
    const known = wanted === 0 ? undefined : await readVcpus(reads, { hosts }, owner);
    // What nobody has to start meets no quota, even where that has been lowered meanwhile.
    if (known === undefined || wanted * known.each <= known.own) {
        return [];
    }
    const who = wanted === 1 ? "1 host" : `${wanted} hosts`;
    const path = hosts.mode === "fixed" ? "hosts.count" : "hosts.desired";
    return tooMany(known, wanted * known.each, path, `${who} of ${hosts.instanceType}`);
}

/** The same while hosts give way to others, of which some run beside them for a time. */
export async function checkVcpusInTurn(
    reads: VcpuReads,
    { hosts }: Hosts,
    owner: Ownership,
    succession: Succession,
): Promise<Findings> {
    const { leaving } = succession;
    const types = leaving.map(({ instanceType }) => instanceType);
    const known = leaving.length === 0 ? undefined : await readVcpus(reads, { hosts }, owner, types);
    return known === undefined
        ? []
        : tooMany(
              known,
              mostAtOnce(known, succession),
              "hosts.instanceType",
              `hosts that are replaced, with those of ${hosts.instanceType} that start beside them,`,
          );
}

/** vCPUs of an account's on-demand instances that count for one quota. */
interface KnownVcpus {
    readonly quota: VcpuQuota;
    readonly limit: number;
    /** Of a host as it is to be. */
    readonly each: number;
    readonly own: number;
    readonly others: number;
    /** Of an instance of a type; 0 where that counts for another quota. */
    readonly of: (instanceType: string) => number;
}

async function readVcpus(
    reads: VcpuReads,
    { hosts }: Hosts,
    owner: Ownership,
    types: readonly string[] = [],
): Promise<KnownVcpus | undefined> {
    const quota = vcpuQuotaOf(hosts.instanceType);
    if (!reads.vcpuQuota || !reads.onDemandHosts || !reads.vcpusOf || quota === undefined) {
        return undefined;
    }
    const limit = await reads.vcpuQuota(quota.code);
    if (limit === undefined) {
        return undefined;
    }
    const counts = (instanceType: string): boolean => vcpuQuotaOf(instanceType)?.code === quota.code;
    const running = (await reads.onDemandHosts(owner)).filter(({ instanceType }) => counts(instanceType));
    const asked = [hosts.instanceType, ...types, ...running.map(({ instanceType }) => instanceType)];
    const vcpus = await reads.vcpusOf([...new Set(asked)]);
    const each = vcpus.get(hosts.instanceType);
    const of = (type: string): number => (counts(type) ? (vcpus.get(type) ?? 0) : 0);
    const sum = (isOwn: boolean): number =>
        running
            .filter((one) => one.isOwn === isOwn)
            .reduce((all, { instanceType }) => all + of(instanceType), 0);
    return each === undefined ? undefined : { quota, limit, each, own: sum(true), others: sum(false), of };
}

/** The most vCPUs that an environment's hosts have at one time. */
function mostAtOnce({ own, each, of }: KnownVcpus, { leaving, batchSize, added }: Succession): number {
    let running = own + added * each;
    let most = running;
    for (let start = 0; start < leaving.length; start += batchSize) {
        const batch = leaving.slice(start, start + batchSize);
        most = Math.max(most, running + each * batch.filter(({ successorFirst }) => successorFirst).length);
        running += batch.reduce((all, { instanceType }) => all + each - of(instanceType), 0);
        most = Math.max(most, running);
    }
    return most;
}

function tooMany({ quota, limit, others }: KnownVcpus, vcpus: number, path: string, who: string): Findings {
    if (others + vcpus <= limit) {
        return [];
    }
    const message =
        `${who} and other instances that run would have ${vcpus} and ${others} vCPUs, ` +
        `expected at most ${limit} together: the account's quota for on-demand instances of ${quota.families} (${quota.code})`;
    const hint = `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code ${quota.code} --desired-value ${others + vcpus}`;
    return [refusal("VCPU_QUOTA_TOO_SMALL", path, message, hint)];
}
