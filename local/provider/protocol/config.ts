import {
    CheckFailure,
    CheckResponse,
    ConfigureResponse,
    DiffResponse,
    ProviderHandshakeResponse,
    type CheckRequest,
    type ConfigureRequest,
    type DiffRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { asBlock, isUnknown, type Json, type Properties, type Tags } from "../schema/property";
import type { InputProblem } from "../schema/resourceType";
import type { ProviderConfig, Session } from "./sessions";
import { toProperties, toStruct } from "./struct";

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

/** Every setting that a provider may have here. */
export const providerSettings: readonly string[] = [...servedSettings, ...ignoredSettings];

/** What is wrong with a provider's settings. */
function settingProblems(settings: Properties): readonly InputProblem[] {
    return Object.keys(settings)
        .filter((name) => !providerSettings.includes(name) && !name.startsWith("__"))
        .map((property) => ({
            property,
            reason: `unknown provider setting "${property}": the local provider serves ${servedSettings.join(", ")}`,
        }));
}

/**
 * Reads a provider's settings.
 * @throws Error when no region is known
 */
function parseConfig(settings: Properties): ProviderConfig {
    const region = settings["region"];
    const known = typeof region === "string" && region !== "" && !isUnknown(region) ? region : undefined;
    const chosen = known ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
    if (chosen === undefined || chosen === "") {
        throw new Error("no region: run `pulumi config set aws:region us-east-1`, or set AWS_REGION");
    }
    return { region: chosen, defaultTags: asBlock(asBlock(parsed(settings["defaultTags"]))["tags"]) as Tags };
}

/** Nested settings arrive as JSON text. */
function parsed(setting: Json | undefined): Json | undefined {
    return typeof setting === "string" && setting.startsWith("{") ? (JSON.parse(setting) as Json) : setting;
}

/** Says which parts of the protocol are spoken. Secrets come opened; the engine closes them again by name. */
export function handshake(): ProviderHandshakeResponse {
    const response = new ProviderHandshakeResponse();
    response.setAcceptSecrets(false);
    response.setAcceptResources(false);
    response.setAcceptOutputs(false);
    response.setSupportsAutonamingConfiguration(true);
    return response;
}

/** Checks a provider's settings. */
export function checkSettings(request: CheckRequest): CheckResponse {
    const settings = toProperties(request.getNews());
    const response = new CheckResponse();
    response.setInputs(toStruct(settings));
    response.setFailuresList(failures(settingProblems(settings)));
    return response;
}

/** Problems as the protocol has them. */
export function failures(problems: readonly InputProblem[]): CheckFailure[] {
    return problems.map(({ property, reason }) => {
        const failure = new CheckFailure();
        failure.setProperty(property);
        failure.setReason(reason);
        return failure;
    });
}

/** Says that another region is another provider: all its resources are replaced, as with the official one. */
export function diffSettings(request: DiffRequest): DiffResponse {
    const old = toProperties(request.getOlds())["region"];
    const wanted = toProperties(request.getNews())["region"];
    const response = new DiffResponse();
    const isOtherRegion = old !== undefined && wanted !== undefined && old !== wanted;
    response.setChanges(
        isOtherRegion ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_UNKNOWN,
    );
    response.setReplacesList(isOtherRegion ? ["region"] : []);
    return response;
}

/** Takes a provider's settings. */
export function configure(request: ConfigureRequest, session: Session): ConfigureResponse {
    session.configured = parseConfig(toProperties(request.getArgs()));
    const response = new ConfigureResponse();
    response.setAcceptsecrets(false);
    response.setSupportspreview(true);
    response.setAcceptresources(false);
    response.setAcceptoutputs(false);
    response.setSupportsAutonamingConfiguration(true);
    return response;
}
