import ipaddr from "ipaddr.js";

/** Whom a request is for. */
export interface Destination {
    /** Name or address, an IPv6 one without brackets. */
    readonly host: string;
    readonly port: string;
}

/**
 * The entry of `NO_PROXY` that takes a destination out; undefined where none does. Entries are read as Go reads them, for the
 * Pulumi CLI and its AWS provider are written in Go, and what checks a network must not go another way than what uses it: a name
 * with its subdomains, `.name` its subdomains alone, an address, a CIDR block, each also with a port, and `*`
 * (https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config).
 */
export function exemptionOf({ host, port }: Destination, noProxy: string): string | undefined {
    const name = host.toLowerCase().replace(/\.$/, "");
    return noProxy
        .split(",")
        .map((entry) => entry.trim())
        .filter((entry) => entry !== "")
        .find((entry) => takesOut(entry.toLowerCase(), name, port));
}

/** Nobody asks a proxy for this machine itself (the same page, on localhost). */
export function isThisMachine(host: string): boolean {
    return host.toLowerCase() === "localhost" || addressOf(host)?.range() === "loopback";
}

function takesOut(entry: string, name: string, port: string): boolean {
    if (entry === "*") {
        return true;
    }
    const address = addressOf(name);
    if (entry.includes("/")) {
        return address !== undefined && isWithin(address, entry);
    }
    const [, wantedName = entry, wantedPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    if (wantedPort !== undefined && wantedPort !== port) {
        return false;
    }
    const wantedAddress = addressOf(wantedName.replace(/^\[|\]$/g, ""));
    if (wantedAddress !== undefined || address !== undefined) {
        return wantedAddress?.toNormalizedString() === address?.toNormalizedString();
    }
    const domain = wantedName.replace(/^\*(?=\.)/, "");
    return domain !== "" && (domain.startsWith(".") ? name.endsWith(domain) : isOrIsBelow(name, domain));
}

function isOrIsBelow(name: string, domain: string): boolean {
    return name === domain || name.endsWith(`.${domain}`);
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, block: string): boolean {
    if (!ipaddr.isValidCIDR(block)) {
        return false;
    }
    const [first, bits] = ipaddr.parseCIDR(block);
    return first.kind() === address.kind() && address.match(first, bits);
}

function addressOf(host: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
    // ipaddr.js also takes what names might be, such as a number alone.
    return /^\d{1,3}(\.\d{1,3}){3}$|:/.test(host) && ipaddr.isValid(host) ? ipaddr.process(host) : undefined;
}
