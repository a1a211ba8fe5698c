import { readHostImageName } from "../images/hostImageName";
import type { Problem } from "../problem";
import type { ResolvedSettings } from "./resolve";
import type { Rule } from "./rule";

/**
 * SLES 15 and 16 have docker 28 since July 2025, and images get what is current when they are built
 * (https://www.suse.com/support/update/announcement/2025/suse-su-202502289-1.html for 15; SLES 16.0 came with it in
 * November 2025). Which docker an older image has, and those of SLES 12, is unverified.
 */
const docker28Since = "20250801";

/** What docker had once, and the version that took it out (https://docs.docker.com/engine/deprecated/). */
const removedDrivers: Readonly<Record<string, string>> = { devicemapper: "25" };
const removedOptions: Readonly<Record<string, string>> = { "overlay2.override_kernel_check": "24" };
const removedLogDrivers: Readonly<Record<string, string>> = { logentries: "25" };

/**
 * The options that docker's drivers take; with any other docker does not start (moby, daemon/graphdriver/overlay2 and
 * btrfs, parseOptions). Those of the other drivers are unverified.
 */
const driverOptions: Readonly<Record<string, readonly string[]>> = {
    overlay2: ["overlay2.size", "overlay2.override_kernel_check"],
    btrfs: ["btrfs.min_space"],
};

/** A filter with wildcards means the best image that there is, so one of today. */
function hasDocker28({ hostImage: { filter, generation, lock } }: ResolvedSettings): boolean {
    const named = readHostImageName(lock?.name ?? filter);
    return generation !== 12 && ("reason" in named || named.date >= docker28Since);
}

/** @param version of docker, the first that lacks it */
function gone(
    path: string,
    what: string,
    version: string,
    settings: ResolvedSettings,
    hint: string,
): Problem {
    return {
        path,
        message: `docker has no ${what} since version ${version}, and images of SLES ${settings.hostImage.generation} have docker 28 or later`,
        hint,
        severity: "error",
    };
}

const dockerHasTheStorageDriver: Rule = {
    sections: ["dockerStorage", "hostImage"],
    check({ settings }) {
        const { dockerStorage } = settings;
        if (dockerStorage.mode !== "driver") {
            return undefined;
        }
        const { driver, options } = dockerStorage;
        const version = removedDrivers[driver];
        if (version !== undefined && hasDocker28(settings)) {
            const hint = "set dockerStorage.driver to overlay2 or btrfs";
            return gone("dockerStorage.driver", `storage driver ${driver}`, version, settings, hint);
        }
        return Object.keys(options).flatMap((option) => optionProblem(option, driver, settings) ?? []);
    },
};

function optionProblem(option: string, driver: string, settings: ResolvedSettings): Problem | undefined {
    const path = `dockerStorage.options.${option}`;
    const version = removedOptions[option];
    const known = driverOptions[driver];
    if (version !== undefined && hasDocker28(settings)) {
        return gone(path, `storage option ${option}`, version, settings, "leave it out");
    }
    return known === undefined || known.includes(option)
        ? undefined
        : {
              path,
              message: `no option of docker's storage driver ${driver}, with which docker would not start; expected ${known[0]}`,
              hint: "leave it out",
              severity: "error",
          };
}

const dockerHasTheLogDrivers: Rule = {
    sections: ["agent", "hostImage"],
    check({ settings }) {
        const { logDriver, availableLoggingDrivers = [] } = settings.agent;
        if (!hasDocker28(settings)) {
            return undefined;
        }
        const version = removedLogDrivers[logDriver ?? ""];
        const forTasks = availableLoggingDrivers.filter((one) => one in removedLogDrivers);
        return [
            ...(version === undefined
                ? []
                : [
                      gone(
                          "agent.logDriver",
                          `log driver ${logDriver}`,
                          version,
                          settings,
                          "choose another one",
                      ),
                  ]),
            ...forTasks.map((one) => ({
                ...gone(
                    "agent.availableLoggingDrivers",
                    `log driver ${one}`,
                    removedLogDrivers[one] ?? "",
                    settings,
                    `leave ${one} out: tasks that ask for it would not start`,
                ),
                severity: "warning" as const,
            })),
        ];
    },
};

/** Settings that the host image's docker does not have. */
export const dockerRules: readonly Rule[] = [dockerHasTheStorageDriver, dockerHasTheLogDrivers];
