/**
 * The boot log: one line a step, written by the bootstrap to the console (readable with EC2's
 * GetConsoleOutput) and to `bootLogPath`. Its form is fixed, because people and programs read it.
 */

/** Steps of the bootstrap in their order. A host that stops has a `failed` line, and none for later steps. */
export const bootSteps = ["hold", "storage", "configure", "start"] as const;
/** Steps that keep no host out: `capabilities` before `start`, where any are wanted, and `packages` in a time of its own. */
const sideBootSteps = ["capabilities", "packages"] as const;
export type BootStepName = (typeof bootSteps)[number] | (typeof sideBootSteps)[number];

/** What each step does, for messages. */
export const bootStepMeanings: Readonly<Record<BootStepName, string>> = {
    hold: "hold the ECS agent and docker back",
    storage: "put docker's storage in place",
    configure: "write the agent's configuration",
    capabilities: "install what capabilities need",
    start: "start docker and the ECS agent",
    packages: "install packages",
};

/** First words of every line of the boot log. */
export const bootLogPrefix = "sles-ecs-bootstrap:";
/** Where the boot log is on the host. */
export const bootLogPath = "/var/log/sles-ecs-bootstrap.log";

export interface BootStep {
    readonly step: BootStepName;
    readonly result: "ok" | "failed";
    /** How long the step took; hosts say it in hundredths. */
    readonly seconds: number;
    /** Why the step failed, or what it found worth saying; empty when there is nothing to say. */
    readonly reason: string;
}

const line = /sles-ecs-bootstrap: step=(\S+) result=(ok|failed) seconds=(\d+(?:\.\d+)?) reason="([^"]*)"/g;

/** Writes one line of the boot log, as the bootstrap does. */
export function formatBootStep({ step, result, seconds, reason }: BootStep): string {
    return `${bootLogPrefix} step=${step} result=${result} seconds=${seconds} reason="${reason.replaceAll('"', "'")}"`;
}

/**
 * Finds the boot log in console output, however much other text is around it. A host that booted several
 * times has the steps of all boots, oldest first.
 */
export function parseBootLog(consoleText: string): BootStep[] {
    return [...consoleText.matchAll(line)].flatMap(([, step, result, seconds, reason]) =>
        isBootStepName(step) && (result === "ok" || result === "failed")
            ? [{ step, result, seconds: Number(seconds), reason: reason ?? "" }]
            : [],
    );
}

/** The steps of the last boot on the way to its end, without those beside it. */
export function lastBoot(steps: readonly BootStep[]): readonly BootStep[] {
    const main = steps.filter(({ step }) => (bootSteps as readonly BootStepName[]).includes(step));
    return main.slice(
        Math.max(
            0,
            main.findLastIndex(({ step }) => step === bootSteps[0]),
        ),
    );
}

/**
 * Whether a boot stopped because nobody had attached the docker volume in time, as when the engine is killed between the two:
 * once the volume is there, another boot is all that is missing (`userData/shell/findVolume.ts`).
 */
export function lacksVolume({ step, result, reason }: BootStep): boolean {
    return step === "storage" && result === "failed" && / was not attached within /.test(reason);
}

/** How the last step of a boot begins to say that the host's proxy cannot be reached; its address follows. */
export const proxySilence = "nobody answers at the proxy";

function isBootStepName(value: string | undefined): value is BootStepName {
    return ([...bootSteps, ...sideBootSteps] as readonly (string | undefined)[]).includes(value);
}
