import { command } from "../../components/model/commandLine";
import { groupOf, settingsNamespace, type ResolvedSettings } from "../../components/model/settings";
import { AppError } from "../errors/appError";
import { resolveEnvironment } from "./environmentSettings";
import { asRecord, type Project } from "./project";
import type { SettingsFile } from "./settingsFile";

const key = `${settingsNamespace}:hosts`;

/** How many hosts an environment is to have. */
export interface HostCount {
    readonly count: number;
    /** Also moves `hosts.min` or `hosts.max`, where the number is beyond them. */
    readonly adjustLimits: boolean;
}

/**
 * Says in a settings file how many hosts there are: `hosts.count` of fixed ones, `hosts.desired` of a group.
 * @param project its own `hosts` counts where the file has none, and is copied then: Pulumi merges no groups
 * @returns what has changed, as `path=value`; nothing where the settings say so already
 * @throws AppError HOSTS_OUT_OF_LIMITS, SETTINGS_INVALID
 */
export function setHostCount(
    project: Project,
    environment: string,
    file: SettingsFile,
    { count, adjustLimits }: HostCount,
): readonly string[] {
    const { hosts } = resolveEnvironment(project, environment, file).settings;
    const wanted = hosts.mode === "fixed" ? { count } : sizesFor(environment, hosts, { count, adjustLimits });
    const now: Readonly<Record<string, unknown>> = { ...hosts };
    const changed = Object.entries(wanted).filter(([name, value]) => now[name] !== value);
    if (changed.length === 0) {
        return [];
    }
    const ofProject = file.config[key] === undefined ? asRecord(groupOf(project.config[key])) : {};
    for (const [name, value] of Object.entries({ ...ofProject, ...Object.fromEntries(changed) })) {
        file.set(["hosts", name], value);
    }
    return changed.map(([name, value]) => `hosts.${name}=${value}`);
}

function sizesFor(
    environment: string,
    { min, max }: Extract<ResolvedSettings["hosts"], { readonly mode: "autoScaling" }>,
    { count, adjustLimits }: HostCount,
): Readonly<Record<string, number>> {
    if (adjustLimits || (count >= min && count <= max)) {
        return {
            ...(count < min ? { min: count } : {}),
            ...(count > max ? { max: count } : {}),
            desired: count,
        };
    }
    const [limit, side] = count > max ? [max, "max"] : [min, "min"];
    throw new AppError("HOSTS_OUT_OF_LIMITS", {
        message: `the group of ${environment} may have ${min} to ${max} hosts: got ${count}, which is beyond hosts.${side} (${limit}); nothing has been changed`,
        hint: command("hosts", "scale", environment, String(count), "--adjust-limits"),
    });
}
