import { groupOf, settingsNamespace } from "../../components/model/settings";
import { asRecord, type Project } from "./project";
import type { SettingsFile } from "./settingsFile";

const key = `${settingsNamespace}:lease`;

/** How long the environment of a settings file lives, as written. */
export function ttlOf(file: Pick<SettingsFile, "config">): string | undefined {
    const { ttl } = asRecord(groupOf(file.config[key]));
    return typeof ttl === "string" ? ttl : undefined;
}

/**
 * Says how long a personal environment lives. A new one that says nothing takes what its team's settings have for such:
 * `lease.defaultTtl`, else `lease.longestTtl`.
 * @param project its own `lease` counts where the file has none, and is copied then: Pulumi merges no groups
 */
export function setTtl(
    project: Project,
    file: SettingsFile,
    { ttl, isNew }: { readonly ttl: string | undefined; readonly isNew: boolean },
): void {
    const lease = asRecord(groupOf(file.config[key] ?? project.config[key]));
    const wanted = ttl ?? (isNew ? (lease["defaultTtl"] ?? lease["longestTtl"]) : undefined);
    if (wanted === undefined) {
        return;
    }
    for (const [name, value] of Object.entries({ ...lease, ttl: wanted })) {
        file.set(["lease", name], value);
    }
}
