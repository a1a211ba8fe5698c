/** A quota of EC2's: vCPUs of on-demand instances of some families that run or start at one time in a region. */
export interface VcpuQuota {
    /** Of Service Quotas, service `ec2`. */
    readonly code: string;
    /** As Service Quotas calls them, such as `Standard (A, C, D, H, I, M, R, T, Z)`. */
    readonly families: string;
}

interface QuotaOfFamilies extends VcpuQuota {
    /** What the names of its instance types begin with. */
    readonly types: RegExp;
}

/**
 * The first whose types fit. Sources: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html, and the codes
 * by `aws service-quotas list-service-quotas --service-code ec2`, November 2026.
 */
const quotas: readonly QuotaOfFamilies[] = [
    { code: "L-43DA4232", families: "High Memory", types: /^u\d*i?[a-z]*-/ },
    { code: "L-1945791B", families: "Inf", types: /^inf\d/ },
    { code: "L-2C3B7624", families: "Trn", types: /^trn\d/ },
    { code: "L-6E869C2A", families: "DL", types: /^dl\d/ },
    { code: "L-DB2E81BA", families: "G and VT", types: /^(g|gr|vt)\d/ },
    { code: "L-74FC7D96", families: "F", types: /^f\d/ },
    { code: "L-417A185B", families: "P", types: /^p\d/ },
    { code: "L-7295265B", families: "X", types: /^x\d/ },
    { code: "L-1216C47A", families: "Standard (A, C, D, H, I, M, R, T, Z)", types: /^(im|is|[acdhimrtz])\d/ },
];

/** The quota that an instance type counts for; undefined for types that have one of their own, or are not known yet. */
export function vcpuQuotaOf(instanceType: string): VcpuQuota | undefined {
    return quotas.find(({ types }) => types.test(instanceType));
}
