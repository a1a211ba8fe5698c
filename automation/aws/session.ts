import { readFileSync } from "node:fs";

import { wayTo, type Proxies } from "../../components/model/proxy/proxyVariables";
import type { ProxyingHandler } from "../../outbound/awsHandler";
import { AppError } from "../errors/appError";
import { requireProxies } from "../errors/proxyError";
import { credentialsBy } from "./credentials";
import { toAppError, type FailedCall } from "./errors";
import { aboutMissingProfile } from "./profiles";
import { afterAttempt, NotRepeated } from "./repeats";

export interface AwsOptions {
    /** The environment variables that count; credentials and endpoint come from here before anything else. */
    readonly env: Readonly<Record<string, string | undefined>>;
    /** @default - AWS_REGION, AWS_DEFAULT_REGION, then the AWS configuration files */
    readonly region?: string;
    /** @default - AWS_PROFILE */
    readonly profile?: string;
}

/** What every client of the AWS SDK is built from. */
interface ClientConfiguration {
    readonly maxAttempts: number;
    readonly requestHandler: RequestHandler;
    /** Where credentials come from that are in no variable. @default - where the SDK looks, directly */
    readonly credentialDefaultProvider?: ReturnType<typeof credentialsBy>;
    readonly region?: string;
    readonly profile?: string;
    readonly endpoint?: string;
    readonly credentials?: {
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly sessionToken?: string;
    };
}

type RequestHandler =
    | ProxyingHandler
    | {
          readonly connectionTimeout: number;
          readonly requestTimeout: number;
          readonly httpsAgent?: { readonly ca: string };
      };

interface AnyClient {
    readonly middlewareStack: unknown;
}

interface CallContext {
    readonly commandName?: string;
}

/** What is put around a call, or around each attempt at one. */
type Wrap = (
    next: (args: unknown) => Promise<unknown>,
    context: CallContext,
) => (args: unknown) => Promise<unknown>;

/** As far as it is needed: every client of the AWS SDK has one, each with types of its own. */
interface MiddlewareStack {
    add(
        wrap: Wrap,
        options: { readonly step: string; readonly priority: string; readonly name: string },
    ): void;
}

const connectionTimeoutMilliseconds = 5_000;
const requestTimeoutMilliseconds = 60_000;
// The SDK's own three attempts are soon used up in an account where many environments are created at once.
const maxAttempts = 6;

/** The region that was given or stands in the environment; AWS's configuration files are left to the SDK. */
export function regionOf({ env, region }: AwsOptions): string | undefined {
    return region || env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || undefined;
}

/** Region, credentials, endpoint and the way out of one run. */
export class AwsSession {
    private constructor(
        private readonly options: AwsOptions,
        private readonly handler: RequestHandler,
        private readonly proxies: Proxies,
    ) {}

    /** @throws AppError AWS_CA_BUNDLE_UNREADABLE, PROXY_INVALID */
    static async open(options: AwsOptions): Promise<AwsSession> {
        const proxies = requireProxies(options.env);
        const file = options.env["AWS_CA_BUNDLE"];
        const ca = file ? readBundle(file) : undefined;
        const timeouts = {
            connectionTimeout: connectionTimeoutMilliseconds,
            requestTimeout: requestTimeoutMilliseconds,
        };
        if (proxies.https === undefined && proxies.http === undefined) {
            const httpsAgent = ca === undefined ? undefined : { ca };
            return new AwsSession(options, { ...timeouts, httpsAgent }, proxies);
        }
        const { ProxyingHandler } = await import("../../outbound/awsHandler");
        return new AwsSession(options, new ProxyingHandler({ ...timeouts, proxies, ca }), proxies);
    }

    /**
     * @param sdkServiceId AWS's id of the service, such as `AUTO_SCALING`, as in `AWS_ENDPOINT_URL_AUTO_SCALING`
     * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
     */
    configuration(sdkServiceId: string): ClientConfiguration {
        const { env } = this.options;
        const { handler } = this;
        return {
            maxAttempts: Number(env["AWS_MAX_ATTEMPTS"]) || maxAttempts,
            requestHandler: handler,
            ...(isProxying(handler) && { credentialDefaultProvider: credentialsBy(handler) }),
            region: this.region,
            profile: this.profile,
            endpoint: this.endpoint(sdkServiceId),
            credentials: this.options.profile ? undefined : credentialsFrom(env),
        };
    }

    private get region(): string | undefined {
        return regionOf(this.options);
    }

    /** The profile that was given or stands in the environment; an empty one is none. */
    private get profile(): string | undefined {
        return this.options.profile || this.options.env["AWS_PROFILE"] || undefined;
    }

    /** Makes a client throw `AppError`, with the action that failed in its message, and repeat what may be repeated. */
    connect<Client extends AnyClient>(client: Client, sdkServiceId: string, actionPrefix: string): Client {
        const endpoint = this.endpoint(sdkServiceId);
        const stack = client.middlewareStack as MiddlewareStack;
        const actionOf = ({ commandName = "" }: CallContext): string =>
            `${actionPrefix}:${commandName.replace(/Command$/, "")}`;
        const telling = catching(async (error, context) => {
            const failure = error instanceof NotRepeated ? error.failure : error;
            return this.toAppError(failure, { action: actionOf(context), endpoint });
        });
        const repeating = catching((error, context) => afterAttempt(error, actionOf(context)));
        stack.add(telling, { step: "initialize", priority: "high", name: "appErrors" });
        // Around each attempt: the SDK's own repeating is of the same step, with high priority.
        stack.add(repeating, { step: "finalizeRequest", priority: "low", name: "repeats" });
        return client;
    }

    /** What a call threw, told by the region and the profile of this session. */
    async toAppError(error: unknown, call: Pick<FailedCall, "action" | "endpoint">): Promise<AppError> {
        const { profile, region, handler } = this;
        const missingProfile = profile && (await aboutMissingProfile(profile));
        const proxy = wayTo(call.endpoint ?? "https://amazonaws.com", this.proxies).proxy?.shown;
        const failure = isProxying(handler) ? handler.failure : undefined;
        return toAppError(error, { ...call, profile, region, missingProfile, proxy, failure });
    }

    private endpoint(sdkServiceId: string): string | undefined {
        const { env } = this.options;
        return env[`AWS_ENDPOINT_URL_${sdkServiceId}`] || env["AWS_ENDPOINT_URL"] || undefined;
    }
}

function isProxying(handler: RequestHandler): handler is ProxyingHandler {
    return "handle" in handler;
}

/** Throws something else in place of what is thrown. */
function catching(replace: (error: unknown, context: CallContext) => unknown): Wrap {
    return (next, context) => async (args) => {
        try {
            return await next(args);
        } catch (error) {
            throw await replace(error, context);
        }
    };
}

/**
 * The AWS SDK for JavaScript leaves this variable to its users
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html).
 */
function readBundle(file: string): string {
    try {
        const text = readFileSync(file, "utf8");
        if (text.includes("-----BEGIN ")) {
            return text;
        }
    } catch (cause) {
        throw unreadableBundle(file, (cause as Error).message, cause);
    }
    throw unreadableBundle(file, "there is no certificate in it, expected PEM");
}

function unreadableBundle(file: string, why: string, cause?: unknown): AppError {
    return new AppError("AWS_CA_BUNDLE_UNREADABLE", {
        message: `the certificates that AWS_CA_BUNDLE names (${file}) cannot be used: ${why}`,
        cause,
    });
}

function credentialsFrom(env: AwsOptions["env"]): ClientConfiguration["credentials"] {
    const accessKeyId = env["AWS_ACCESS_KEY_ID"];
    const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
    const sessionToken = env["AWS_SESSION_TOKEN"] || undefined;
    return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : undefined;
}
