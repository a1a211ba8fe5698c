import { failed, usage, type CatalogueEntry } from "./catalogueEntry";

/** What goes wrong between this machine and its proxy. */
export const proxyErrors = {
    PROXY_INVALID: usage(
        "HTTPS_PROXY or HTTP_PROXY names no proxy; nothing was asked of AWS.",
        "export HTTPS_PROXY=http://<host>:<port>",
    ),
    PROXY_UNREACHABLE: failed(
        "Nothing answers where the proxy should be that HTTPS_PROXY or HTTP_PROXY names; its address is in the message, without its password.",
        "put the right address into the variable that the message names, or the host into NO_PROXY where it is reached directly",
    ),
    PROXY_CREDENTIALS: failed(
        "The proxy lets nobody through without a name and a password (407), or does not take those in its address.",
        'curl -sv -o /dev/null -x "$HTTPS_PROXY" https://aws.amazon.com, which shows what the proxy wants; then put name and password into its address',
    ),
    PROXY_REFUSES: failed(
        "The proxy does not let requests through to the host that the message names. It is the proxy that says so, not AWS.",
        "have the host that the message names let through by the proxy, or put it into NO_PROXY where it is reached directly",
    ),
    PROXY_ANSWERS_ITSELF: failed(
        "The proxy answers in place of the host that was asked, as with a page to sign in at.",
        "open any page in a browser and sign in there, then run the same command again",
    ),
    PROXY_WITHOUT_WAY: failed(
        "The proxy does not reach the host that was asked.",
        "ask whoever runs the proxy, then run the same command again",
    ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
