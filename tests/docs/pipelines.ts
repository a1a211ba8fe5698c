import { readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import { root } from "./pages";

/** A job of a ready pipeline: its environment variables, and its scripts as one. */
export interface PipelineJob {
    readonly name: string;
    readonly env: Readonly<Record<string, string>>;
    readonly script: string;
}

type Fields = Readonly<Record<string, unknown>>;

const pipelines = path.join(root, "docs", "pipelines");

/** The jobs of one of the ready files, its variables filled in as the service would. */
export function pipelineJobs(
    file: string,
    variables: Readonly<Record<string, string>>,
): readonly PipelineJob[] {
    const content = parse(readFileSync(path.join(pipelines, file), "utf8")) as Fields;
    return file.startsWith("github/") ? githubJobs(content, variables) : gitlabJobs(content);
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax */
function githubJobs(
    { env, jobs }: Fields,
    variables: Readonly<Record<string, string>>,
): readonly PipelineJob[] {
    const filled = (text: string): string =>
        text.replace(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => variables[expression] ?? "");
    return Object.entries(jobs as Record<string, Fields>).map(([name, job]) => {
        const all = { ...(env as object), ...(job["env"] as object) } as Record<string, string>;
        const steps = job["steps"] as readonly { readonly run?: string }[];
        return {
            name,
            env: Object.fromEntries(Object.entries(all).map(([key, value]) => [key, filled(value)])),
            script: steps.flatMap(({ run }) => run ?? []).join("\n"),
        };
    });
}

/** https://docs.gitlab.com/ci/yaml/ */
function gitlabJobs(content: Fields): readonly PipelineJob[] {
    return Object.entries(content as Record<string, Fields>)
        .filter(([name]) => !name.startsWith("."))
        .map(([name, job]) => {
            const base = content[String(job["extends"])] as Fields;
            const lines = [base["before_script"], job["script"]] as readonly (readonly string[])[];
            return { name, env: {}, script: lines.flat().join("\n") };
        });
}
