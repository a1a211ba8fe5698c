import { valueWithoutPassword, withoutPasswords } from "../secrets";
import { exemptionOf, isThisMachine } from "./noProxy";

type Env = Readonly<Record<string, string | undefined>>;

/** A proxy that an environment variable names. */
export interface Proxy {
    /** With name and password, where there are any: not for people. */
    readonly url: string;
    /** As it may be shown. */
    readonly shown: string;
    /** The variable, as it was written. */
    readonly variable: string;
}

/** By which proxies requests leave a machine. */
export interface Proxies {
    readonly https?: Proxy;
    readonly http?: Proxy;
    /** What goes without them. @default - nothing but the machine itself */
    readonly noProxy?: { readonly value: string; readonly variable: string };
}

/** Both cases count, the upper one first, as in Go (https://pkg.go.dev/golang.org/x/net/http/httpproxy#FromEnvironment). */
const names = {
    https: ["HTTPS_PROXY", "https_proxy"],
    http: ["HTTP_PROXY", "http_proxy"],
    noProxy: ["NO_PROXY", "no_proxy"],
} as const;

/** The variables of an environment that are about proxies, and what is wrong with them, a sentence each. */
export function readProxies(env: Env): { readonly proxies: Proxies; readonly problems: readonly string[] } {
    const read = (["https", "http"] as const).map((kind) => {
        const variable = names[kind].find((name) => env[name]);
        return { kind, ...(variable !== undefined && readProxy(variable, env[variable] ?? "")) };
    });
    const noProxy = names.noProxy.find((name) => env[name]);
    return {
        proxies: {
            ...Object.fromEntries(
                read.flatMap(({ kind, proxy }) => (proxy === undefined ? [] : [[kind, proxy]])),
            ),
            ...(noProxy !== undefined && { noProxy: { value: env[noProxy] ?? "", variable: noProxy } }),
        },
        problems: read.flatMap(({ problem }) => problem ?? []),
    };
}

/** How a request leaves the machine. */
export interface Way {
    /** Missing: directly. */
    readonly proxy?: Proxy;
    /** The entry of NO_PROXY because of which it goes directly. */
    readonly exemption?: string;
}

/** By which proxy a request to this address leaves the machine. */
export function wayTo(address: string, { https, http, noProxy }: Proxies): Way {
    const { protocol, hostname, port } = new URL(address);
    const isSecure = protocol === "https:";
    const proxy = isSecure ? https : http;
    const host = hostname.replace(/^\[|\]$/g, "");
    if (proxy === undefined || isThisMachine(host)) {
        return {};
    }
    const exemption = exemptionOf({ host, port: port || (isSecure ? "443" : "80") }, noProxy?.value ?? "");
    return exemption === undefined ? { proxy } : { exemption };
}

interface ReadProxy {
    readonly proxy?: Proxy;
    readonly problem?: string;
}

function readProxy(variable: string, value: string): ReadProxy {
    // Without a scheme it is an HTTP proxy, as for curl and Go.
    const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isProxy =
        url !== undefined &&
        /^https?:$/.test(url.protocol) &&
        /^[\w.-]+$|^\[[\da-f:.]+\]$/i.test(url.hostname) &&
        url.pathname === "/" &&
        url.search === "" &&
        url.hash === "";
    return isProxy
        ? { proxy: { url: url.href, shown: withoutPasswords(url.href.replace(/\/$/, "")), variable } }
        : {
              problem: `${variable} is no address of a proxy: got ${valueWithoutPassword(value)}, expected http://<host>:<port>`,
          };
}
