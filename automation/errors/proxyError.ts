import { readProxies, type Proxies } from "../../components/model/proxy/proxyVariables";
import type { ProxyFailure, ProxyTrouble } from "../../outbound/proxyFailure";
import { AppError } from "./appError";
import type { proxyErrors } from "./proxyErrors";

const codes: Readonly<Record<ProxyTrouble, keyof typeof proxyErrors>> = {
    unreachable: "PROXY_UNREACHABLE",
    credentials: "PROXY_CREDENTIALS",
    refused: "PROXY_REFUSES",
    page: "PROXY_ANSWERS_ITSELF",
    gateway: "PROXY_WITHOUT_WAY",
};

/** A request that got no further than its proxy, as an error for people. */
export function proxyError(failure: ProxyFailure): AppError {
    return new AppError(codes[failure.trouble], { message: failure.message, cause: failure });
}

/** The proxies of an environment. @throws AppError PROXY_INVALID with every variable that names none */
export function requireProxies(env: Readonly<Record<string, string | undefined>>): Proxies {
    const { proxies, problems } = readProxies(env);
    const [first, ...others] = problems;
    if (first !== undefined) {
        throw new AppError("PROXY_INVALID", { message: first, details: others });
    }
    return proxies;
}
