import type { ResolvedSettings } from "../settings";
import type { Ownership } from "../tags";
import { vcpuQuotaOf } from "../vcpuQuotas";
import { refusal, type Findings } from "./finding";
import type { Reads } from "./reads";

type VcpuReads = Pick<Reads, "vcpuQuota" | "onDemandHosts" | "vcpusOf">;

/**
 * The hosts must fit into the account's quota of vCPUs beside what else runs there. Those of the environment count once, be they
 * there already, new, or to be replaced. A door that cannot ask says nothing.
 */
export async function checkVcpus(
    reads: VcpuReads,
    { hosts }: Pick<ResolvedSettings, "hosts">,
    owner: Ownership,
): Promise<Findings> {
    const quota = vcpuQuotaOf(hosts.instanceType);
    const wanted = hosts.mode === "fixed" ? hosts.count : hosts.desired;
    if (!reads.vcpuQuota || !reads.onDemandHosts || !reads.vcpusOf || quota === undefined || wanted === 0) {
        return [];
    }
    const limit = await reads.vcpuQuota(quota.code);
    if (limit === undefined) {
        return [];
    }
    const running = (await reads.onDemandHosts(owner)).filter(
        ({ instanceType }) => vcpuQuotaOf(instanceType)?.code === quota.code,
    );
    const types = [...new Set([hosts.instanceType, ...running.map(({ instanceType }) => instanceType)])];
    const vcpus = await reads.vcpusOf(types);
    const each = vcpus.get(hosts.instanceType);
    const sum = (isOwn: boolean) =>
        running
            .filter((one) => one.isOwn === isOwn)
            .reduce((all, { instanceType }) => all + (vcpus.get(instanceType) ?? 0), 0);
    const [own, others] = [sum(true), sum(false)];
    // What nobody has to start meets no quota, even where that has been lowered meanwhile.
    if (each === undefined || wanted * each <= own || others + wanted * each <= limit) {
        return [];
    }
    const needed = others + wanted * each;
    const who = wanted === 1 ? "1 host" : `${wanted} hosts`;
    const message =
        `${who} of ${hosts.instanceType} and other instances that run would have ${wanted * each} and ${others} vCPUs, ` +
        `expected at most ${limit} together: the account's quota for on-demand instances of ${quota.families} (${quota.code})`;
    const hint = `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code ${quota.code} --desired-value ${needed}`;
    const path = hosts.mode === "fixed" ? "hosts.count" : "hosts.desired";
    return [refusal("VCPU_QUOTA_TOO_SMALL", path, message, hint)];
}
