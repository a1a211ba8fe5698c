import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import type { Cluster } from "@aws-sdk/client-ecs";
import { ECR } from "@aws-sdk/client-ecr";
import { IAM } from "@aws-sdk/client-iam";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { once } from "node:events";
import http from "node:http";
import type { IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { localAuthorization } from "../front/apiRequest";
import { AwsError } from "../front/apiResponse";
import { MotoLookUps } from "./motoLookUps";

/** moto as the local cloud's own parts talk to it: behind the front, without faults, not in the request log. */
export class MotoClients {
    private readonly ec2Clients = new Map<string, EC2>();
    private readonly autoScalingClients = new Map<string, AutoScaling>();
    private readonly ecrClients = new Map<string, ECR>();
    private readonly regionLookUps = new Map<string, MotoLookUps>();
    private readonly schedulerClients = new Map<string, Scheduler>();
    readonly iam: IAM;

    constructor(readonly port: number) {
        this.iam = new IAM(this.options("us-east-1"));
    }

    ec2(region: string): EC2 {
        return memoized(this.ec2Clients, region, () => new EC2(this.options(region)));
    }

    autoScaling(region: string): AutoScaling {
        return memoized(this.autoScalingClients, region, () => new AutoScaling(this.options(region)));
    }

    scheduler(region: string): Scheduler {
        return memoized(this.schedulerClients, region, () => new Scheduler(this.options(region)));
    }

    ecr(region: string): ECR {
        return memoized(this.ecrClients, region, () => new ECR(this.options(region)));
    }

    lookUps(region: string): MotoLookUps {
        return memoized(
            this.regionLookUps,
            region,
            () =>
                new MotoLookUps({
                    ec2: this.ec2(region),
                    autoScaling: this.autoScaling(region),
                    iam: this.iam,
                    describeClusters: (clusters) => this.describeClusters(region, clusters),
                }),
        );
    }

    /** Clusters by name or ARN, deleted ones included. */
    async describeClusters(region: string, clusters: readonly string[]): Promise<readonly Cluster[]> {
        const input = { clusters, include: ["TAGS", "SETTINGS"] };
        return (await this.ecs<{ clusters?: Cluster[] }>(region, "DescribeClusters", input)).clusters ?? [];
    }

    /**
     * Calls moto's ECS with plain JSON both ways, so that what the front does not understand passes unharmed.
     * @throws AwsError with moto's error
     */
    ecs<Output>(region: string, action: string, input: unknown): Promise<Output> {
        return this.json("ecs", region, `AmazonEC2ContainerServiceV20141113.${action}`, input);
    }

    /**
     * Calls one of moto's services with the JSON protocol.
     * @param target the action as the protocol names it, such as `AmazonSSM.GetParameters`
     * @throws AwsError with moto's error
     */
    async json<Output>(service: string, region: string, target: string, input: unknown): Promise<Output> {
        const { status, text } = await this.post("/", JSON.stringify(input), {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": target,
            authorization: localAuthorization(service, region),
        });
        if (status >= 300) {
            throw readError(text, status);
        }
        return JSON.parse(text === "" ? "{}" : text) as Output;
    }

    /**
     * Calls one of moto's services with the query protocol, and gives its answer as text.
     * @throws AwsError with moto's error
     */
    async query(region: string, service: string, form: Readonly<Record<string, string>>): Promise<string> {
        const { status, text } = await this.post("/", new URLSearchParams(form).toString(), {
            "content-type": "application/x-www-form-urlencoded; charset=utf-8",
            authorization: localAuthorization(service, region),
            host: `${service}.${region}.amazonaws.com`,
        });
        if (status >= 300) {
            const [, code = "ServerException"] = /<Code>([^<]*)<\/Code>/.exec(text) ?? [];
            throw new AwsError(code, /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? "", status);
        }
        return text;
    }

    /** Empties moto. */
    async reset(): Promise<void> {
        const { status, text } = await this.post("/moto-api/reset", "", {});
        if (status !== 200) {
            throw new Error(`moto did not reset: status ${status}, ${text.slice(0, 200)}`);
        }
    }

    private options(region: string): ConstructorParameters<typeof EC2>[0] & object {
        return {
            region,
            endpoint: `http://127.0.0.1:${this.port}`,
            credentials: { accessKeyId: "local", secretAccessKey: "local" },
            maxAttempts: 1,
        };
    }

    private async post(
        path: string,
        body: string,
        headers: Record<string, string>,
    ): Promise<{ status: number; text: string }> {
        const options = { host: "127.0.0.1", port: this.port, method: "POST", path };
        const length = { "content-length": String(Buffer.byteLength(body)) };
        const request = http.request({ ...options, headers: { ...headers, ...length } }).end(body);
        const [response] = (await once(request, "response")) as [IncomingMessage];
        return { status: response.statusCode ?? 500, text: await readText(response) };
    }
}

function memoized<Client>(clients: Map<string, Client>, region: string, make: () => Client): Client {
    const client = clients.get(region) ?? make();
    clients.set(region, client);
    return client;
}

function readError(text: string, status: number): AwsError {
    try {
        const { __type: type, message, Message } = JSON.parse(text) as Record<string, string | undefined>;
        return new AwsError(type?.split("#").at(-1) ?? "ServerException", message ?? Message ?? "", status);
    } catch {
        return new AwsError("ServerException", "the emulated AWS failed", status);
    }
}
