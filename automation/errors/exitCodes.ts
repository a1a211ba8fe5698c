/** What the exit code of `sles-ecs` tells a script. */
export const exitCodes = {
    done: 0,
    failed: 1,
    usage: 2,
    notFound: 3,
    busy: 4,
    notReady: 5,
    declined: 6,
    leftBehind: 7,
    interrupted: 130,
} as const;
