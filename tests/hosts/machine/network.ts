import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import readline from "node:readline";
import type { Namespace } from "./namespace";

const services = path.join(__dirname, "awsServices.mjs");

interface NetworkFacts {
    readonly instanceId: string;
    /** Empty for a host without user data. */
    readonly userDataBase64: string;
    /** The only clusters that the host's role lets it register in. */
    readonly clusters: readonly string[];
    readonly agentArchive: string;
    readonly instanceType: string;
    readonly s3IsOpen: boolean;
    /** S3 and ECS are reached by a proxy alone. @default false */
    readonly isBehindProxy?: boolean;
}

/** Something that the host did towards AWS. */
export interface AwsEvent {
    readonly event: "download" | "RegisterContainerInstance" | "CreateCluster" | "listening" | "proxied";
    /** What the proxy was asked, such as `GET http://host/path`. */
    readonly request?: string;
    readonly cluster?: string;
    readonly attributes?: Readonly<Record<string, string>>;
    readonly accepted?: boolean;
    /** When it arrived, in milliseconds as of `performance.now()`. */
    readonly at: number;
}

/** The network of one machine: its address, and the services that it reaches. */
export class Network {
    readonly events: AwsEvent[] = [];
    hasEnded = false;

    private constructor(
        private readonly namespace: Namespace,
        readonly name: string,
        private readonly child: ChildProcess,
    ) {}

    static async start(namespace: Namespace, name: string, facts: NetworkFacts): Promise<Network> {
        await namespace.shell(
            `ip netns add "$1"
            ip -n "$1" link set lo up
            ip -n "$1" address add 169.254.169.254/32 dev lo
            ip -n "$1" address add 10.0.0.10/24 dev lo`,
            name,
        );
        const command = ["ip", "netns", "exec", name, process.execPath, services, JSON.stringify(facts)];
        const child = namespace.spawn(command, ["pipe", "pipe", "inherit"]);
        const network = new Network(namespace, name, child);
        const lines = readline.createInterface({ input: child.stdout! });
        const listening = new Promise<void>((resolve, reject) => {
            lines.on("line", (line) => {
                const event = { ...(JSON.parse(line) as Omit<AwsEvent, "at">), at: performance.now() };
                network.events.push(event);
                if (event.event === "listening") {
                    resolve();
                }
            });
            child.once("close", (code) => {
                network.hasEnded = true;
                reject(new Error(`the stand-ins for AWS ended with ${code}`));
            });
        });
        await listening;
        return network;
    }

    openS3(): void {
        this.child.stdin?.write("open s3\n");
    }

    async stop(): Promise<void> {
        if (!this.hasEnded) {
            const closed = once(this.child, "close");
            this.child.stdin?.end();
            await closed;
        }
        await this.namespace.run(["ip", "netns", "delete", this.name]);
    }
}
