type AsyncMethods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/**
 * A service whose module is loaded by the first call of any of its methods. The AWS SDK's clients take tenths of a
 * second to load, and most commands need two or three of the seven.
 */
export function lazily<Service extends { [Name in keyof Service]: AsyncMethods[string] }>(
    load: () => Promise<Service>,
): Service {
    let loading: Promise<Service> | undefined;
    const methods = new Map<PropertyKey, unknown>();
    const method = (name: PropertyKey): unknown => {
        const call = async (...args: never[]): Promise<unknown> => {
            loading ??= load();
            return ((await loading) as unknown as AsyncMethods)[String(name)]?.(...args);
        };
        methods.set(name, call);
        return call;
    };
    return new Proxy({} as Service, {
        // Whoever awaits a service must not take it for a promise.
        get: (_, name) => (name === "then" ? undefined : (methods.get(name) ?? method(name))),
    });
}
