import type { CommandLine } from "../commandLine";
import type { NextStep } from "../nextStep";
import { showImageDate } from "./imageDate";
import { hostImageText, type ImageLock } from "./imageLock";
import type { ImageCandidate } from "./imageOrder";
import type { LockVerdict } from "./lockVerdict";

export interface LockAdvice {
    /** `error` where nothing must be changed while the lock is as it is. */
    readonly severity: "error" | "warning";
    readonly message: string;
    readonly nextStep: NextStep;
}

export interface AdvisedEnvironment {
    readonly environment: string;
    /** What the settings say of an image that is gone, or about to go. */
    readonly onDeletion: "refuse" | "warn";
    /** With a moved lock the next `up` would replace all fixed hosts at once; an update takes one after the other. */
    readonly hasHosts: boolean;
    /** Of an environment that begins with another one's lock: how to begin it without. */
    readonly commandWithoutLock?: CommandLine;
}

/** What people are told of a locked image; undefined where all is well. */
export function lockAdvice(
    lock: ImageLock,
    verdict: LockVerdict,
    { environment, onDeletion, hasHosts, commandWithoutLock }: AdvisedEnvironment,
): LockAdvice | undefined {
    const { kind, message, replacement, meant } = verdict;
    if (message === undefined) {
        return undefined;
    }
    const retired = kind === "gone" || kind === "deletedSoon";
    const severity = kind === "wrong" || (retired && onDeletion === "refuse") ? "error" : "warning";
    return {
        severity,
        message: [
            `${hostImageText(lock)} ${message}`,
            ...(replacement === undefined ? [] : [`its replacement is ${imageText(replacement)}`]),
            ...(retired && severity === "error" ? stayText(kind, hasHosts) : []),
        ].join("; "),
        nextStep: hasHosts
            ? { do: "updateImage", environment, to: meant }
            : (commandWithoutLock ?? { do: "lockImage", environment, newest: true }),
    };
}

/** The other way out of a refusal. Where the image is gone, and no host runs it, there is none. */
function stayText(kind: "gone" | "deletedSoon", hasHosts: boolean): readonly string[] {
    if (kind === "deletedSoon") {
        return ["to stay on it until then, set hostImage.onDeletion to warn"];
    }
    return hasHosts ? ["to keep the hosts that run, set hostImage.onDeletion to warn"] : [];
}

function imageText({ name, id }: ImageCandidate): string {
    return id === "" ? name : `${name} (${id})`;
}

/** What people are told where nothing is locked. @param isRunning hosts run the image, which keeps it chosen */
export function notLockedMessage({ name, id, date }: ImageLock, isRunning: boolean): string {
    return isRunning
        ? `the host image is not locked: the hosts stay on ${name} (${id}) only as long as hostImage.filter matches it`
        : `the host image is not locked: ${name} (${id}) of ${showImageDate(date)} is the latest today`;
}
