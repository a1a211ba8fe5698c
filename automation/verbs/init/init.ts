import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { withoutPasswords } from "../../../components/model/secrets";
import type { Context } from "../../ports/context";
import { AppError } from "../../errors/appError";
import { replaceFile } from "../../output/replaceFile";
import { FolderError, makeFolder } from "../../output/makeFolder";
import { readPackageFile, type PackageFile } from "../../setup/packageFile";
import { findBackend } from "../../settings/backend";
import { asRecord, openProject } from "../../settings/project";
import { choose, type Choice, type InitRequest } from "./choose";
import { readStanding } from "./standing";

export interface InitResult {
    readonly directory: string;
    /** Name of the Pulumi project in the Pulumi.yaml that was written; missing where that was there already. */
    readonly project?: string;
    /** Region in the Pulumi.dev.yaml that was written; missing where that was there already. */
    readonly region?: string;
    readonly state: InitState;
    readonly files: readonly InitFile[];
}

export interface InitState {
    /** Where the states of the project's stacks are; missing where that is Pulumi's own service and nobody is logged in. */
    readonly backend?: string;
    /** Secrets in the state are locked by a passphrase, and none is given. */
    readonly needsPassphrase: boolean;
}

export interface InitFile {
    readonly name: string;
    readonly outcome: "written" | "completed" | "kept";
}

/** Name in the project, and in the templates where it differs. */
type Template = readonly [name: string, template?: string];

/** @param program what `pulumi up` runs */
function templates(program: readonly Template[]): readonly Template[] {
    return [["Pulumi.yaml"], ["Pulumi.dev.yaml"], ...program, [".gitignore", "gitignore.txt"]];
}

const inTypeScript: readonly Template[] = [["index.ts", "index.ts.txt"], ["tsconfig.json"]];

/**
 * The same where package.json says `"type": "module"`: there Pulumi compiles TypeScript only by a ts-node that is newer
 * than its own (@pulumi/pulumi, cmd/run/run.ts).
 */
const asModule: readonly Template[] = [["index.mjs", "index.mjs.txt"]];

/**
 * Writes a project that is ready for its first `up`. A file that exists is never overwritten.
 * @throws AppError USAGE for a name that Pulumi does not take, a region or a state backend that is none, or a folder that cannot be
 * written to
 */
export async function init(
    request: InitRequest,
    context: Pick<Context, "directory" | "env" | "io">,
): Promise<InitResult> {
    const directory = path.resolve(context.directory, request.projectDirectory ?? ".");
    const chosen = await choose(request, directory, await readStanding(directory), context);
    try {
        await makeFolder(directory);
        const program = (await isModule(directory)) ? asModule : inTypeScript;
        const files: InitFile[] = [];
        for (const [name, template] of templates(program)) {
            const content = await readFile(path.join(__dirname, "templates", template ?? name), "utf8");
            const named = fillIn(content, chosen).replace(
                /^main: index\.ts$/m,
                `main: ${program[0]?.[0] ?? ""}`,
            );
            files.push({ name, outcome: await writeNew(path.join(directory, name), named) });
        }
        files.push({ name: "package.json", outcome: await completePackage(directory) });
        return {
            directory,
            project: chosen.name,
            region: chosen.region,
            state: await stateOf(directory, chosen, context),
            files,
        };
    } catch (error) {
        throw isRefusal(error)
            ? new AppError("USAGE", {
                  message: `cannot write into ${directory}: ${(error as Error).message}`,
                  cause: error,
              })
            : error;
    }
}

/** The template with what was chosen; the backend only where it is another than Pulumi's own choice. */
function fillIn(template: string, { name, region, backend }: Choice): string {
    const url = backend === undefined ? "" : `\nbackend:\n  url: ${JSON.stringify(backend)}`;
    return template
        .replace(/^name: PROJECT$/m, `name: ${JSON.stringify(name)}`)
        .replace(/^main: index\.ts$/m, (main) => `${main}${url}`)
        .replace(/^ {2}aws:region: .*$/m, (line) =>
            region === undefined ? line : `  aws:region: ${region}`,
        );
}

/** Where the states are, by what the folder's Pulumi.yaml says now. A folder that was named there is made, as Pulumi makes none. */
async function stateOf(
    directory: string,
    { backend }: Choice,
    { env }: Pick<Context, "env">,
): Promise<InitState> {
    const project = await openProject({ directory }, directory);
    const found = await findBackend(project, env);
    if (backend !== undefined && found.directory !== undefined) {
        await makeFolder(found.directory);
    }
    const passphrase = env["PULUMI_CONFIG_PASSPHRASE"] ?? env["PULUMI_CONFIG_PASSPHRASE_FILE"];
    return {
        backend: found.url && withoutPasswords(found.url),
        needsPassphrase: !found.isService && passphrase === undefined,
    };
}

async function writeNew(file: string, content: string): Promise<"written" | "kept"> {
    try {
        await writeFile(file, content, { flag: "wx" });
        return "written";
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") {
            return "kept";
        }
        throw error;
    }
}

async function readPackage(
    directory: string,
): Promise<{ readonly file: string; readonly text: string | undefined }> {
    const file = path.join(directory, "package.json");
    const text = await readFile(file, "utf8").catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    });
    return { file, text };
}

async function isModule(directory: string): Promise<boolean> {
    const { file, text } = await readPackage(directory);
    return text !== undefined && parsePackage(file, withoutMark(text))["type"] === "module";
}

function withoutMark(text: string): string {
    return text.replace(/^\ufeff/, "");
}

/** Adds what a package.json lacks; what it says already stays. */
async function completePackage(directory: string): Promise<InitFile["outcome"]> {
    const { file, text } = await readPackage(directory);
    const own = readPackageFile();
    if (text === undefined) {
        const made = withDependencies({ name: "sles-ecs-project", private: true }, own);
        await writeFile(file, `${JSON.stringify(made, undefined, 2)}\n`);
        return "written";
    }
    const present = parsePackage(file, withoutMark(text));
    const completed = withDependencies(present, own);
    if (JSON.stringify(completed) === JSON.stringify(present)) {
        return "kept";
    }
    await replaceFile(file, writtenLike(text, completed));
    return "completed";
}

/** As the file is written already: its indentation, its line breaks, its mark of byte order and its end. */
function writtenLike(text: string, value: object): string {
    const indent = /^\ufeff?\s*\{\r?\n([ \t]+)/.exec(text)?.[1] ?? 2;
    const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
    const json = JSON.stringify(value, undefined, indent).replaceAll("\n", lineBreak);
    return `${text.startsWith("\ufeff") ? "\ufeff" : ""}${json}${text.endsWith("\n") ? lineBreak : ""}`;
}

/**
 * Pulumi's SDKs are the project's own entries, from the versions on that this package was made with: not every package manager
 * brings what another package wants beside itself. What is listed already, for development or otherwise, stays.
 */
function withDependencies(
    present: Readonly<Record<string, unknown>>,
    own: PackageFile,
): Record<string, unknown> {
    const wanted = {
        ...own.peerDependencies,
        "sles-ecs": `^${own.version}`,
        typescript: own.dependencies["typescript"],
    };
    const listed = { ...asRecord(present["devDependencies"]), ...asRecord(present["dependencies"]) };
    const missing = Object.entries(wanted).filter(([name]) => listed[name] === undefined);
    return missing.length === 0
        ? present
        : {
              ...present,
              dependencies: { ...asRecord(present["dependencies"]), ...Object.fromEntries(missing) },
          };
}

function parsePackage(file: string, text: string): Readonly<Record<string, unknown>> {
    try {
        return asRecord(JSON.parse(text) as unknown);
    } catch (error) {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${file} is not valid JSON`,
            cause: error,
        });
    }
}

function isRefusal(error: unknown): boolean {
    return (
        error instanceof FolderError ||
        ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(
            (error as NodeJS.ErrnoException).code ?? "",
        )
    );
}
