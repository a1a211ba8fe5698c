import type { Context } from "../../context";
import { AppError } from "../../errors";
import type { PintQuery, PintResult } from "../../ports/pint";

/** An answer that can be shown. */
export type PintAnswer = Exclude<PintResult, { readonly kind: "unavailable" }>;

/**
 * Asks pint for a command that can do nothing without its answer.
 * @throws AppError PINT_UNAVAILABLE, PINT_REGION_UNKNOWN
 */
export async function askPint(context: Pick<Context, "loadPint">, query: PintQuery): Promise<PintAnswer> {
    const pint = await context.loadPint();
    const result = await pint.images(query);
    if (result.kind !== "unavailable") {
        return result;
    }
    throw result.unknownRegion
        ? new AppError("PINT_REGION_UNKNOWN", {
              message: `pint has no images of a region ${query.region}: ${result.reason}`,
          })
        : new AppError("PINT_UNAVAILABLE", { message: `pint gave no answer: ${result.reason}` });
}
