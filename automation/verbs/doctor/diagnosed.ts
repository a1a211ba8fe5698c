import type { Diagnosis } from "../../../components/model/diagnosis/cause";

/** A host, or a group, with why it is not as it should be. */
export interface Diagnosed extends Diagnosis {
    /** Id of an instance, or name of a group. */
    readonly id: string;
    readonly zone?: string;
}
