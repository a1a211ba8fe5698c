import type { CauseCode } from "../../../components/model/diagnosis/cause";
import type { TestCloud } from "../../local/cloud/testCloud";

/** A fault of the local cloud, and the cause that the doctor is to name for it. */
export interface Ailing {
    readonly cause: CauseCode;
    /** Lets an environment fall ill, in a cloud that has its cluster and its role. */
    readonly make: (cloud: TestCloud) => Promise<Illness>;
}

export interface Illness {
    /** Id of the instance, or name of the group, that is ill. */
    readonly id: string;
    /** What the state of the environment has, beside `id`. */
    readonly stateIds?: readonly string[];
    /** @default - one fixed host with the image's own store */
    readonly settings?: object;
    /** How long after that the doctor is asked. @default 0 */
    readonly laterSeconds?: number;
    /** A word that the evidence has to hold. */
    readonly shows: RegExp;
}

/** A case in a list of them. */
export function ailing(cause: CauseCode, make: Ailing["make"]): Ailing {
    return { cause, make };
}
