import { calendarDate } from "../../../components/model/calendarDate";
import type { ImageLock } from "../../../components/model/images/imageLock";
import { lockAdvice } from "../../../components/model/images/lockAdvice";
import { judgeLock, type LockVerdict } from "../../../components/model/images/lockVerdict";
import type { PintRecord } from "../../../components/model/images/pintRecord";
import type { MachineImage } from "../../ports/awsNetwork";
import type { Aws } from "../../ports/awsServices";
import { refusal, warning, type Findings } from "../preflight/finding";
import type { HostImageQuestion, ImageSources } from "./contracts";

export interface Judgement {
    readonly verdict: LockVerdict;
    /** Missing where EC2 has no image of that id. */
    readonly image?: MachineImage;
}

/** Holds a lock against what EC2 and pint say today. */
export async function judge(
    aws: { readonly ec2: Pick<Aws["ec2"], "imagesById"> },
    { clock }: Pick<ImageSources, "clock">,
    lock: ImageLock,
    facts: {
        readonly region: string;
        readonly noticeDays: number;
        readonly pint?: readonly PintRecord[];
    },
): Promise<Judgement> {
    const [image] = await aws.ec2.imagesById([lock.id]);
    const verdict = judgeLock(lock, { ...facts, image, today: calendarDate(clock.now()) });
    return { verdict, ...(image === undefined ? {} : { image }) };
}

/** A verdict as a finding of the checks before the start. */
export function findingsOn(
    lock: ImageLock,
    verdict: LockVerdict,
    { environment, hostImage }: Pick<HostImageQuestion, "environment" | "hostImage">,
): Findings {
    const advice = lockAdvice(lock, verdict, { environment, onDeletion: hostImage.onDeletion });
    if (advice === undefined) {
        return [];
    }
    const code = verdict.kind === "wrong" ? "IMAGE_LOCK_WRONG" : "IMAGE_RETIRED";
    const make = advice.severity === "error" ? refusal : warning;
    return [make(code, "hostImage.lock", advice.message, advice.nextStep)];
}
