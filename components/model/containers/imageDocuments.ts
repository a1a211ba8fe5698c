import { z } from "zod";

import { withoutControls } from "../withoutControls";
import { digestPattern } from "./imageReference";

/**
 * What a registry answers is somebody else's text: nothing in it is believed before it has been read here. Lists may be null, as
 * Go writes an empty one. Forms: https://github.com/opencontainers/image-spec (manifest.md, image-index.md, config.md)
 */
const digest = z
    .string("sha256: and 64 hexadecimal digits")
    // It becomes the name of a file, and part of an address.
    .regex(digestPattern, "sha256: and 64 hexadecimal digits");

const descriptor = z.object(
    { digest, size: z.int("a number of bytes").nonnegative("a number of bytes") },
    "what an image is made of",
);

const platform = z.object(
    { architecture: z.string("a text").nullish(), os: z.string("a text").nullish() },
    "a platform",
);

const document = z.object(
    {
        manifests: z.array(descriptor.extend({ platform: platform.nullish() }), "a list").nullish(),
        config: descriptor.nullish(),
        layers: z.array(descriptor, "a list").nullish(),
    },
    "an object",
);

const configuration = z.object(
    {
        architecture: z.string("a text").nullish(),
        config: z
            .object({ Labels: z.record(z.string(), z.string("a text"), "an object").nullish() }, "an object")
            .nullish(),
    },
    "an object",
);

/** The manifest of an image, or a list of those for several architectures. */
export type ImageDocument = z.output<typeof document>;
export type ListedImage = NonNullable<ImageDocument["manifests"]>[number];
export type ImageConfiguration = z.output<typeof configuration>;

/** @returns what a registry says that an image is made of, or why it says no such thing */
export function readImageDocument(text: string): ImageDocument | string {
    return read(document, text);
}

/** @returns the configuration of an image, or why it is none */
export function readImageConfiguration(text: string): ImageConfiguration | string {
    return read(configuration, text);
}

/** A text of somebody else's is told in part. */
const longest = 100;

function read<T>(schema: z.ZodType<T>, text: string): T | string {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        return "is no JSON";
    }
    const { success, data, error } = schema.safeParse(value, { reportInput: true });
    if (success) {
        return data;
    }
    const [{ path, input, message } = { path: [], input: value, message: "" }] = error.issues;
    const got = input === undefined ? "nothing" : withoutControls(JSON.stringify(input)).slice(0, longest);
    return path.length === 0
        ? `is no object of JSON: got ${got}`
        : `has something else at ${withoutControls(path.join(".")).slice(0, longest)}: got ${got}, expected ${message}`;
}
