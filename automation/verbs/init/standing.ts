import path from "node:path";

import { isThere } from "../../output/isThere";
import { openSettingsFile } from "../../settings/settingsFile";
import { openProject } from "../../settings/project";

/** What of a project is in its folder before anything is written. */
export interface Standing {
    /** Name of the Pulumi project; missing where there is none. */
    readonly name?: string;
    /** State backend that its Pulumi.yaml names. */
    readonly backend?: string;
    /** Missing where there is no Pulumi.dev.yaml. */
    readonly settings?: { readonly region?: string };
}

/** @throws AppError SETTINGS_FILE_UNREADABLE for a file that is none of Pulumi's */
export async function readStanding(directory: string): Promise<Standing> {
    const [hasProject, hasSettings] = await Promise.all(
        ["Pulumi.yaml", "Pulumi.dev.yaml"].map((file) => isThere(path.join(directory, file))),
    );
    if (hasProject !== true) {
        return hasSettings === true ? { settings: {} } : {};
    }
    const project = await openProject({ directory }, directory);
    const { exists, config } = await openSettingsFile(project, "dev");
    const region = config["aws:region"];
    return {
        name: project.name,
        backend: project.backendUrl,
        settings: exists ? { region: typeof region === "string" ? region : undefined } : undefined,
    };
}
