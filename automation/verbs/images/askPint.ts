import type { Cell } from "../../output/table";
import { formatSeconds } from "../../output/durations";
import { showImageDate } from "../../../components/model/images/imageDate";
import type { Context } from "../../ports/context";
import { AppError } from "../../errors/appError";
import type { PintQuery, PintResult } from "../../ports/pint";
import { anyRegion, regionMeantBy, type CommandFor } from "./region";

/** An answer that can be shown. */
export type PintAnswer = Exclude<PintResult, { readonly kind: "unavailable" }>;

/** How many remarks on records are shown. */
const shownRemarks = 5;

/** After so long without an answer a person wants to know what is going on. */
const patienceMilliseconds = 2000;

/**
 * Asks pint for a command that can do nothing without its answer.
 * @throws AppError PINT_UNAVAILABLE, PINT_REGION_UNKNOWN
 */
export async function askPint(
    { loadPint, io }: Pick<Context, "loadPint" | "io">,
    query: PintQuery,
    commandFor: CommandFor,
): Promise<PintAnswer> {
    const pint = await loadPint();
    const notice = setTimeout(
        () => io.stderr("pint has not answered yet, waiting ...\n"),
        patienceMilliseconds,
    );
    const result = await pint.images(query).finally(() => clearTimeout(notice));
    if (result.kind !== "unavailable") {
        return result;
    }
    if (!result.unknownRegion) {
        throw new AppError("PINT_UNAVAILABLE", { message: `pint gave no answer: ${result.reason}` });
    }
    const meant = regionMeantBy(query.region);
    throw new AppError("PINT_REGION_UNKNOWN", {
        message: `pint has no images of a region ${query.region}${meant === undefined ? ":" : `, did you mean ${meant}?`} ${result.reason}`,
        hint: commandFor(meant ?? anyRegion),
    });
}

/** What is to be said of pint's answer beside its images; empty when all is well. */
export function showNotes(answer: PintAnswer): string {
    const hidden = answer.remarks.length - shownRemarks;
    const notes = [
        ...answer.remarks.slice(0, shownRemarks).map((remark) => `pint: ${remark}`),
        ...(hidden > 0 ? [`pint: and ${hidden} more records that are odd`] : []),
    ];
    if (answer.kind === "cached") {
        notes.unshift(`warning: pint's answer is ${formatSeconds(answer.ageSeconds)} old: ${answer.reason}`);
    }
    return notes.map((note) => `${note}\n`).join("");
}

/** A date of pint's for people. */
export function dateCell(date: string | undefined): Cell {
    return date === undefined ? undefined : showImageDate(date);
}
