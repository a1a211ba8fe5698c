/** Those properties of an object, and nothing else of it. */
export function pick<Whole extends object, Name extends keyof Whole>(
    whole: Whole,
    names: readonly Name[],
): Pick<Whole, Name> {
    return Object.fromEntries(names.map((name) => [name, whole[name]])) as Pick<Whole, Name>;
}

/** Puts what maps hold into those of the same names. */
export function copyMaps<Name extends string>(
    from: Readonly<Record<Name, ReadonlyMap<string, unknown>>>,
    to: Readonly<Record<Name, Map<string, unknown>>>,
    names: readonly Name[],
): void {
    for (const name of names) {
        from[name].forEach((value, key) => to[name].set(key, value));
    }
}
