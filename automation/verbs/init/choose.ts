import { access } from "node:fs/promises";
import path from "node:path";

import { doubtRegion } from "../../../components/model/region";
import type { CommonOptions } from "../../command/command";
import { AppError } from "../../errors/appError";
import type { Context } from "../../ports/context";
import { findBackend } from "../../settings/backend";

export interface InitRequest extends Pick<CommonOptions, "projectDirectory" | "yes"> {
    /** Name of the Pulumi project. @default - the name of the folder */
    readonly name: string | undefined;
    /** Region of the first environment. @default - AWS_REGION, or us-east-1 */
    readonly region: string | undefined;
    /** URL of the state backend. @default - where Pulumi keeps states already, or a folder of the project */
    readonly backend: string | undefined;
}

export interface Choice {
    readonly name: string;
    readonly region: string;
    /** What Pulumi.yaml is to say; missing where Pulumi finds the same by itself. */
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
 * @throws AppError USAGE with everything that is wrong
 */
export async function choose(
    request: InitRequest,
    directory: string,
    context: Pick<Context, "env" | "io">,
): Promise<Choice> {
    const { env, io } = context;
    const isWritten = async (file: string): Promise<boolean> =>
        access(path.join(directory, file)).then(
            () => false,
            () => true,
        );
    const [newProject, newSettings] = await Promise.all(["Pulumi.yaml", "Pulumi.dev.yaml"].map(isWritten));
    const isAsked = io.interactive && !request.yes;
    const answer = async (
        given: string | undefined,
        matters: boolean | undefined,
        question: string,
        preset: string,
    ) => given ?? (isAsked && matters === true ? io.ask(question, preset) : preset);

    const name = await answer(request.name, newProject, "Name of the Pulumi project", nameOf(directory));
    const wanted = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || firstRegion;
    const region = await answer(request.region, newSettings, "Region of the environment dev", wanted);
    const present = (await findBackend({ directory }, env)).url;
    const backend = await answer(
        request.backend,
        newProject,
        "Where Pulumi keeps the state: file://, s3:// or https://",
        present ?? stateFolder,
    );
    refuseWrong({ name, region, backend });
    return { name, region, backend: backend === present ? undefined : backend };
}

function refuseWrong({ name, region, backend }: Required<Choice>): void {
    const doubt = doubtRegion(region);
    const wrong = [
        projectName.test(name)
            ? []
            : `--name: ${name} cannot be the name of a Pulumi project, expected 1 to 100 letters, digits, dots, hyphens or underscores`,
        doubt?.isWrong === true
            ? `--region: got ${region}, expected a region of AWS such as eu-central-1${doubt.meant === undefined ? "" : `; did you mean ${doubt.meant}?`}`
            : [],
        backendUrl.test(backend)
            ? []
            : `--backend: got ${backend}, expected a URL such as file://./state, s3://<bucket> or https://api.pulumi.com`,
    ].flat();
    const [first, ...others] = wrong;
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
