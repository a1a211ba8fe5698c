import type { PackageChange, Pint, PintResult } from "../ports/pint";
import { requireProxies } from "../errors/proxyError";
import { askForImages, type AskOptions } from "./askForImages";
import { askForServers } from "./askForServers";
import { fetchText, type PintLimits, type Sending } from "./fetchRecords";
import { readPackagePage } from "../../components/model/images/readPackagePage";

/** A pint and the limits it is asked within. */
interface PintOptions extends Omit<AskOptions, "limits" | "proxies"> {
    /** @default 10 s for each of two attempts */
    readonly limits?: PintLimits;
    /** For those who only want advice. @default 3 s for the only attempt */
    readonly adviceLimits?: PintLimits;
}

const usualLimits: PintLimits = { attempts: 2, attemptMilliseconds: 10_000, pauseMilliseconds: 500 };
// pint answers within a second; whoever waits longer for advice alone waits in vain.
const usualAdviceLimits: PintLimits = { attempts: 1, attemptMilliseconds: 3_000, pauseMilliseconds: 0 };
const maxPageBytes = 4 * 2 ** 20;

/**
 * SUSE's public cloud information service. One answer to a question serves all of a command's steps.
 * @throws AppError PROXY_INVALID
 */
export function createPint(options: PintOptions): Pint {
    const { limits = usualLimits, adviceLimits = usualAdviceLimits } = options;
    const proxies = requireProxies(options.env);
    const images = askOnce<PintResult>(({ kind }) => kind === "fresh");
    const pages = askOnce<readonly PackageChange[] | undefined>((changes) => changes !== undefined);
    return {
        images: ({ region, state, forAdvice = false }) =>
            images(JSON.stringify([region, state, forAdvice]), () =>
                askForImages(
                    { region, state, forAdvice },
                    { ...options, proxies, limits: forAdvice ? adviceLimits : limits },
                ),
            ),
        servers: (query) =>
            askForServers(query, {
                ...options,
                proxies,
                limits: query.forAdvice === true ? adviceLimits : limits,
            }),
        packageChanges: (page) =>
            pages(page, () => packageChanges(page, { signal: options.signal, proxies }, adviceLimits)),
    };
}

/** Asks each question once, and anew where what came was no answer. */
function askOnce<T>(isAnswer: (came: T) => boolean): (question: string, ask: () => Promise<T>) => Promise<T> {
    const answers = new Map<string, Promise<T>>();
    return (question, ask) => {
        const answer = answers.get(question) ?? ask();
        answers.set(question, answer);
        answer.then(
            (came) => isAnswer(came) || answers.delete(question),
            () => answers.delete(question),
        );
        return answer;
    };
}

async function packageChanges(
    page: string,
    sending: Sending,
    { attemptMilliseconds: milliseconds }: PintLimits,
): Promise<readonly PackageChange[] | undefined> {
    const answer = await fetchText(page, "text/html", sending, { milliseconds, bytes: maxPageBytes });
    return "text" in answer && answer.status === 200 ? readPackagePage(answer.text) : undefined;
}
