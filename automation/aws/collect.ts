import type { TagQuery } from "../../components/model/tags";
import { awsErrorName } from "./errors";

/** Splits a list for calls that take only so many at once. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
    const parts: T[][] = [];
    for (let start = 0; start < list.length; start += size) {
        parts.push(list.slice(start, start + size));
    }
    return parts;
}

/** Everything from all pages of a paginator. */
export async function collect<Page, T>(
    pages: AsyncIterable<Page>,
    pick: (page: Page) => readonly T[] | undefined,
): Promise<T[]> {
    const list: T[] = [];
    for await (const page of pages) {
        list.push(...(pick(page) ?? []));
    }
    return list;
}

/** The pages of an operation that the AWS SDK has no paginator for. */
export async function* pagesOf<Page extends { readonly nextToken?: string }>(
    ask: (nextToken: string | undefined) => Promise<Page>,
): AsyncIterable<Page> {
    let nextToken: string | undefined;
    do {
        const page = await ask(nextToken);
        yield page;
        nextToken = page.nextToken;
    } while (nextToken);
}

/** Answers `fallback` where AWS answers with one of these errors; every other error passes. */
export async function unless<T, F>(
    names: readonly string[],
    fallback: F,
    call: () => Promise<T>,
): Promise<T | F> {
    try {
        return await call();
    } catch (error) {
        if (names.includes(awsErrorName(error))) {
            return fallback;
        }
        throw error;
    }
}

/** Tags in either of AWS's two spellings, as a plain object. */
export function tagsOf(
    list: readonly { key?: string; value?: string; Key?: string; Value?: string }[] = [],
): Readonly<Record<string, string>> {
    return Object.fromEntries(
        list.map((tag) => [tag.key ?? tag.Key ?? "", tag.value ?? tag.Value ?? ""] as const),
    );
}

/** Filters of EC2 and Auto Scaling for resources that carry these tags; there is none for a tag that must not be there. */
export function tagFilters(tags: TagQuery): { Name: string; Values: string[] }[] {
    return Object.entries(tags).flatMap(([key, value]) =>
        value === undefined ? [] : [{ Name: `tag:${key}`, Values: [value] }],
    );
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html and API_Filter.html, "up to 200". */
export const mostFilterValues = 200;

/** A filter of EC2 with one name. */
export function filterBy(
    Name: string,
    values: readonly string[],
): { Filters: { Name: string; Values: string[] }[] } {
    return { Filters: [{ Name, Values: [...values] }] };
}
