import type { PintRecord } from "../../../components/model/images/pintRecord";
import { formatSeconds } from "../../output/durations";
import { warning, type Findings } from "../preflight/finding";
import type { ImageSources } from "./contracts";

/** SUSE changes its records once a day at most. */
const maxAgeSeconds = 3600;

/** What pint says, for those who go on without it. */
export interface PintAdvice {
    /** Missing where pint gave no answer. */
    readonly pint?: readonly PintRecord[];
    readonly findings: Findings;
}

/** What pint says of a region; that it does not answer is a remark, as EC2 alone will do. */
export async function adviceOfPint(
    { loadPint }: Pick<ImageSources, "loadPint">,
    region: string,
): Promise<PintAdvice> {
    const answer = await (await loadPint()).images({ region, maxAgeSeconds });
    if (answer.kind === "unavailable") {
        const message = `could not ask pint what SUSE plans with its images: ${answer.reason}`;
        return { findings: [warning("PINT_UNAVAILABLE", "hostImage", message)] };
    }
    const reason = answer.kind === "cached" ? answer.reason : undefined;
    const message =
        answer.kind === "cached" && reason !== undefined
            ? `what SUSE plans with its images is known from ${formatSeconds(answer.ageSeconds)} ago, as pint gave no answer: ${reason}`
            : undefined;
    return {
        pint: answer.images,
        findings: message === undefined ? [] : [warning("PINT_UNAVAILABLE", "hostImage", message)],
    };
}
