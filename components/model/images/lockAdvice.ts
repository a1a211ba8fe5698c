import { showImageDate } from "./imageDate";
import type { ImageLock } from "./imageLock";
import type { LockVerdict } from "./lockVerdict";

export interface LockAdvice {
    /** `error` where nothing must be changed while the lock is as it is. */
    readonly severity: "error" | "warning";
    readonly message: string;
    readonly nextStep: string;
}

export interface AdvisedEnvironment {
    readonly environment: string;
    /** What the settings say of an image that is gone, or about to go. */
    readonly onDeletion: "refuse" | "warn";
    /** With a moved lock the next `up` would replace all fixed hosts at once; an update takes one after the other. */
    readonly hasHosts: boolean;
}

/** What people are told of a locked image; undefined where all is well. */
export function lockAdvice(
    lock: ImageLock,
    verdict: LockVerdict,
    { environment, onDeletion, hasHosts }: AdvisedEnvironment,
): LockAdvice | undefined {
    const { kind, message, replacement } = verdict;
    if (message === undefined) {
        return undefined;
    }
    const retired = kind === "gone" || kind === "deletedSoon";
    const severity = kind === "wrong" || (retired && onDeletion === "refuse") ? "error" : "warning";
    const move = hasHosts
        ? `sles-ecs images update ${environment}`
        : `sles-ecs images lock ${environment} --newest`;
    return {
        severity,
        message: `the locked host image ${lock.name} (${lock.id}) ${message}${
            replacement === undefined ? "" : `; now there is ${replacement.name} (${replacement.id})`
        }`,
        nextStep:
            retired && severity === "error"
                ? `${move}; or set hostImage.onDeletion to warn to stay on it`
                : move,
    };
}

/** What people are told where nothing is locked, and the program has to choose. */
export function notLockedWarning(
    { name, id, date }: { readonly name: string; readonly id: string; readonly date: string },
    environment: string,
    standing: boolean,
): string {
    return standing
        ? `the host image is not locked: the hosts stay on ${name} (${id}) only as long as hostImage.filter matches it; lock it: sles-ecs images lock ${environment}`
        : `the host image is not locked: ${name} (${id}) of ${showImageDate(date)} is the latest today; lock it: sles-ecs images lock ${environment}`;
}
