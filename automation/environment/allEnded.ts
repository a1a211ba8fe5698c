/**
 * The answers of several pieces of work, once each of them has ended: an engine that is left behind at work would end
 * with this process, in the middle of an update.
 * @throws the first error
 */
export async function allEnded<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
    const results = await Promise.allSettled(work);
    return results.map((result) => {
        if (result.status === "rejected") {
            throw result.reason;
        }
        return result.value;
    });
}
