/** A value as it is told or written: without the keys that hold `undefined`, at every depth. */
export function said<T>(value: T): T {
    if (Array.isArray(value)) {
        return value.map(said) as T;
    }
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value)
            .filter(([, one]) => one !== undefined)
            .map(([key, one]) => [key, said(one as unknown)]),
    ) as T;
}
