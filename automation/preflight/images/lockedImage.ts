import type { ImageLock } from "../../../components/model/images/imageLock";
import { lockAdvice } from "../../../components/model/images/lockAdvice";
import type { LockVerdict } from "../../../components/model/images/lockVerdict";
import { refusal, warning, type Findings } from "../finding";
import type { HostImageQuestion } from "./contracts";

/** A verdict as a finding of the checks before the start. */
export function findingsOn(
    lock: ImageLock,
    verdict: LockVerdict,
    question: HostImageQuestion,
    path: string,
): Findings {
    const { onDeletion } = question.hostImage;
    const advice = lockAdvice(lock, verdict, { ...question, onDeletion });
    if (advice === undefined) {
        return [];
    }
    const code = verdict.kind === "wrong" ? "IMAGE_LOCK_WRONG" : "IMAGE_RETIRED";
    const make = advice.severity === "error" ? refusal : warning;
    return [make(code, path, advice.message, advice.nextStep)];
}
