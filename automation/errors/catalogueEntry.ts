import type { Line } from "../../components/model/commandLine";
import { exitCodes } from "./exitCodes";

export interface CatalogueEntry {
    readonly exitCode: number;
    /** What the code means, for the reference. */
    readonly meaning: string;
    /** What to do next, unless the place that throws knows better. */
    readonly hint?: Line;
}

const endingWith =
    (exitCode: number) =>
    (meaning: string, hint?: Line): CatalogueEntry => ({ exitCode, meaning, hint });

/** Entries by the exit code that goes with them. */
export const failed = endingWith(exitCodes.failed);
export const usage = endingWith(exitCodes.usage);
export const notFound = endingWith(exitCodes.notFound);
export const busy = endingWith(exitCodes.busy);
export const notReady = endingWith(exitCodes.notReady);
export const declined = endingWith(exitCodes.declined);
export const leftBehind = endingWith(exitCodes.leftBehind);
export const interrupted = endingWith(exitCodes.interrupted);
