import type { Proxy } from "../components/model/proxy/proxyVariables";

/** What a proxy does in place of letting a request through. */
export type ProxyTrouble =
    /** There is none, or it is silent. */
    | "unreachable"
    /** It wants a name and a password, or others. */
    | "credentials"
    /** It lets nobody through to this address. */
    | "refused"
    /** It answers itself, with a page for people, or with what is no answer to the request. */
    | "page"
    /** It does not reach the address. */
    | "gateway";

interface FailedRequest {
    readonly proxy: Proxy;
    /** Host of the address that was asked for. */
    readonly host: string;
    readonly trouble: ProxyTrouble;
    /** What was seen of it, such as `connect ECONNREFUSED`. */
    readonly seen: string;
    readonly cause?: unknown;
}

const told: Readonly<Record<ProxyTrouble, (host: string) => string>> = {
    unreachable: () => "does not answer",
    credentials: () => "wants a name and a password",
    refused: (host) => `lets nobody through to ${host}`,
    page: (host) => `answers in place of ${host}`,
    gateway: (host) => `does not reach ${host}`,
};

/** A request that got no further than its proxy. The message names the proxy, without its password. */
export class ProxyFailure extends Error {
    readonly trouble: ProxyTrouble;
    readonly proxy: Proxy;
    /** Node's code of the error below it, by which the AWS SDK tells what passes. */
    readonly code: string | undefined;
    /** How the AWS SDK tells that something may pass. */
    readonly $retryable: object | undefined;

    constructor({ proxy, host, trouble, seen, cause }: FailedRequest) {
        const { shown, variable } = proxy;
        super(`the proxy ${shown} (${variable}) ${told[trouble](host)}: ${seen}`, { cause });
        this.name = "ProxyFailure";
        this.trouble = trouble;
        this.proxy = proxy;
        this.code = (cause as { readonly code?: string } | undefined)?.code;
        this.$retryable = trouble === "unreachable" || trouble === "gateway" ? {} : undefined;
    }
}

/** What a response shows of its head. */
interface ResponseHead {
    readonly status: number;
    readonly contentType: string;
}

/**
 * What a proxy has done where it answers itself. Nothing that is asked by way of this answers with pages or leads elsewhere, but
 * proxies do, with every status (RFC 9110, sections 15.4, 15.5.8 and 15.6.3 to 15.6.5).
 */
export function troubleOf({ status, contentType }: ResponseHead): ProxyTrouble | undefined {
    const isOwn = status === 407 || /^text\/html\b/i.test(contentType);
    return isOwn ? troubleByStatus(status) : undefined;
}

/** What Node says of an other side that does not speak TLS or HTTP (https://nodejs.org/api/errors.html). */
export function isGarbled({ code = "" }: { readonly code?: string }): boolean {
    return /^(EPROTO|ERR_SSL_|HPE_)/.test(code);
}

/** The same of an answer that is surely a proxy's own. */
export function troubleByStatus(status: number): ProxyTrouble {
    if (status === 407) {
        return "credentials";
    }
    if (status >= 500) {
        return "gateway";
    }
    return status >= 400 ? "refused" : "page";
}
