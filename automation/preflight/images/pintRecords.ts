import type { PintRecord } from "../../../components/model/images/pintRecord";
import { formatSeconds } from "../../output/durations";
import { warning, type Finding, type Findings } from "../finding";
import type { ImageSources } from "./contracts";

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
    const answer = await (await loadPint()).images({ region, forAdvice: true });
    if (answer.kind === "unavailable") {
        return { findings: [unasked("not known", answer.reason)] };
    }
    const { images: pint } = answer;
    return answer.kind === "cached"
        ? { pint, findings: [unasked(`known from ${formatSeconds(answer.ageSeconds)} ago`, answer.reason)] }
        : { pint, findings: [] };
}

function unasked(state: string, reason: string): Finding {
    return warning("PINT_UNAVAILABLE", "hostImage", `SUSE's plans for its images are ${state}: ${reason}`);
}
