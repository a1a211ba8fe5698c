import type { Filter } from "@aws-sdk/client-ec2";
import { list, object, required, set, text, type Property } from "../schema/property";

/** The `filters` argument that the functions of EC2 have in common. */
export const filters = (): Property<readonly GivenFilter[]> =>
    set(object({ name: required(text()), values: required(list(text())) }));

interface GivenFilter {
    readonly name: string;
    readonly values: readonly string[];
}

/** Filters as EC2 takes them: those given, and those that stand for other arguments. */
export function toFilters(
    given: readonly GivenFilter[] | undefined,
    more: Readonly<Record<string, string | boolean | undefined>> = {},
    tags: Readonly<Record<string, string>> = {},
): Filter[] | undefined {
    const all = [
        ...(given ?? []).map((filter) => ({ Name: filter.name, Values: [...filter.values] })),
        ...Object.entries(more)
            .filter(([, value]) => value !== undefined)
            .map(([Name, value]) => ({ Name, Values: [String(value)] })),
        ...Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
    ];
    return all.length === 0 ? undefined : all;
}

/**
 * The only one of what was found.
 * @throws Error when there is none, or more than one
 */
export function theOnly<T>(found: readonly T[] | undefined, what: string, advice: string): T {
    const [first, second] = found ?? [];
    if (first === undefined) {
        throw new Error(`no matching ${what} found: ${advice}`);
    }
    if (second !== undefined) {
        throw new Error(`${found?.length ?? 0} matching ${what}s found, expected one: ${advice}`);
    }
    return first;
}
