import type { Call } from "./call";
import { errorCode, isNotFound } from "./errors";
import { retryWhile } from "./wait";

/**
 * Deletes something in EC2, again and again while others still depend on it, as the official provider does.
 * Being gone already is success.
 */
export async function deleteWhenFree(
    call: Call,
    id: string,
    limitSeconds: number,
    remove: () => Promise<unknown>,
): Promise<void> {
    const inUse = ["DependencyViolation", "InvalidGroup.InUse", "VolumeInUse", "InvalidIPAddress.InUse"];
    await retryWhile(
        call,
        { what: `what depends on ${id} to go`, limitSeconds },
        (error) => inUse.includes(errorCode(error) ?? ""),
        async () => {
            try {
                await remove();
            } catch (error) {
                if (!isNotFound(error)) {
                    throw error;
                }
            }
        },
    );
}
