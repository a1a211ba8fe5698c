import type { ImageState } from "../../../components/model/images/pintRecord";
import {
    command,
    type CommandLine,
    type Placeholder,
    type Word,
} from "../../../components/model/commandLine";
import { isRegion, regions } from "../../../components/model/region";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { awsTarget } from "../../settings/environmentSettings";
import { AppError } from "../../errors/appError";
import { nearestWord } from "../../../components/model/nearestWord";
import { openProject, settingsFileNames, type Project } from "../../settings/project";
import { openSettingsFile } from "../../settings/settingsFile";

export interface RegionRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly region: string | undefined;
}

/** In commands to go on with, where nothing tells which region is meant. */
export const anyRegion: Placeholder = { placeholder: "region" };

interface Listing {
    readonly region: Word | undefined;
    /** @default active, as the command has it */
    readonly state?: ImageState | "all";
    readonly filter?: string | undefined;
}

/** The command line that lists images. */
export function listCommand({ region, state = "active", filter }: Listing): CommandLine {
    return command(
        "images",
        "list",
        region !== undefined && ["--region", region],
        state !== "active" && ["--state", state],
        filter !== undefined && ["--filter", filter],
    );
}

/** The command that a person gave, for another region. */
export type CommandFor = (region: Word) => CommandLine;

/**
 * The region asked for; else the project's own, else that of AWS's variables and files, else the one that all
 * environments of the project are in. Asks nothing of AWS.
 * @throws AppError USAGE, AWS_REGION_MISSING
 */
export async function findRegion(
    request: RegionRequest,
    context: Pick<Context, "directory" | "loadAws">,
    commandFor: CommandFor,
): Promise<string> {
    const region = request.region ?? (await defaultRegion(request, context, commandFor));
    if (!isRegion(region)) {
        const meant = regionMeantBy(region);
        throw new AppError("USAGE", {
            message: `this is not a region: got ${JSON.stringify(region)}, ${meant === undefined ? "expected one such as eu-central-1" : `did you mean ${meant}?`}`,
            hint: commandFor(meant ?? anyRegion),
        });
    }
    return region;
}

/** The region of AWS that a person mistyped; undefined for one that is there, or like none. */
export function regionMeantBy(text: string): string | undefined {
    return regions.includes(text) ? undefined : nearestWord(text, regions);
}

async function defaultRegion(
    { projectDirectory }: RegionRequest,
    context: Pick<Context, "directory" | "loadAws">,
    commandFor: CommandFor,
): Promise<string> {
    // Images can be listed without a project as well.
    const project = await unless("PROJECT_NOT_FOUND", openProject(context, projectDirectory));
    const { identity } = await context.loadAws(awsTarget(project?.config ?? {}));
    try {
        return await identity.region();
    } catch (error) {
        if (!(error instanceof AppError) || error.code !== "AWS_REGION_MISSING") {
            throw error;
        }
        const inUse = project === undefined ? [] : await environmentRegions(project);
        const [region = "eu-central-1"] = inUse;
        if (inUse.length === 1) {
            return region;
        }
        const notGiven =
            inUse.length === 0
                ? ", and --region was not given"
                : `, --region was not given, and the environments are in ${inUse.join(" and ")}`;
        throw new AppError(error.code, {
            message: `${error.message}${notGiven}`,
            hint: commandFor(region),
            cause: error,
        });
    }
}

/** What the settings files say, each region once; a file that cannot be read is for other commands to complain of. */
async function environmentRegions(project: Project): Promise<readonly string[]> {
    const names = await settingsFileNames(project);
    const files = await Promise.all(
        names.map((name) => unless("SETTINGS_FILE_UNREADABLE", openSettingsFile(project, name))),
    );
    const found = files.map((file) => file?.config["aws:region"]);
    return [...new Set(found.filter((region) => typeof region === "string"))];
}

async function unless<T>(code: AppError["code"], attempt: Promise<T>): Promise<T | undefined> {
    try {
        return await attempt;
    } catch (error) {
        if (error instanceof AppError && error.code === code) {
            return undefined;
        }
        throw error;
    }
}
