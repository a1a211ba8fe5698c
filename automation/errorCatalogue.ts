import { exitCodes } from "./exitCodes";

interface CatalogueEntry {
    readonly exitCode: number;
    /** What the code means, for the reference. */
    readonly meaning: string;
    /** What to do next, unless the place that throws knows better. */
    readonly hint?: string;
}

const entries = {
    USAGE: {
        exitCode: exitCodes.usage,
        meaning: "The command line itself is wrong: an unknown command or option, or a missing value.",
    },
    SETTINGS_INVALID: {
        exitCode: exitCodes.usage,
        meaning: "The settings of the environment break the schema; every problem is listed with its path.",
    },
    ENVIRONMENT_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "There is no environment (Pulumi stack) of that name in this project and state backend.",
        hint: "sles-ecs list",
    },
    PROJECT_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "Neither the folder nor one above it holds a Pulumi.yaml: there is no project to work in.",
        hint: "sles-ecs init",
    },
    SETTINGS_FILE_UNREADABLE: {
        exitCode: exitCodes.usage,
        meaning: "Pulumi.yaml or the settings file of the environment is not valid YAML, or may not be read.",
    },
    SETTINGS_CONFLICT: {
        exitCode: exitCodes.usage,
        meaning: "An option would change a settings file that others use, or that already says something else.",
    },
    CONSENT_NEEDED: {
        exitCode: exitCodes.usage,
        meaning: "The command would delete or replace something, nobody is there to ask, and --yes was not given.",
    },
    DECLINED: {
        exitCode: exitCodes.declined,
        meaning: "The question whether to go on was answered with no; nothing was changed.",
    },
    INTERRUPTED: {
        exitCode: exitCodes.interrupted,
        meaning: "The command was stopped by Ctrl-C or by a signal.",
    },
    LOCKED: {
        exitCode: exitCodes.busy,
        meaning: "Another update of the environment is under way, or one was killed and left its lock behind.",
    },
    STATE_CORRUPT: {
        exitCode: exitCodes.failed,
        meaning: "The state file of the environment cannot be read; nothing is changed while that is so.",
    },
    PASSPHRASE_MISSING: {
        exitCode: exitCodes.usage,
        meaning: "The secrets of the environment are locked with a passphrase, and none was given.",
        hint: "export PULUMI_CONFIG_PASSPHRASE=<passphrase> (an empty one counts)",
    },
    PASSPHRASE_WRONG: {
        exitCode: exitCodes.usage,
        meaning: "The passphrase in the environment variables is not the one that the environment was made with.",
        hint: "export PULUMI_CONFIG_PASSPHRASE=<passphrase that the environment was made with>",
    },
    BACKEND_UNREACHABLE: {
        exitCode: exitCodes.failed,
        meaning: "The state backend does not answer, is missing, or lets nobody in with the credentials given.",
    },
    PLUGIN_MISSING: {
        exitCode: exitCodes.failed,
        meaning: "A provider plugin of Pulumi is neither installed nor to be downloaded.",
    },
    PULUMI_NOT_FOUND: {
        exitCode: exitCodes.failed,
        meaning: "The Pulumi command line is not installed, or it cannot be started.",
    },
    AWS_CREDENTIALS: {
        exitCode: exitCodes.failed,
        meaning: "AWS was asked without credentials, or with credentials that are wrong or have expired.",
        hint: "aws sts get-caller-identity",
    },
    UPDATE_FAILED: {
        exitCode: exitCodes.failed,
        meaning: "The Pulumi engine could not finish; every failed resource is listed. What was done is in the state.",
    },
    LEFT_BEHIND: {
        exitCode: exitCodes.leftBehind,
        meaning: "After a destroy something that belongs to the environment still exists; it is listed.",
    },
    PULUMI_UNAVAILABLE: {
        exitCode: exitCodes.failed,
        meaning:
            "There is no usable Pulumi CLI on PATH, and it could neither be downloaded nor be built from Go modules; " +
            "every way that was tried is listed with the reason why it failed.",
        hint: "install Pulumi (https://www.pulumi.com/docs/install/) or Go, then run the same command again",
    },
    PYTHON_MISSING: {
        exitCode: exitCodes.failed,
        meaning: "The local cloud needs a Python that is new enough, and there is none on PATH.",
        hint: "install Python: zypper install python311, or apt-get install python3 python3-venv",
    },
    PYTHON_VENV_MISSING: {
        exitCode: exitCodes.failed,
        meaning: "Python is there, but can make no virtual environment for the local cloud; some distributions part that from Python.",
        hint: "apt-get install python3-venv",
    },
    MOTO_INSTALL_FAILED: {
        exitCode: exitCodes.failed,
        meaning: "pip could not install moto, the emulator of AWS behind the local cloud; pip's last lines are shown.",
        hint: "run the same command again when the Python package index can be reached",
    },
    CACHE_UNUSABLE: {
        exitCode: exitCodes.failed,
        meaning: "The directory that keeps the fetched tools cannot be written.",
        hint: "set SLES_ECS_CACHE to a directory that you may write",
    },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof entries;

/** Every error code of the command line, with its exit code; `docs/errors.md` is generated from it. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = entries;
