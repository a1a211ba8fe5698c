import { z } from "zod";
import { isCalendarDate } from "../../images/imageDate";
import { readHostImageName, type SlesGeneration } from "../../images/hostImageName";
import { filterFor, parseImageFilter } from "../../images/imageFilter";
import type { ImageLock } from "../../images/imageLock";
import { isRegion } from "../../region";
import { defaults } from "../defaults";
import { checkedText, oneOf, text, wholeNumber } from "../fields";
import type { Settings } from "../settings.generated";

const lock = z
    .strictObject({
        id: text(
            /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/,
            "the id of an image: ami- and 8 or 17 hexadecimal digits",
        ).meta({
            description: "Id of the image in the region.",
        }),
        name: checkedText("the name of a SLES ECS image", (value) => {
            const image = readHostImageName(value);
            return "reason" in image
                ? `the name of a SLES ECS image; this is none: ${image.reason}`
                : undefined;
        }).meta({ description: "Name of the image." }),
        date: z
            .string("the date in the image's name, in quotes")
            .refine(isCalendarDate, "the date in the image's name, YYYYMMDD")
            .meta({ description: "Date in the image's name, `YYYYMMDD`." }),
        region: z
            .string("a region of AWS such as eu-central-1")
            .refine(isRegion, "a region of AWS such as eu-central-1")
            .meta({ description: "Region that the id belongs to." }),
    })
    .check(({ value, issues }) => {
        if (!value.name.includes(`-v${value.date}-`)) {
            const message = `the date in ${value.name}`;
            issues.push({ code: "custom", path: ["date"], input: value, message });
        }
    });

export const hostImageSchema = z
    .strictObject({
        filter: checkedText("an image name or a name with wildcards", (value) => {
            const parsed = parseImageFilter(value);
            return "expected" in parsed ? parsed.expected : undefined;
        })
            .optional()
            .meta({
                description:
                    "Name of the host image, with * and ? as wildcards; among several matches the highest service pack wins, then the latest date. Once an image is locked, the filter only says which images may follow it.",
                defaultText: `- \`${defaults.hostImageFilter}\`, or any date of the locked image`,
            }),
        lock: lock.optional().meta({
            description:
                "The image that the hosts stay on, whatever else the filter matches. Written by the first `sles-ecs up` and by `sles-ecs images lock`.",
            defaultText: "- the first `sles-ecs up` writes one",
        }),
        onDeletion: oneOf(["refuse", "warn"]).optional().meta({
            description: "What `up` and `preview` do when the locked image is gone, or about to be deleted.",
            defaultText: defaults.onImageDeletion,
        }),
        deletionNoticeDays: wholeNumber(0, 3650)
            .optional()
            .meta({
                description:
                    "From how many days before its deletion on a locked image counts as about to be deleted.",
                defaultText: String(defaults.deletionNoticeDays),
            }),
    })
    .meta({
        description: "Which SLES ECS image the hosts boot from.",
        defaultText: "- the latest SLES 15 SP7",
    });

export interface ResolvedHostImage {
    readonly filter: string;
    /** The SLES generation that the filter names and every match must have. */
    readonly generation: SlesGeneration;
    /** Missing until the first `sles-ecs up`. */
    readonly lock?: ImageLock;
    readonly onDeletion: "refuse" | "warn";
    readonly deletionNoticeDays: number;
}

/** @throws RangeError for a filter that has not passed the schema */
export function resolveHostImage(hostImage: NonNullable<Settings["hostImage"]> = {}): ResolvedHostImage {
    const { lock: locked } = hostImage;
    // A default that moves on to another service pack must not pull a locked environment along.
    const otherwise = locked === undefined ? defaults.hostImageFilter : filterFor(locked.name);
    const parsed = parseImageFilter(hostImage.filter ?? otherwise);
    if ("expected" in parsed) {
        throw new RangeError(`hostImage.filter is ${hostImage.filter}, expected ${parsed.expected}`);
    }
    return {
        ...parsed,
        lock: locked,
        onDeletion: hostImage.onDeletion ?? defaults.onImageDeletion,
        deletionNoticeDays: hostImage.deletionNoticeDays ?? defaults.deletionNoticeDays,
    };
}
