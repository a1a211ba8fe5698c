import { isDeepStrictEqual } from "node:util";

import { type Line, command } from "../../components/model/commandLine";
import { problemLine, type Problem } from "../../components/model/problem";
import {
    parseConfig,
    parseSettings,
    type ParsedSettings,
    type PulumiConfig,
    type ReadingOptions,
    type ResolvedSettings,
    settingsKeys,
    type SettingsKey,
    settingsNamespace,
} from "../../components/model/settings";
import { AppError } from "../errors/appError";
import { wordNextStep } from "../errors/wordNextStep";
import type { AwsTarget } from "../ports/context";
import { asRecord, type ConfigMisreading, isRead, qualified } from "./config";
import type { Project } from "./project";
import { openSettingsFile, type SettingsFile } from "./settingsFile";
import { editFiles, wrongFiles } from "./wrongFiles";

/**
 * Pulumi's rule for stack names: letters, digits, hyphens, underscores and periods, at most 100 of them. Periods alone are
 * folders in paths and URLs.
 */
const stackName = /^(?!\.+$)[A-Za-z0-9_.-]{1,100}$/;

/**
 * @param name whatever a program without types gives: a variable that is not set would otherwise be an environment `undefined`
 * @throws AppError USAGE when the name cannot be one of a Pulumi stack.
 */
export function checkEnvironmentName(name: unknown): void {
    if (typeof name !== "string" || !stackName.test(name)) {
        throw new AppError("USAGE", {
            message: `this is not a name for an environment: got ${JSON.stringify(name)}, expected 1 to 100 letters, digits, hyphens, underscores or periods, and not periods alone`,
            hint: command("list"),
        });
    }
}

/** An environment as its settings file (with the project's own values beneath) describes it. */
export interface EnvironmentSettings {
    readonly name: string;
    readonly file: SettingsFile;
    readonly settings: ResolvedSettings;
    readonly warnings: readonly Problem[];
    /** Where in AWS it lives, as far as the settings say. */
    readonly place: AwsTarget;
}

/**
 * Reads and checks the settings of an environment; loads nothing of Pulumi or AWS.
 * @throws AppError SETTINGS_INVALID with every problem, SETTINGS_FILE_UNREADABLE, or USAGE for an impossible name
 */
export async function readEnvironment(
    project: Project,
    name: string,
    options?: ReadingOptions,
): Promise<EnvironmentSettings> {
    checkEnvironmentName(name);
    return resolveEnvironment(project, name, await openSettingsFile(project, name), options);
}

/** What is stated of an environment, by full key, whether it is right or not. */
export function statedConfig(project: Project, file: SettingsFile): PulumiConfig {
    return { ...project.config, ...qualified(file.name, file.config, project.name).config };
}

/** Whether anything states settings of an environment: its file, or the project for all of them. */
export function areStated(project: Project, name: string, file: SettingsFile): boolean {
    const ofProject = parseConfig(project.config, { project: project.name, environment: name });
    return file.hasSettings || !isDeepStrictEqual(ofProject.settings, parseSettings({}, name).settings);
}

interface WrongValues {
    readonly nextStep?: (files: readonly string[]) => Line;
}

/**
 * Checks what a settings file says, whether it is on disk already or not.
 * @param options `nextStep` is what to do about wrong values, by the files that they stand in
 * @throws AppError SETTINGS_INVALID
 */
export function resolveEnvironment(
    project: Project,
    name: string,
    file: SettingsFile,
    { nextStep = editFiles, ...options }: ReadingOptions & WrongValues = {},
): EnvironmentSettings {
    const own = qualified(file.name, file.config, project.name);
    const config = { ...project.config, ...own.config };
    const misread = misreadingsThatCount(project, file, own.config, options.unread ?? []);
    const parsed = parseConfig(
        config,
        { project: project.name, environment: name },
        // What is in doubt by its form is not judged by what it says as well.
        {
            ...options,
            unread: [...(options.unread ?? []), ...settingsKeys.filter((key) => isMisread(misread, key))],
        },
    );
    const problems = [...misread, ...own.problems, ...parsed.problems];
    const wrong = wrongFiles(
        { project, file, own: own.config },
        problems.filter(({ severity }) => severity === "error"),
    );
    return {
        ...requireValid({ ...parsed, problems }, { what: wrong, hint: nextStep(wrong) }),
        ...{ name, file, place: awsTarget(config) },
    };
}

/**
 * @param what where the settings stand
 * @throws AppError SETTINGS_INVALID with every problem
 */
export function requireValid(
    { settings, problems }: ParsedSettings,
    { what, hint }: { readonly what: readonly string[]; readonly hint: Line },
): Pick<EnvironmentSettings, "settings" | "warnings"> {
    const errors = problems.filter((problem) => problem.severity === "error");
    if (settings === undefined || errors.length > 0) {
        throw new AppError("SETTINGS_INVALID", {
            message: `${what.join(" and ")} ${what.length > 1 ? "have" : "has"} ${errors.length === 1 ? "a problem" : `${errors.length} problems`}`,
            details: errors.map(describeProblem),
            hint,
        });
    }
    return { settings, warnings: problems.filter((problem) => problem.severity === "warning") };
}

/** Of the file, and of the project where the file does not say otherwise; not of what the reader does not look at. */
function misreadingsThatCount(
    project: Project,
    file: SettingsFile,
    config: PulumiConfig,
    unread: readonly SettingsKey[],
): readonly ConfigMisreading[] {
    const ofProject = project.misreadings.filter(({ key }) => key === undefined || !(key in config));
    return [...file.misreadings, ...ofProject].filter(
        ({ key }) =>
            key === undefined ||
            (isRead(key) && !unread.some((one) => key === `${settingsNamespace}:${one}`)),
    );
}

function isMisread(misreadings: readonly ConfigMisreading[], setting: SettingsKey): boolean {
    return misreadings.some(({ key }) => key === `${settingsNamespace}:${setting}`);
}

/** One problem as a line: `path: message (hint)`. */
export function describeProblem(problem: Problem): Line {
    return problemLine(problem, wordNextStep);
}

/** Options of Pulumi's AWS provider that lead to another account or endpoint, and that nothing but the provider reads. */
const onlyForProvider = [
    "accessKey",
    "assumeRole",
    "assumeRoleWithWebIdentity",
    "assumeRoles",
    "endpoints",
    "secretKey",
    "sharedConfigFiles",
    "sharedCredentialsFiles",
    "token",
] as const;

/**
 * Region and profile of AWS, as far as the settings file or the project fix them.
 * @throws AppError AWS_CONFIG_UNSUPPORTED for options with which the engine would work elsewhere than everything else
 */
export function awsTarget(config: PulumiConfig): AwsTarget {
    const unsupported = onlyForProvider.map((option) => `aws:${option}`).filter((key) => isSet(config[key]));
    if (unsupported.length > 0) {
        throw new AppError("AWS_CONFIG_UNSUPPORTED", {
            message: `the settings set ${unsupported.join(", ")}, which only Pulumi's AWS provider would honour: the checks and the clean-up would ask another account`,
        });
    }
    const region = plainText(config, "aws:region");
    const profile = plainText(config, "aws:profile");
    return {
        region,
        profile,
    };
}

function isSet(value: unknown): boolean {
    return value !== undefined && value !== null && value !== "";
}

/** A value that is stored as a secret can be read by the engine alone. */
function plainText(config: Readonly<Record<string, unknown>>, key: string): string | undefined {
    const value = config[key];
    if (!isSet(value)) {
        return undefined;
    }
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
        // As Pulumi hands it to its provider.
        return String(value);
    }
    const name = key.replace("aws:", "");
    throw new AppError("AWS_CONFIG_UNSUPPORTED", {
        message: `${key} is ${asRecord(value)["secure"] === undefined ? "not a text" : "stored as a secret"}, expected plain text: the checks and the clean-up could not read where the engine works`,
        hint: `pulumi config set ${key} <${name}>`,
    });
}
