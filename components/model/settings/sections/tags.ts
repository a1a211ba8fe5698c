import { z } from "zod";
import { maxTagsOfResource, mostOwnTags, reservedTagReason } from "../../tags";
import { checkedText, mayBeOutput } from "../fields";

// What every AWS service accepts (Tagging AWS resources user guide, "Tag naming limits and requirements").
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const allowedInWords = "letters, digits, spaces and _.:/=+-@";

const key = checkedText(undefined, (value) => {
    const reserved = reservedTagReason(value);
    if (reserved !== undefined) {
        return `another key: ${reserved}`;
    }
    const isKey = value.length >= 1 && value.length <= 128 && allowed.test(value);
    return isKey ? undefined : `a tag key of 1 to 128 characters, ${allowedInWords}`;
});

const expectedValue = `a tag value of up to 256 characters, ${allowedInWords}`;
const value = z
    .string(expectedValue)
    .max(256, expectedValue)
    .regex(allowed, expectedValue)
    // ECS keeps the prefix for AWS in values too, whatever the case of its letters (ECS API reference, Tag).
    .regex(/^(?!aws:)/i, "a tag value that does not begin with aws:, which is reserved by AWS")
    .meta(mayBeOutput("unknown-###"));

/** Tags as settings may give them. @param added how many the product adds to what carries them */
export function tagsOf(added: number): z.ZodRecord<z.ZodString, z.ZodString> {
    const most = maxTagsOfResource - added;
    const why =
        added === 0
            ? ""
            : ` (a resource takes ${maxTagsOfResource}, and up to ${added} are the product's own)`;
    return z.record(key, value, "a group of tags").check(({ value: tags, issues }) => {
        const count = Object.keys(tags).length;
        if (count > most) {
            const message = `at most ${most} tags${why}, and there are ${count}`;
            issues.push({ code: "custom", path: [], input: tags, message });
        }
    });
}

/**
 * To EC2 and ECS keys that differ in case are two tags; IAM refuses them, half way through an `up` (IAM user guide, "Tags
 * for AWS Identity and Access Management resources", docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html).
 */
export const tagsSchema = tagsOf(mostOwnTags)
    .check(({ value, issues }) => {
        const keys = Object.keys(value);
        for (const [index, one] of keys.entries()) {
            const same = keys.slice(0, index).find((other) => other.toLowerCase() === one.toLowerCase());
            if (same !== undefined) {
                const message = `a key that differs from ${same} by more than upper and lower case, which IAM does not tell apart`;
                issues.push({ code: "custom", path: [one], input: value, message });
            }
        }
    })
    .meta({
        description: `Tags for every resource that can carry tags, at most ${maxTagsOfResource - mostOwnTags}. Keys differ by more than upper and lower case, as IAM wants it.`,
        defaultText: "- none but the product's own",
    });
