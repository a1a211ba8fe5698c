import type { PintRecord } from "../../../components/model/images/pintRecord";
import { AppError } from "../../errors";
import { warning, type Findings } from "../preflightFinding";
import type { ImageSources } from "./contracts";

export interface PintAnswer {
    /** Missing where pint was not asked, or did not answer. */
    readonly pint?: readonly PintRecord[];
    readonly findings: Findings;
}

/** What pint says of a region; that it does not answer is a remark, as EC2 alone will do. */
export async function askPint(
    { readPint }: Pick<ImageSources, "readPint">,
    region: string,
): Promise<PintAnswer> {
    if (readPint === undefined) {
        return { findings: [] };
    }
    try {
        return { pint: await readPint(region), findings: [] };
    } catch (error) {
        if (!(error instanceof AppError)) {
            throw error;
        }
        const message = `could not ask pint what SUSE plans with its images: ${error.message}`;
        return { findings: [warning(error.code, "hostImage", message)] };
    }
}
