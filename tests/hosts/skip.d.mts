/** Why no host can boot on this computer; undefined where hosts can. */
export function reasonToSkip(): string | undefined;
