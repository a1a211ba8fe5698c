import { z } from "zod";

/**
 * Building blocks of the schema. The error text of every block is what was *expected*; the report adds what
 * was got and where, so that all complaints read alike.
 */

/** Container instances per cluster at most (Amazon ECS service quotas). */
export const maxHosts = 5000;

/** A whole number within limits. */
export function wholeNumber(minimum: number, maximum: number): z.ZodInt {
    const expected = `a whole number from ${minimum} to ${maximum}`;
    return z.int(expected).min(minimum, expected).max(maximum, expected);
}

/** One of a few whole numbers. */
export function oneNumberOf(numbers: readonly number[]): z.ZodInt {
    const expected = `one of ${numbers.join(", ")}`;
    return z.int(expected).check(({ value, issues }) => {
        if (!numbers.includes(value)) {
            issues.push({ code: "custom", path: [], input: value, message: expected });
        }
    });
}

/** Text of a given form; `expected` says the form in words. */
export function text(pattern: RegExp, expected: string): z.ZodString {
    return z.string(expected).regex(pattern, expected);
}

/** Text that a check accepts; otherwise the check tells what is expected in its place. */
export function checkedText(
    expected: string | undefined,
    check: (value: string) => string | undefined,
): z.ZodString {
    return z.string(expected).check(({ value, issues }) => {
        const message = check(value);
        if (message !== undefined) {
            // Whatever else is wrong with what the text belongs to is looked for all the same.
            issues.push({ code: "custom", path: [], input: value, message, continue: true });
        }
    });
}

/**
 * For `meta`: a value that another resource may supply, which a program may therefore give as an output. Everything else decides
 * which resources there are, or what they are called, and that has to be known before any of them exists.
 * @param standIn what takes its place in a preview that does not know it yet: of the same form, and never a real one; its last
 * sign is a number that keeps several of them apart
 */
export function mayBeOutput(standIn: `${string}#${string}`): { readonly mayBeOutput: string } {
    return { mayBeOutput: standIn };
}

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(
    words: T,
): z.ZodEnum<{ [Word in T[number]]: Word }> {
    return z.enum(words, `one of ${words.join(", ")}`);
}

export function trueOrFalse(): z.ZodBoolean {
    return z.boolean("true or false");
}

/** A switch that may also be turned on with more to say. */
export function switchOr<Group extends z.ZodObject>(group: Group): z.ZodUnion<[z.ZodBoolean, Group]> {
    return z.union([trueOrFalse(), group]);
}

/** A list without repetitions that has at least one entry. */
export function listOf<T extends z.ZodType<string | number>>(entry: T, expected: string): z.ZodArray<T> {
    return z
        .array(entry, expected)
        .min(1, `${expected}, at least one`)
        .check(({ value, issues }) => {
            value.forEach((item, index) => {
                if (value.indexOf(item) !== index) {
                    issues.push({
                        code: "custom",
                        path: [index],
                        input: value,
                        message: "an entry that is not in the list already",
                        continue: true,
                    });
                }
            });
        });
}
