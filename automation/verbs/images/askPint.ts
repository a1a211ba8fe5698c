import type { Context } from "../../ports/context";
import { AppError } from "../../errors/appError";
import type { PintQuery, PintResult } from "../../ports/pint";
import { anyRegion } from "./listCommand";
import { regionMeantBy, type CommandFor } from "./region";

/** An answer that can be shown. */
export type PintAnswer = Exclude<PintResult, { readonly kind: "unavailable" }>;

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
