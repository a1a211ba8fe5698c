import { exitCodes } from "./exitCodes";

interface CatalogueEntry {
    readonly exitCode: number;
    /** What the code means, for the reference. */
    readonly meaning: string;
    /** What to do next, unless the place that throws knows better. */
    readonly hint?: string;
}

const entries = {
    USAGE: {
        exitCode: exitCodes.usage,
        meaning: "The command line itself is wrong: an unknown command or option, or a missing value.",
    },
    SETTINGS_INVALID: {
        exitCode: exitCodes.usage,
        meaning: "The settings of the environment break the schema; every problem is listed with its path.",
    },
    ENVIRONMENT_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "There is no environment (Pulumi stack) of that name in this project and state backend.",
        hint: "sles-ecs list",
    },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof entries;

/** Every error code of the command line, with its exit code; `docs/errors.md` is generated from it. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = entries;
