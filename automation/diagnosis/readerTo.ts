import { AppError } from "../errors/appError";

/** These are of no call in particular, and say more than a diagnosis without them. */
const credentials = /^AWS_(CREDENTIALS|SSO|MFA|REGION)/;

/** Reads as far as it can, and notes the rest. */
export function readerTo(unread: string[]): <T>(what: string, reading: Promise<T>) => Promise<T | undefined> {
    return async (what, reading) => {
        try {
            return await reading;
        } catch (error) {
            if (!(error instanceof AppError) || credentials.test(error.code)) {
                throw error;
            }
            unread.push(`${what}: ${error.message}`);
            return undefined;
        }
    };
}
