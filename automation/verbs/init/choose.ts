import path from "node:path";

import { doubtRegion, expectedRegion } from "../../../components/model/region";
import { withoutPasswords } from "../../../components/model/secrets";
import type { CommonOptions } from "../../command/command";
import { AppError } from "../../errors/appError";
import type { Context } from "../../ports/context";
import { findBackend } from "../../settings/backend";
import type { Standing } from "./standing";

export interface InitRequest extends Pick<CommonOptions, "projectDirectory" | "yes"> {
    /** Name of the Pulumi project. @default - the name of the folder */
    readonly name: string | undefined;
    /** Region of the first environment. @default - AWS_REGION, or us-east-1 */
    readonly region: string | undefined;
    /** URL of the state backend. @default - where Pulumi keeps states already, or a folder of the project */
    readonly backend: string | undefined;
}

/** What is going to be written; what stands already is not chosen. */
export interface Choice {
    readonly name?: string;
    readonly region?: string;
    /** What Pulumi.yaml is to say; missing also where Pulumi finds the same by itself. */
    readonly backend?: string;
}

/** Of a project's name (pulumi/pulumi, sdk/go/common/tokens, ValidateProjectName). */
const projectName = /^[A-Za-z0-9_.-]{1,100}$/;

/** That of AWS's own first examples; somebody who has another one says so. */
const firstRegion = "us-east-1";

/** For whoever is logged in nowhere: nothing but this machine is needed. */
const stateFolder = "file://./state";

/** Where Pulumi can keep states (pulumi.com, State and backends). */
const backendUrl = /^(?:file|s3|gs|azblob|postgres|https?):\/\/\S+$/;

/**
 * What the project is to be: as the options say; a person at a terminal is asked for the rest, as far as it is going to be written.
 * @throws AppError USAGE with everything that is wrong, SETTINGS_CONFLICT for an option that says something else than what stands
 */
export async function choose(
    request: InitRequest,
    directory: string,
    standing: Standing,
    { env, io }: Pick<Context, "env" | "io">,
): Promise<Choice> {
    refuseConflicts(request, standing);
    const answer = (given: string | undefined, question: string, preset: string) =>
        given ?? (io.interactive && !request.yes ? io.ask(question, preset) : preset);
    const ofVariable = regionOfVariable(env);
    const name =
        standing.name === undefined
            ? await answer(request.name, "Name of the Pulumi project", nameOf(directory))
            : undefined;
    const region =
        standing.settings === undefined
            ? await answer(request.region, "Region of the environment dev", ofVariable?.region ?? firstRegion)
            : undefined;
    const regionSource =
        request.region === undefined && region === ofVariable?.region ? ofVariable?.name : undefined;
    const backend =
        standing.name === undefined ? await chooseBackend(request, directory, env, answer) : undefined;
    refuseWrong([
        ...(name === undefined ? [] : nameProblems(name)),
        ...(region === undefined ? [] : regionProblems(regionSource ?? "--region", region)),
        ...(backend === undefined ? [] : backendProblems(backend)),
    ]);
    return { name, region, backend };
}

function regionOfVariable(
    env: Context["env"],
): { readonly name: string; readonly region: string } | undefined {
    return ["AWS_REGION", "AWS_DEFAULT_REGION"].flatMap((name) => {
        const region = env[name] ?? "";
        return region === "" ? [] : [{ name, region }];
    })[0];
}

/** @returns undefined where Pulumi keeps states there without being told */
async function chooseBackend(
    request: InitRequest,
    directory: string,
    env: Context["env"],
    answer: (given: string | undefined, question: string, preset: string) => string | Promise<string>,
): Promise<string | undefined> {
    const present = (await findBackend({ directory }, env)).url;
    const preset = withoutPasswords(present ?? stateFolder);
    const question = "Where Pulumi keeps the state: file://, s3:// or https://";
    const chosen = await answer(request.backend, question, preset);
    const isPulumisOwn = request.backend === undefined && present !== undefined;
    return isPulumisOwn && (chosen === present || chosen === preset) ? undefined : chosen;
}

/** @throws AppError SETTINGS_CONFLICT: a file that stands is left as it is, and nobody is to believe otherwise */
function refuseConflicts(request: InitRequest, { name, settings, backend }: Standing): void {
    const conflicts = [
        conflict("--name", request.name, name, "Pulumi.yaml"),
        conflict("--backend", request.backend, name && (backend ?? "no backend"), "Pulumi.yaml"),
        conflict("--region", request.region, settings && (settings.region ?? "no region"), "Pulumi.dev.yaml"),
    ].flat();
    if (conflicts.length > 0) {
        throw new AppError("SETTINGS_CONFLICT", {
            message: "a file that is there is never overwritten, and says something else",
            details: conflicts,
            hint: "edit the file, or leave the option out",
        });
    }
}

function conflict(
    option: string,
    given: string | undefined,
    stands: string | undefined,
    file: string,
): string[] {
    return given === undefined || stands === undefined || given === stands
        ? []
        : [`${option}: got ${withoutPasswords(given)}, and ${file} says ${withoutPasswords(stands)}`];
}

function nameProblems(name: string): string[] {
    return projectName.test(name)
        ? []
        : [
              `--name: ${name} cannot be the name of a Pulumi project, expected 1 to 100 letters, digits, dots, hyphens or underscores`,
          ];
}

function regionProblems(source: string, region: string): string[] {
    const doubt = doubtRegion(region);
    const meant = doubt?.meant === undefined ? "" : `; did you mean ${doubt.meant}?`;
    return doubt?.isWrong === true ? [`${source}: got ${region}, expected ${expectedRegion}${meant}`] : [];
}

function backendProblems(backend: string): string[] {
    return backendUrl.test(backend)
        ? []
        : [
              `--backend: got ${withoutPasswords(backend)}, expected a URL such as file://./state, s3://<bucket> or https://api.pulumi.com`,
          ];
}

function refuseWrong([first, ...others]: readonly string[]): void {
    if (first !== undefined) {
        throw new AppError("USAGE", { message: first, details: others });
    }
}

/**
 * A name of the folder's own: projects that are called alike share their stacks where they share a state backend.
 */
function nameOf(directory: string): string {
    const name = path
        .basename(directory)
        .replace(/[^A-Za-z0-9_.-]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 100);
    return name === "" ? "sles-ecs" : name;
}
