export interface Room {
    /** Folder or file; a room inside a room is one of its own. */
    readonly path: string;
    readonly holds: string;
    /** Other rooms, each above this one in the list. */
    readonly imports: readonly string[];
    /** Packages by their name, or what their names begin with. Node's own modules are free but for pure rooms. @default - none */
    readonly packages?: readonly string[];
}

/** All rooms, from the ground up. */
export const rooms: readonly Room[];
