import { shellWord } from "../../components/model/commandLine";
import { doubtRegion } from "../../components/model/region";
import type { ErrorCode } from "../errors/errorCatalogue";
import { ProxyFailure } from "../../outbound/proxyFailure";
import { AppError } from "../errors/appError";
import { proxyError } from "../errors/proxyError";

/** The call that failed, for the message. */
export interface FailedCall {
    /** IAM's name of the action, such as `ecs:DescribeClusters`. */
    readonly action: string;
    /** Where the call went, when that is not AWS itself. */
    readonly endpoint: string | undefined;
    /** Of AWS's configuration files, where one was named. */
    readonly profile?: string;
    /** What is wrong with that profile, where there is none of the name. */
    readonly missingProfile?: string;
    /** Where it was named. */
    readonly region?: string;
    /** The proxy by which the call goes, as it may be shown. */
    readonly proxy?: string;
    /** Why the last request got no further than its proxy, where it is that which ended last. */
    readonly failure?: ProxyFailure;
}

interface AwsError {
    readonly name: string;
    readonly message: string;
    readonly code: string | undefined;
    readonly status: number | undefined;
}

const expired = new Set(["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"]);
const refused = new Set([
    "AuthFailure",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "IncompleteSignature",
    "MissingAuthenticationToken",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
]);
const denied = new Set([
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
    "UnauthorizedAccess",
]);
/** AWS's words for too many calls; it has done nothing of the one that it answers so. */
export const throttled = new Set([
    "BandwidthLimitExceeded",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "TooManyRequestsException",
]);
const unreachable = new Set([
    "EAI_AGAIN",
    "ECONNABORTED",
    "ECONNREFUSED",
    "ECONNRESET",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "EPIPE",
    "ETIMEDOUT",
    "TimeoutError",
]);

const listProfiles = "aws configure list-profiles";

/** Nobody who is trusted has signed what the other side shows (https://nodejs.org/api/tls.html, "X509 certificate error codes"). */
const untrusted = new Set([
    "CERT_UNTRUSTED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** What the AWS SDK threw, as an error for people. Errors that are one already stay as they are. */
export function toAppError(error: unknown, call: FailedCall): AppError {
    if (error instanceof AppError) {
        return error;
    }
    if (error instanceof ProxyFailure) {
        return proxyError(error);
    }
    const aws = describe(error);
    // What asks for credentials tells only that it has none.
    if (call.failure !== undefined && /^(CredentialsProvider|TokenProvider)Error$/.test(aws.name)) {
        return proxyError(call.failure);
    }
    const [code, message, hint] = classify(aws, call);
    return new AppError(code, { message, cause: error, hint });
}

/** AWS's name of an error, such as `ClusterNotFoundException`, also of one that has been made an `AppError`. */
export function awsErrorName(error: unknown): string {
    return describe(error instanceof AppError ? error.cause : error).name;
}

function classify(error: AwsError, call: FailedCall): readonly [ErrorCode, string, string?] {
    const by = call.proxy === undefined ? "" : ` through the proxy ${call.proxy}`;
    const where = `${call.endpoint ?? "AWS"}${by}`;
    const lacking = lackOf(error);
    if (lacking !== undefined && call.missingProfile !== undefined) {
        return [lacking, call.missingProfile, listProfiles];
    }
    const fromProfile = call.profile === undefined ? undefined : fromFiles(error, call.profile);
    if (fromProfile !== undefined) {
        return fromProfile;
    }
    if (lacking === "AWS_CREDENTIALS_MISSING") {
        return [lacking, `no AWS credentials: ${oneLine(error.message)}`];
    }
    if (lacking === "AWS_REGION_MISSING") {
        return [lacking, "no AWS region: neither AWS_REGION nor the AWS configuration names one"];
    }
    if (expired.has(error.name)) {
        return ["AWS_CREDENTIALS_EXPIRED", `the AWS credentials have expired: ${oneLine(error.message)}`];
    }
    if (refused.has(error.name)) {
        return [
            "AWS_CREDENTIALS",
            `${where} refuses the credentials: ${error.name}, ${oneLine(error.message)}`,
        ];
    }
    if (denied.has(error.name)) {
        return ["AWS_ACCESS_DENIED", `not allowed to call ${call.action}: ${oneLine(error.message)}`];
    }
    if (throttled.has(error.name) || error.status === 429) {
        return [
            "AWS_THROTTLED",
            `${where} slows us down: ${call.action} was refused again and again (${error.name})`,
        ];
    }
    const doubt = call.region === undefined ? undefined : doubtRegion(call.region);
    if (error.code === "ENOTFOUND" && call.endpoint === undefined && doubt !== undefined) {
        const { meant } = doubt;
        return [
            "AWS_UNREACHABLE",
            `cannot reach AWS for ${call.action}: nothing answers in ${call.region}, which is no region of AWS that is known here${meant === undefined ? "" : `; did you mean ${meant}?`}`,
            meant && `export AWS_REGION=${meant}`,
        ];
    }
    if (unreachable.has(error.code ?? "") || unreachable.has(error.name)) {
        return [
            "AWS_UNREACHABLE",
            `cannot reach ${where} for ${call.action}: ${oneLine(error.message) || error.code}`,
        ];
    }
    if (untrusted.has(error.code ?? "")) {
        return [
            "AWS_UNREACHABLE",
            `cannot reach ${where} for ${call.action}: no trusted authority has signed its certificate: ${oneLine(error.message)}`,
            "export AWS_CA_BUNDLE=<file with the certificates of your authority, in PEM>",
        ];
    }
    return ["AWS_FAILED", `${call.action} failed: ${error.name}, ${oneLine(error.message)}`];
}

/** What the SDK did not find, before it called anybody. */
function lackOf({ name, message }: AwsError): "AWS_CREDENTIALS_MISSING" | "AWS_REGION_MISSING" | undefined {
    if (/^Region is missing/.test(message)) {
        return "AWS_REGION_MISSING";
    }
    return name === "CredentialsProviderError" || /^Resolved credential object is not valid/.test(message)
        ? "AWS_CREDENTIALS_MISSING"
        : undefined;
}

/** The SDK's own words for what a profile lacks (credential-provider-ini, credential-provider-sso, token-providers). */
function fromFiles(error: AwsError, profile: string): readonly [ErrorCode, string, string] | undefined {
    const option = `--profile ${shellWord(profile)}`;
    if (/SSO session/.test(error.message)) {
        return [
            "AWS_SSO_LOGIN_NEEDED",
            `the profile ${profile} is of IAM Identity Center (SSO), and nobody is logged in: ${oneLine(error.message)}`,
            `aws sso login ${option}`,
        ];
    }
    if (/requires multi-factor authentication/.test(error.message)) {
        return [
            "AWS_MFA_NEEDED",
            `the profile ${profile} asks for a code of multi-factor authentication (MFA), which only the AWS CLI can ask you for`,
            `eval "$(aws configure export-credentials ${option} --format env)", then unset AWS_PROFILE`,
        ];
    }
    return error.name === "CredentialsProviderError"
        ? [
              "AWS_CREDENTIALS_MISSING",
              `no AWS credentials for the profile ${profile}: ${oneLine(error.message)}`,
              listProfiles,
          ]
        : undefined;
}

function describe(error: unknown): AwsError {
    const fields = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
    const metadata = fields["$metadata"] as { readonly httpStatusCode?: number } | undefined;
    const inner = (fields["errors"] as readonly unknown[] | undefined)?.[0] ?? fields["cause"];
    const innerFields = (inner ?? {}) as Record<string, unknown>;
    const code = text(fields["code"]) ?? text(innerFields["code"]);
    return {
        name: text(fields["name"]) ?? "Error",
        message:
            text(fields["message"]) ||
            text(innerFields["message"]) ||
            (typeof error === "string" ? error : ""),
        code,
        status: metadata?.httpStatusCode,
    };
}

function text(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

function oneLine(message: string): string {
    return message.replace(/\s+/g, " ").trim().replace(/\.$/, "");
}
