/** A task that has stopped, as ECS tells of it. */
export interface StoppedTask {
    readonly stopCode?: string;
    readonly stoppedReason?: string;
    readonly containers: readonly { readonly exitCode?: number; readonly reason?: string }[];
}

/**
 * What ECS's words mean, the more special first.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html and the messages of docker
 */
const meanings: readonly (readonly [pattern: RegExp, meaning: string])[] = [
    [/no space left on device/i, "the host's disk is full"],
    [
        /exec format error|does not match the (?:specified|detected host) platform|no matching manifest|not contain descriptor matching platform/i,
        "the image is for another architecture than the hosts",
    ],
    [/Cannot connect to the Docker daemon/i, "docker does not answer"],
    [/CannotPull.*(?:not found|manifest unknown|does not exist|no such image)/is, "the image is not there"],
    [
        /CannotPull.*(?:pull access denied|unauthorized|forbidden|no basic auth|\b40[13]\b)/is,
        "the registry does not let the hosts pull the image, or it is not there",
    ],
    [
        /CannotPull.*(?:no such host|dial tcp|timeout|timed out|connection refused|TLS handshake|unreachable)/is,
        "the registry does not answer the hosts",
    ],
    [/CannotPull/i, "the image could not be pulled"],
    [/port is already allocated|address already in use/i, "a port of the host is taken"],
    [
        /executable file not found|no such file or directory: unknown/i,
        "there is no such command in the image",
    ],
    [/OutOfMemory|\bOOM/i, "the container took more than its memory"],
    [
        /ResourceInitializationError.*secret|fetch(?:ing)? secret|AccessDenied.*(?:secret|GetParameters)/is,
        "a secret could not be read",
    ],
    [/failed (?:container|ELB|elb) health checks/i, "its health check failed"],
];

/** Exit codes of docker and of shells (https://docs.docker.com/engine/containers/run/#exit-status). */
const exitMeanings: Readonly<Record<number, string>> = {
    125: "docker itself failed to run it",
    126: "its command may not be executed, or is for another architecture",
    127: "there is no such command in the image",
    137: "it was killed, as one is that takes more than its memory",
    139: "it crashed (segmentation fault)",
    143: "it was told to stop",
};

/** Why a task has stopped: what it means, and ECS's own words. */
export function explainStop({ stoppedReason, containers }: StoppedTask): string {
    const reasons = containers.flatMap(({ reason }) => reason ?? []);
    const text = [...new Set([stoppedReason ?? "", ...reasons])].filter((one) => one !== "").join("; ");
    const exitCode = containers.find((one) => one.exitCode !== undefined && one.exitCode !== 0)?.exitCode;
    const meaning =
        meanings.find(([pattern]) => pattern.test(text))?.[1] ??
        (exitCode === undefined ? undefined : exitMeanings[exitCode]);
    const ended = exitCode === undefined ? "" : `exit code ${exitCode}`;
    const own = [ended, text].filter((one) => one !== "").join(": ");
    return meaning === undefined ? own || "ECS gives no reason" : `${meaning} (${own})`;
}
