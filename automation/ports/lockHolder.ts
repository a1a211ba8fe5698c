import type { ProcessLife } from "../../components/model/knownProcess";

/** Whoever works on an environment at present, or was killed while doing so. */
export interface LockHolder {
    readonly user: string;
    /** Name of the machine. */
    readonly host: string;
    readonly processId: number;
    /** ISO 8601. */
    readonly since: string;
    /** What it does, such as `destroy`; missing where the lock does not tell. */
    readonly command?: string;
    /** How long ago it was last heard of; missing where the lock does not tell. */
    readonly silentSeconds?: number;
    readonly life: ProcessLife;
}
