import {
    CloudWatchLogsClient,
    CreateLogStreamCommand,
    PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { Container } from "dockerode";
import { PassThrough } from "node:stream";
import { createInterface } from "node:readline";

/** How long lines are gathered for one call. */
const gatherMilliseconds = 200;

interface Demultiplexer {
    demuxStream(from: NodeJS.ReadableStream, out: PassThrough, errors: PassThrough): void;
}

interface LogEvent {
    readonly timestamp: number;
    readonly message: string;
}

/** Brings what containers write to CloudWatch Logs, as docker's awslogs driver does on a host. */
export class LogShipping {
    private readonly clients = new Map<string, CloudWatchLogsClient>();

    constructor(
        private readonly motoPort: () => number,
        private readonly report: (error: unknown) => void,
    ) {}

    /** @returns settles once all that the container has written is there */
    async follow(container: Container, definition: ContainerDefinition, taskId: string): Promise<void> {
        const { logDriver, options = {} } = definition.logConfiguration ?? {};
        const group = options["awslogs-group"];
        if (logDriver !== "awslogs" || group === undefined) {
            return;
        }
        const region = options["awslogs-region"] ?? "us-east-1";
        // Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html, awslogs-stream-prefix
        const stream = `${options["awslogs-stream-prefix"] ?? "ecs"}/${definition.name ?? ""}/${taskId}`;
        const client = this.clientOf(region);
        await client
            .send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: stream }))
            .catch(this.report);
        const raw = await container.logs({ follow: true, stdout: true, stderr: true });
        const text = new PassThrough();
        // The types of the library leave it out.
        const modem = container.modem as Demultiplexer;
        modem.demuxStream(raw, text, text);
        raw.on("end", () => text.end()).on("error", () => text.end());
        let waiting: LogEvent[] = [];
        let sending: Promise<void> = Promise.resolve();
        const send = (): void => {
            const logEvents = waiting;
            waiting = [];
            if (logEvents.length > 0) {
                sending = sending.then(async () => {
                    const asked = { logGroupName: group, logStreamName: stream, logEvents };
                    await client.send(new PutLogEventsCommand(asked)).catch(this.report);
                });
            }
        };
        const timer = setInterval(send, gatherMilliseconds);
        try {
            for await (const message of createInterface({ input: text })) {
                if (message !== "") {
                    waiting.push({ timestamp: Date.now(), message });
                }
            }
        } finally {
            clearInterval(timer);
            send();
            await sending;
        }
    }

    private clientOf(region: string): CloudWatchLogsClient {
        const known = this.clients.get(region);
        const client =
            known ??
            new CloudWatchLogsClient({
                region,
                endpoint: `http://127.0.0.1:${this.motoPort()}`,
                credentials: { accessKeyId: "local", secretAccessKey: "local" },
            });
        this.clients.set(region, client);
        return client;
    }
}
