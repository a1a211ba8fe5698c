/** Ports from one to another, both among them. */
export interface PortRange {
    readonly first: number;
    readonly last: number;
}

/**
 * Where a host takes ports from that nobody names: for containers whose host port the agent or docker chooses, and for its own calls.
 * It is net.ipv4.ip_local_port_range, with Linux's own values. AWS's guides speak of 32768 to 61000, which older kernels had.
 * Sources: ECS API reference, PortMapping: hostPort; https://docs.kernel.org/networking/ip-sysctl.html
 */
export const kernelPorts: PortRange = { first: 32_768, last: 60_999 };

/** Such as `32768-60999`, the form that the agent takes (ECS_DYNAMIC_HOST_PORT_RANGE). @returns undefined for what is no range */
export function readPortRange(text: unknown): PortRange | undefined {
    const [, first = 0, last = 0] = (/^(\d{1,5})-(\d{1,5})$/.exec(String(text)) ?? []).map(Number);
    return 1 <= first && first <= last && last <= 65_535 ? { first, last } : undefined;
}

/** Such as `TCP ports 32768 to 60999`. */
export function portsText({ first, last }: PortRange): string {
    return first === last ? `TCP port ${first}` : `TCP ports ${first} to ${last}`;
}
