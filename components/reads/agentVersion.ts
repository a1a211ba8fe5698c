import { readProxies } from "../model/proxy/proxyVariables";
import { agentVersionIn, packagePageOf } from "../model/images/packagePage";
import { readPackagePage } from "../model/images/readPackagePage";
import type { Answer } from "../../outbound/fetchOut";

type Env = Readonly<Record<string, string | undefined>>;
type Fetch = (
    url: string,
    question: { readonly signal: AbortSignal },
    proxies: ReturnType<typeof readProxies>["proxies"],
    wantsPage: boolean,
) => Promise<Answer>;

/** The page answers within a second; whoever waits longer waits in vain. */
const milliseconds = 3_000;
const maxBytes = 4 * 2 ** 20;

/**
 * Version of the agent of an image, by SUSE's page on its packages, whose address is made of its name. It is asked for only where
 * settings depend on it, and no answer is none: the checks say then that the version is not known.
 * @param env where `SLES_ECS_PINT_URL` leads to another pint than SUSE's, SUSE has no say
 */
export async function readAgentVersion(
    imageName: string,
    env: Env,
    fetch: Fetch = fetchByProxy,
): Promise<string | undefined> {
    if ((env["SLES_ECS_PINT_URL"] ?? "") !== "") {
        return undefined;
    }
    try {
        const question = { signal: AbortSignal.timeout(milliseconds) };
        const page = packagePageOf({ name: imageName });
        const { status, body } = await fetch(page, question, readProxies(env).proxies, true);
        return status === 200 ? agentVersionIn(readPackagePage(await textOf(body))) : undefined;
    } catch {
        return undefined;
    }
}

async function fetchByProxy(...asked: Parameters<Fetch>): Promise<Answer> {
    const { fetchOut } = await import("../../outbound/fetchOut");
    return fetchOut(...asked);
}

/** Whoever sends more than such a page can have is not SUSE. */
async function textOf(body: Answer["body"]): Promise<string> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of body) {
        length += chunk.length;
        if (length > maxBytes) {
            return "";
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
}
