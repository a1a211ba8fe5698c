import { z } from "zod";
import { parseImageFilter } from "../../images/imageFilter";
import { defaults } from "../defaults";

export const hostImageSchema = z
    .strictObject({
        filter: z
            .string("an image name or a name with wildcards")
            .check(({ value, issues }) => {
                const parsed = parseImageFilter(value);
                if ("expected" in parsed) {
                    issues.push({ code: "custom", path: [], input: value, message: parsed.expected });
                }
            })
            .optional()
            .meta({
                description:
                    "Name of the host image, with * and ? as wildcards; among several matches the latest date wins. A name without wildcards pins the image.",
                defaultText: defaults.hostImageFilter,
            }),
    })
    .meta({
        description: "Which SLES ECS image the hosts boot from.",
        defaultText: "- the latest SLES 15 SP7",
    });
