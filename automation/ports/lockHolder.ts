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
    /**
     * Whether the process is certainly gone, or certainly there; `seemsDead` where a machine of the same name knows no such
     * process, `unknown` for those of another machine.
     */
    readonly life: "dead" | "seemsDead" | "alive" | "unknown";
}
