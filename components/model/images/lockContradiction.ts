import type { ImageLock, LockFacts } from "./imageLock";
import { recordOf } from "./pintAdvice";

/** What is wrong with a lock, as half a sentence about the image. */
interface Contradiction {
    readonly message: string;
    /** Name of an image that there is, which the lock means. */
    readonly meant?: string;
}

/** Where the parts of a lock contradict one another or AWS; undefined where they do not. */
export function contradictionIn(lock: ImageLock, facts: LockFacts): Contradiction | undefined {
    const message = contradictionOf(lock, facts);
    if (message !== undefined) {
        return { message, meant: isListed(lock, facts) ? lock.name : undefined };
    }
    const other = otherId(lock, facts);
    return other === undefined
        ? undefined
        : {
              message: `is not what the lock says: ${lock.id} is no image of ${facts.region}, ${lock.name} is ${other} there`,
              meant: lock.name,
          };
}

function contradictionOf(lock: ImageLock, { region, image }: LockFacts): string | undefined {
    if (lock.region !== region) {
        return `is locked in ${lock.region}, and this is ${region}: an image has another id in each region`;
    }
    if (image === undefined) {
        return undefined;
    }
    if (image.name !== lock.name) {
        return `is not what the lock says: ${lock.id} is ${image.name}`;
    }
    return image.ownerAlias === "amazon"
        ? undefined
        : `is not SUSE's own: ${lock.id} belongs to ${image.ownerAlias ?? "some account"}, expected amazon`;
}

/** There is an image of the lock's name, whatever its id and region say. */
function isListed({ name }: ImageLock, { pint = [] }: LockFacts): boolean {
    return pint.some((record) => record.name === name && record.state !== "deleted");
}

/** The id that the name of a lock has, where nobody has ever heard of the lock's own; a mistyped id is none of a gone image. */
function otherId(
    { id, name }: ImageLock,
    { image, namesakes = [], pint = [] }: LockFacts,
): string | undefined {
    return image !== undefined || recordOf(id, pint) !== undefined
        ? undefined
        : [...namesakes, ...pint].find((one) => one.name === name)?.id;
}
