import { controlPrefix } from "../front/control";

const limitMilliseconds = 10_000;

/** Asks the local cloud itself. @throws Error when it does not answer, or says no */
export async function askCloud(endpoint: string, method: "GET" | "POST", name: string): Promise<unknown> {
    const response = await fetch(`${endpoint}${controlPrefix}${name}`, {
        method,
        signal: AbortSignal.timeout(limitMilliseconds),
    });
    const value: unknown = await response.json();
    if (!response.ok) {
        throw new Error(`the local cloud at ${endpoint} refused ${name}: ${JSON.stringify(value)}`);
    }
    return value;
}
