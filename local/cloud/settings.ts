/** What can be turned in a running local cloud (`POST /_local/settings`). */
export interface LocalSettings {
    /** How long a simulated host takes from power on to its agent's registration. @default 1 */
    readonly bootSeconds: number;
    /** How long a host waits for its docker volume to be attached. @default 10 times `bootSeconds`, at least 10 */
    readonly volumeWaitSeconds: number;
    /** How long a host keeps trying to download the agent from S3. @default 4 times `bootSeconds`, at least 3 */
    readonly downloadWaitSeconds: number;
    /** How long a task takes to start or to stop. @default a quarter of `bootSeconds` */
    readonly taskSeconds: number;
    /**
     * How long managed scaling sees more hosts than are needed before the idle ones go.
     * @default 900, as on AWS
     */
    readonly scaleInSeconds: number;
    /** How long every call of AWS takes beside its work, as over a network. @default 0 */
    readonly callSeconds: number;
    /** The same for RunInstances: stands for the time that an instance is `pending` on AWS. @default `callSeconds` */
    readonly launchSeconds: number;
    /** How far the clock of schedules is ahead of this machine's: lets them come sooner. @default 0 */
    readonly clockAheadSeconds: number;
    /**
     * How long what was made is not known everywhere: reads by name and uses of it fail, as AWS's eventual consistency lets
     * them. @default 0
     */
    readonly settlingSeconds: number;
    /**
     * vCPUs of on-demand instances that may run at one time, of each group of families; launches are not held to it, but
     * whoever asks Service Quotas is told.
     * @default more than anybody needs
     */
    readonly vcpuQuota: number;
    /**
     * Day as of which SUSE's images are published, deprecated and deleted; `YYYYMMDD`.
     * @default the day on which the local cloud's images were written down
     */
    readonly imagesOn: string;
}

export type LocalSettingsChange = Partial<LocalSettings>;

/** Fills in what is not set; waiting times follow `bootSeconds`. */
export function resolveLocalSettings(change: LocalSettingsChange): LocalSettings {
    const bootSeconds = change.bootSeconds ?? 1;
    return {
        bootSeconds,
        volumeWaitSeconds: change.volumeWaitSeconds ?? Math.max(10, 10 * bootSeconds),
        downloadWaitSeconds: change.downloadWaitSeconds ?? Math.max(3, 4 * bootSeconds),
        taskSeconds: change.taskSeconds ?? bootSeconds / 4,
        scaleInSeconds: change.scaleInSeconds ?? 900,
        callSeconds: change.callSeconds ?? 0,
        launchSeconds: change.launchSeconds ?? change.callSeconds ?? 0,
        settlingSeconds: change.settlingSeconds ?? 0,
        clockAheadSeconds: change.clockAheadSeconds ?? 0,
        vcpuQuota: change.vcpuQuota ?? 1_000_000,
        imagesOn: change.imagesOn ?? "20261123",
    };
}

const names = [
    "bootSeconds",
    "volumeWaitSeconds",
    "downloadWaitSeconds",
    "taskSeconds",
    "scaleInSeconds",
    "callSeconds",
    "launchSeconds",
    "settlingSeconds",
    "clockAheadSeconds",
    "vcpuQuota",
] as const;

/** Reads a change that someone posted. @throws Error naming what is wrong */
export function parseSettingsChange(raw: unknown): LocalSettingsChange {
    if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
        throw new Error("settings: expected an object");
    }
    const change: { -readonly [Name in keyof LocalSettings]?: LocalSettings[Name] } = {};
    for (const [name, value] of Object.entries(raw)) {
        const known = names.find((candidate) => candidate === name);
        if (known !== undefined && typeof value === "number" && value >= 0) {
            change[known] = value;
        } else if (name === "imagesOn" && typeof value === "string" && /^\d{8}$/.test(value)) {
            change.imagesOn = value;
        } else {
            const expected = [...names, "imagesOn (YYYYMMDD)"].join(", ");
            throw new Error(
                `${name}: got ${JSON.stringify(value)}, expected one of ${expected} with 0 or more`,
            );
        }
    }
    return change;
}

/** Settings of the environment: `SLES_ECS_LOCAL_BOOT_SECONDS`. @throws Error when that is not a number */
export function settingsFromEnvironment(environment: NodeJS.ProcessEnv): LocalSettingsChange {
    const text = environment["SLES_ECS_LOCAL_BOOT_SECONDS"];
    if (text === undefined || text === "") {
        return {};
    }
    const bootSeconds = Number(text);
    if (!(bootSeconds >= 0)) {
        throw new Error(`SLES_ECS_LOCAL_BOOT_SECONDS: got "${text}", expected a number of seconds`);
    }
    return { bootSeconds };
}
