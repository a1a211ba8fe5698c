import { shellWord } from "../../components/model/commandLine";
import type { Problem } from "../../components/model/problem";
import { settingsNamespace, type PulumiConfig } from "../../components/model/settings";
import { projectFileName, type Project } from "./project";
import type { SettingsFile } from "./settingsFile";

/** What the files that count for an environment say. */
export interface Stated {
    readonly project: Project;
    readonly file: SettingsFile;
    /** Of the environment's own file, by full key; it counts over the project's. */
    readonly own: PulumiConfig;
}

/** Names of the files that wrong values stand in, the environment's own first. */
export function wrongFiles({ project, file, own }: Stated, problems: readonly Problem[]): readonly string[] {
    const ofProject = projectFileName(project);
    const isThere = file.exists || Object.keys(own).length > 0;
    const names = problems.map((problem) => {
        const [section = ""] = problem.path.split(/[.[]/);
        const key = `${settingsNamespace}:${section}`;
        const isOfProject =
            !(key in own) &&
            (key in project.config || project.misreadings.some((misread) => misread === problem));
        // What is stated nowhere is missing, and belongs into the file that there is.
        return isOfProject || !isThere ? ofProject : file.name;
    });
    return [file.name, ofProject].filter((name) => names.includes(name));
}

/** What to do about values that are wrong. */
export function editFiles(names: readonly string[]): string {
    return `edit ${names.map(shellWord).join(" and ")}`;
}
