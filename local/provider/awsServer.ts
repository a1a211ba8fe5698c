import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { readProxies, wayTo } from "../../components/model/proxy/proxyVariables";
import type { ProxyingHandler } from "../../outbound/awsHandler";
import { ClientPool } from "./aws/clients";
import { providerService } from "./protocol/service";
import { Sessions } from "./protocol/sessions";

/** A running server of the `aws` package. */
export interface AwsProviderServer {
    /** Port on 127.0.0.1, for `PULUMI_DEBUG_PROVIDERS=aws:<port>`. */
    readonly port: number;
    /** Ends what is going on and the server. */
    close(): Promise<void>;
}

/** Where the server finds the AWS that it works on. */
export interface AwsProviderOptions {
    /** @default - `AWS_ENDPOINT_URL` */
    readonly endpoint?: string;
    /** @default - a free one */
    readonly port?: number;
}

/** Any number and size of properties; user data and policies make messages larger than gRPC's 4 MiB. */
const unlimited = -1;

/**
 * Starts the local cloud's own provider of the `aws` package: it serves the resource types and functions that the
 * components use, on an emulated AWS only. It is not the official plugin, which always drives AWS itself.
 * One server serves any number of engines, which attach by `PULUMI_DEBUG_PROVIDERS=aws:<port>`.
 * Its requests leave this machine as those of the command line do, by the proxy of the environment variables.
 * @throws Error when no endpoint is given, or one of AWS itself
 */
export async function startAwsProvider(options: AwsProviderOptions = {}): Promise<AwsProviderServer> {
    const endpoint = options.endpoint ?? process.env["AWS_ENDPOINT_URL"];
    const isSet = endpoint !== undefined && endpoint !== "";
    if (!isSet || new URL(endpoint).hostname.includes("amazonaws.")) {
        throw new Error(
            `the local provider never speaks to AWS itself: got AWS_ENDPOINT_URL ${isSet ? endpoint : "not set"}, ` +
                "expected that of the local cloud; run `sles-ecs local start`",
        );
    }
    const pool = new ClientPool(endpoint, await handlerFor(endpoint));
    const sessions = new Sessions(pool);
    const server = new Server({
        "grpc.max_receive_message_length": unlimited,
        "grpc.max_send_message_length": unlimited,
    });
    server.addService(ResourceProviderService, providerService(sessions));
    const port = await bind(server, options.port ?? 0);
    return {
        port,
        close: () => {
            sessions.cancelAll();
            server.forceShutdown();
            pool.close();
            return Promise.resolve();
        },
    };
}

/** The endpoint is on this machine as a rule, where no proxy is for it. */
async function handlerFor(endpoint: string): Promise<ProxyingHandler | undefined> {
    const { proxies } = readProxies(process.env);
    if (wayTo(endpoint, proxies).proxy === undefined) {
        return undefined;
    }
    const { ProxyingHandler } = await import("../../outbound/awsHandler");
    return new ProxyingHandler({ proxies });
}

function bind(server: Server, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
        server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
            if (error === null) {
                resolve(bound);
            } else {
                reject(
                    new Error(`the local provider cannot listen on port ${port}: ${error.message}`, {
                        cause: error,
                    }),
                );
            }
        });
    });
}
