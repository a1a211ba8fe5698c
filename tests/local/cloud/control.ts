/** Asks a local cloud itself, or tells it something. @throws Error with what it says where it refuses */
export async function control(
    endpoint: string,
    method: string,
    name: string,
    body?: unknown,
): Promise<unknown> {
    const response = await fetch(`${endpoint}/_local/${name}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const value: unknown = await response.json();
    if (!response.ok) {
        throw new Error(`${name}: ${JSON.stringify(value)}`);
    }
    return value;
}
