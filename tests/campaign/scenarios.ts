import { zoneAtNoon } from "../engine/zoneAtNoon";

/** What a person does to an environment, one after the other. */
export const phases = ["create", "change", "extend", "update", "pause", "resume", "destroy"] as const;
export type Phase = (typeof phases)[number];

/** A kind of environment, and how its settings change in the middle of its life. */
export interface Scenario {
    readonly settings: Readonly<Record<string, unknown>>;
    /** Sections that are other ones later. */
    readonly change: Readonly<Record<string, unknown>>;
    /** Its docker volumes outlive it. */
    readonly keepsVolumes: boolean;
}

const lease = { ttl: "8h" };
/** Neither end is near while a campaign goes on. */
const hours = `Mon-Sun 00:00-23:59 ${zoneAtNoon()}`;

/** Both kinds of hosts, networks of others and of their own, with volumes, leases and office hours. */
export const scenarios: Readonly<Record<string, Scenario>> = {
    volumes: {
        settings: {
            hosts: { mode: "fixed", count: 2 },
            dockerStorage: { mode: "volume", sizeGiB: 20 },
            lease,
        },
        change: { hosts: { mode: "fixed", count: 3 }, dockerStorage: { mode: "volume", sizeGiB: 30 } },
        keepsVolumes: false,
    },
    kept: {
        settings: {
            hosts: { mode: "fixed", count: 1 },
            dockerStorage: { mode: "volume", sizeGiB: 20, keepOnDestroy: true },
            hours,
        },
        change: { hosts: { mode: "fixed", count: 2, rootVolumeGiB: 40 } },
        keepsVolumes: true,
    },
    group: {
        settings: {
            hosts: { mode: "autoScaling", min: 1, desired: 2, max: 3 },
            dockerStorage: { mode: "volume", sizeGiB: 20 },
            ...{ lease, hours },
        },
        change: { hosts: { mode: "autoScaling", min: 1, desired: 2, max: 4, rootVolumeGiB: 40 } },
        keepsVolumes: false,
    },
    network: {
        settings: {
            hosts: { mode: "fixed", count: 1 },
            network: { mode: "create", zones: 2, subnets: "private" },
            lease,
        },
        change: {
            hosts: { mode: "fixed", count: 2 },
            network: { mode: "create", zones: 3, subnets: "private" },
        },
        keepsVolumes: false,
    },
    publicGroup: {
        settings: {
            hosts: { mode: "autoScaling", min: 1 },
            network: { mode: "create", zones: 2, subnets: "public" },
        },
        change: { hosts: { mode: "autoScaling", min: 2, max: 3 } },
        keepsVolumes: false,
    },
};

/** @throws Error for a name that there is none of */
export function scenarioOf(name: string): Scenario {
    const scenario = scenarios[name];
    if (scenario === undefined) {
        throw new Error(`scenario: got ${name}, expected one of ${Object.keys(scenarios).join(", ")}`);
    }
    return scenario;
}

/** The phases that there are in a life of that kind. */
export function phasesOf({ settings }: Scenario): readonly Phase[] {
    return phases.filter((phase) => phase !== "extend" || "lease" in settings);
}

/** The command of a phase, as a person types it. */
export function commandOf(phase: Phase, environment: string): string {
    switch (phase) {
        case "create":
        case "change":
            return `sles-ecs up ${environment} --yes`;
        case "extend":
            return `sles-ecs extend ${environment} 1h`;
        case "update":
            return `sles-ecs images update ${environment} --yes`;
        case "pause":
            return `sles-ecs pause ${environment} --yes`;
        case "resume":
            return `sles-ecs resume ${environment}`;
        case "destroy":
            return `sles-ecs destroy ${environment} --yes`;
    }
}
