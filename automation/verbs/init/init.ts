import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { AppError } from "../../errors/appError";
import { readPackageFile, type PackageFile } from "../../setup/packageFile";
import { asRecord } from "../../settings/project";

export type InitRequest = Pick<CommonOptions, "projectDirectory">;

export interface InitResult {
    readonly directory: string;
    readonly files: readonly InitFile[];
}

export interface InitFile {
    readonly name: string;
    readonly outcome: "written" | "completed" | "kept";
}

/** Name in the project, and in the templates where it differs. */
const templates: readonly (readonly [name: string, template?: string])[] = [
    ["Pulumi.yaml"],
    ["Pulumi.dev.yaml"],
    ["index.ts", "index.ts.txt"],
    ["tsconfig.json"],
    [".gitignore", "gitignore.txt"],
];

/** Writes a project that is ready for its first `up`. A file that exists is never overwritten. */
export async function init(request: InitRequest, context: Pick<Context, "directory">): Promise<InitResult> {
    const directory = path.resolve(context.directory, request.projectDirectory ?? ".");
    try {
        await mkdir(directory, { recursive: true });
        const files: InitFile[] = [];
        for (const [name, template] of templates) {
            const content = await readFile(path.join(__dirname, "templates", template ?? name), "utf8");
            files.push({ name, outcome: await writeNew(path.join(directory, name), content) });
        }
        files.push({ name: "package.json", outcome: await completePackage(directory) });
        return { directory, files };
    } catch (error) {
        throw isRefusal(error)
            ? new AppError("USAGE", {
                  message: `cannot write into ${directory}: ${(error as Error).message}`,
                  cause: error,
              })
            : error;
    }
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

/** Adds what a package.json lacks; what it says already stays. */
async function completePackage(directory: string): Promise<InitFile["outcome"]> {
    const file = path.join(directory, "package.json");
    const text = await readFile(file, "utf8").catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    });
    const present = text === undefined ? {} : parsePackage(file, text);
    const completed = withEntries(present, readPackageFile());
    if (JSON.stringify(completed) === JSON.stringify(present)) {
        return "kept";
    }
    await writeFile(file, `${JSON.stringify(completed, undefined, 2)}\n`);
    return text === undefined ? "written" : "completed";
}

/** Pulumi's SDKs are the project's own entries, in the versions that this package was made with. */
function withEntries(present: Readonly<Record<string, unknown>>, own: PackageFile): Record<string, unknown> {
    const wanted = {
        "@pulumi/pulumi": own.dependencies["@pulumi/pulumi"],
        "sles-ecs": `^${own.version}`,
        typescript: own.dependencies["typescript"],
    };
    return {
        name: "sles-ecs-project",
        private: true,
        ...present,
        dependencies: { ...wanted, ...asRecord(present["dependencies"]) },
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
    return ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(
        (error as NodeJS.ErrnoException).code ?? "",
    );
}
