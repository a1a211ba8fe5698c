import type { Options } from "yargs";

/** `<host>`, for every command that works on one. */
export const host = {
    describe: "Number of the host, the id of its instance, or the beginning of that id",
    type: "string",
    demandOption: true,
} as const satisfies Options;

const several = {
    describe: "Their numbers, the ids of their instances, or the beginnings of those ids",
    type: "string",
    array: true,
} as const;

/** `[hosts..]`, for commands that may find them by themselves. */
export const someHosts = { ...several, defaultDescription: "all that need it" } as const satisfies Options;

/** `<hosts..>`, for commands that work on several. */
export const hosts = { ...several, demandOption: true } as const satisfies Options;
