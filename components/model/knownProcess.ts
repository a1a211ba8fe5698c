/** A process, so that somebody else can tell later whether it lives. */
export interface KnownProcess {
    readonly processId: number;
    /** Where it runs, such that its number means no other process there; missing where nothing is known for certain. */
    readonly machine?: string;
    /** In ticks since the machine was started; missing where the system does not tell. */
    readonly startedAt?: string;
}

/**
 * Whether a process is certainly gone, or certainly there; `seemsDead` where what seems to be its machine knows no such
 * process, `unknown` for those of another machine.
 */
export type ProcessLife = "dead" | "seemsDead" | "alive" | "unknown";
