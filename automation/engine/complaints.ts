import { command, line, shellWord, type Line } from "../../components/model/commandLine";
import type { ErrorCode } from "../errors/errorCatalogue";

/** Where Pulumi complained, as far as it decides what to do next. */
interface ComplaintPlace {
    /** Missing for commands about all stacks. */
    readonly stack?: string;
    /** The state file, where the backend is a folder. */
    readonly stateFile?: string;
    /** What a person has to type for the Pulumi CLI. */
    readonly pulumi: string;
}

/** One kind of complaint of the Pulumi CLI. */
interface Complaint {
    readonly code: ErrorCode;
    readonly pattern: RegExp;
    readonly message: (stack: string) => string;
    /** Pulumi's own words say more. */
    readonly quoted?: boolean;
    readonly details?: (place: ComplaintPlace) => readonly string[];
    readonly hint?: (text: string, place: ComplaintPlace) => Line;
}

const credentials = { message: () => "AWS does not accept the credentials", quoted: true } as const;

/**
 * What the Pulumi CLI says, by kind. It has no error codes; these are its own words, as found in its sources and
 * seen with v3.246.0. The first match counts.
 */
const complaints: readonly Complaint[] = [
    {
        code: "ENVIRONMENT_NOT_FOUND",
        pattern: /no stack named '.*' found/,
        message: (stack) => `there is no environment ${stack}: the state backend has no such stack`,
    },
    {
        code: "PROJECT_NOT_FOUND",
        pattern: /project 'main' could not be read/,
        message: () => "the program that the project names as main is not there, and Pulumi wants to see it",
        quoted: true,
        hint: () => line`${command("init")}, which writes what is missing, or correct main in Pulumi.yaml`,
    },
    {
        code: "PASSPHRASE_MISSING",
        pattern: /passphrase must be set with/,
        message: (stack) => `the secrets of ${stack} need a passphrase, and none is set`,
    },
    {
        code: "PASSPHRASE_WRONG",
        pattern: /incorrect passphrase/,
        message: (stack) =>
            `the passphrase for ${stack} is wrong: its settings were made with another one than PULUMI_CONFIG_PASSPHRASE now holds`,
    },
    {
        code: "STATE_CORRUPT",
        pattern:
            /failed to load checkpoint|unsupported checkpoint version|could not deserialize deployment|snapshot integrity|error: place \d+: /,
        message: (stack) => `the state of ${stack} cannot be read`,
        quoted: true,
        details: ({ stateFile }) => (stateFile === undefined ? [] : [`its file: ${stateFile}`]),
        hint: (_, { stack = { placeholder: "environment" } }) => command("state", "restore", stack),
    },
    {
        code: "BACKEND_UNREACHABLE",
        pattern:
            /PULUMI_ACCESS_TOKEN must be set|invalid access token|unable to open bucket|read "\.pulumi\/|could not list bucket|blob \(|missing google credentials|problem logging in/,
        message: () => "the state backend cannot be used",
        quoted: true,
        hint: backendHint,
    },
    {
        code: "PLUGIN_MISSING",
        pattern:
            /no resource plugin|could not load plugin|failed to install plugin|(?:error|failed) downloading (?:plugin|provider)|missing required plugins|unable to find required/,
        message: () => "a provider plugin is missing and could not be fetched",
        quoted: true,
        hint: pluginHint,
    },
    {
        ...credentials,
        code: "AWS_CREDENTIALS_MISSING",
        pattern: /No valid credential sources found|Could not load credentials from any providers/,
    },
    { ...credentials, code: "AWS_CREDENTIALS_EXPIRED", pattern: /ExpiredToken|RequestExpired/ },
    {
        ...credentials,
        code: "AWS_CREDENTIALS",
        pattern:
            /InvalidClientTokenId|UnrecognizedClientException|AuthFailure|SignatureDoesNotMatch|failed to refresh cached credentials|unable to validate AWS credentials/,
    },
];

/** What Pulumi complains of in what it printed, as far as it is known. */
export function complaintIn(text: string): Complaint | undefined {
    return complaints.find(({ pattern }) => pattern.test(text));
}

/**
 * The first line of a crash of the engine or of a provider, without the page of goroutines that Go writes below it:
 * https://pkg.go.dev/runtime#hdr-Environment_Variables (GOTRACEBACK).
 */
export function crashIn(text: string): string | undefined {
    return /^\s*(?:panic|fatal error): .*$(?=[^]*^\s*goroutine \d+)/m.exec(text)?.[0].trim();
}

/** The lines that Pulumi marks as errors, else the last ones; of a crash its first line. */
export function pulumiSays(text: string): readonly string[] {
    const crash = crashIn(text);
    if (crash !== undefined) {
        return [crash];
    }
    const lines = text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
    const marked = lines
        .filter((line) => line.startsWith("error:"))
        .map((line) => line.slice("error:".length).trim());
    return [...new Set(marked.length > 0 ? marked : lines.slice(-3))];
}

function backendHint(text: string, { pulumi }: ComplaintPlace): string {
    const folder = /unable to open bucket file:\/\/([^?\s]+)/.exec(text)?.[1];
    if (folder !== undefined) {
        return `mkdir -p ${shellWord(decoded(folder))}, or correct PULUMI_BACKEND_URL`;
    }
    return text.includes("PULUMI_ACCESS_TOKEN")
        ? `${pulumi} login, or export PULUMI_BACKEND_URL=file://<folder>`
        : `${pulumi} whoami --verbose`;
}

/** The path in a URL as the system knows it. */
function decoded(urlPath: string): string {
    try {
        return decodeURIComponent(urlPath);
    } catch {
        return urlPath;
    }
}

function pluginHint(text: string, { pulumi }: ComplaintPlace): string {
    const [, name = "aws"] =
        /pulumi-resource-([a-z]+)/.exec(text) ?? /resource plugin '?([a-z]+)/.exec(text) ?? [];
    const [, version] = /\bv?(\d+\.\d+\.\d+)/.exec(text) ?? [];
    return `${pulumi} plugin install resource ${name}${version === undefined ? "" : ` v${version}`}`;
}
