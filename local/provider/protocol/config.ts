import type { Json, Properties } from "../schema/property";
import type { InputProblem, Tags } from "../schema/resourceType";
import { isUnknown } from "../schema/unknown";

/** The settings of one provider, the default one or an explicit `aws.Provider`, that matter here. */
export interface ProviderConfig {
    readonly region: string;
    readonly defaultTags: Tags;
}

/** Settings that only say how to reach AWS itself, or relax checks that are not made here. */
const ignoredSettings = [
    "accessKey",
    "endpoints",
    "maxRetries",
    "profile",
    "retryMode",
    "s3UsePathStyle",
    "secretKey",
    "sharedConfigFiles",
    "sharedCredentialsFiles",
    "skipCredentialsValidation",
    "skipMetadataApiCheck",
    "skipRegionValidation",
    "skipRequestingAccountId",
    "stsRegion",
    "token",
    "useDualstackEndpoint",
    "useFipsEndpoint",
    "version",
];

/** Settings that are honoured. */
const servedSettings = ["region", "defaultTags"];

/** What is wrong with a provider's settings. */
export function checkConfig(settings: Properties): readonly InputProblem[] {
    return Object.keys(settings)
        .filter(
            (name) =>
                !servedSettings.includes(name) && !ignoredSettings.includes(name) && !name.startsWith("__"),
        )
        .map((property) => ({
            property,
            reason: `unknown provider setting "${property}": the local provider serves ${servedSettings.join(", ")}`,
        }));
}

/**
 * Reads a provider's settings.
 * @throws Error when no region is known
 */
export function parseConfig(settings: Properties, env: NodeJS.ProcessEnv): ProviderConfig {
    const region = settings["region"];
    const known = typeof region === "string" && region !== "" && !isUnknown(region) ? region : undefined;
    const chosen = known ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
    if (chosen === undefined || chosen === "") {
        throw new Error("no region: run `pulumi config set aws:region us-east-1`, or set AWS_REGION");
    }
    return { region: chosen, defaultTags: tagsOf(parsed(settings["defaultTags"])) };
}

/** Nested settings arrive as JSON text. */
function parsed(setting: Json | undefined): Json | undefined {
    return typeof setting === "string" && setting.startsWith("{") ? (JSON.parse(setting) as Json) : setting;
}

function tagsOf(defaultTags: Json | undefined): Tags {
    if (typeof defaultTags !== "object" || defaultTags === null || Array.isArray(defaultTags)) {
        return {};
    }
    return { ...(defaultTags as { readonly tags?: Tags }).tags };
}
