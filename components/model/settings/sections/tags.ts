import { z } from "zod";
import { reservedTagReason } from "../../tags";
import { checkedText } from "../fields";

/** Tags per resource at most are 50 (AWS); ten are left for ours and AWS's own. */
const maxTags = 40;
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

/** Tags as settings may give them, at most so many. */
export function tagsOf(most: number): z.ZodRecord<z.ZodString, z.ZodString> {
    return z
        .record(
            key,
            z.string(expectedValue).max(256, expectedValue).regex(allowed, expectedValue),
            "a group of tags",
        )
        .check(({ value, issues }) => {
            if (Object.keys(value).length > most) {
                issues.push({ code: "custom", path: [], input: value, message: `at most ${most} tags` });
            }
        });
}

/**
 * To EC2 and ECS keys that differ in case are two tags; IAM refuses them, half way through an `up` (IAM user guide, "Tags
 * for AWS Identity and Access Management resources", docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html).
 */
export const tagsSchema = tagsOf(maxTags)
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
        description:
            "Tags for every resource that can carry tags. Keys differ by more than upper and lower case, as IAM wants it.",
        defaultText: "- none but the product's own",
    });
