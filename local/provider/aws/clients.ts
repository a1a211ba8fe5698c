import type { AutoScaling } from "@aws-sdk/client-auto-scaling";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { ECS } from "@aws-sdk/client-ecs";
import type { IAM } from "@aws-sdk/client-iam";
import type { STS } from "@aws-sdk/client-sts";
import { nameFailedOperation } from "./errors";

/** Attempts at a call that was throttled or met a passing fault; waits between them grow to about 5 seconds in all. */
const maxAttempts = 5;

interface Settings {
    readonly endpoint: string;
    readonly region: string;
    readonly maxAttempts: number;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The AWS clients of one region, each loaded and made when first asked for. */
export class Clients {
    private readonly settings: Settings;
    private readonly made = new Map<string, Promise<{ destroy(): void }>>();
    private account: string | undefined;

    constructor(endpoint: string, region: string) {
        this.settings = {
            endpoint,
            region,
            maxAttempts,
            // Fixed: what is signed with them never leaves this machine, so no key of the user's is ever read.
            credentials: { accessKeyId: "local", secretAccessKey: "local" },
        };
    }

    ec2(): Promise<EC2> {
        return this.once("ec2", async () => {
            const { EC2: Client } = await import("@aws-sdk/client-ec2");
            return nameFailedOperation(new Client(this.settings));
        });
    }

    ecs(): Promise<ECS> {
        return this.once("ecs", async () => {
            const { ECS: Client } = await import("@aws-sdk/client-ecs");
            return nameFailedOperation(new Client(this.settings));
        });
    }

    iam(): Promise<IAM> {
        return this.once("iam", async () => {
            const { IAM: Client } = await import("@aws-sdk/client-iam");
            return nameFailedOperation(new Client(this.settings));
        });
    }

    autoScaling(): Promise<AutoScaling> {
        return this.once("autoScaling", async () => {
            const { AutoScaling: Client } = await import("@aws-sdk/client-auto-scaling");
            return nameFailedOperation(new Client(this.settings));
        });
    }

    sts(): Promise<STS> {
        return this.once("sts", async () => {
            const { STS: Client } = await import("@aws-sdk/client-sts");
            return nameFailedOperation(new Client(this.settings));
        });
    }

    /** The account that everything here belongs to. */
    async accountId(): Promise<string> {
        if (this.account === undefined) {
            const sts = await this.sts();
            this.account = (await sts.getCallerIdentity({})).Account ?? "";
        }
        return this.account;
    }

    /** Closes the connections of every client made so far. */
    async close(): Promise<void> {
        for (const client of this.made.values()) {
            (await client).destroy();
        }
        this.made.clear();
    }

    private once<T extends { destroy(): void }>(name: string, make: () => Promise<T>): Promise<T> {
        const known = this.made.get(name);
        if (known !== undefined) {
            return known as Promise<T>;
        }
        const made = make();
        this.made.set(name, made);
        return made;
    }
}

/** Clients by region, shared by all engines that are attached. */
export class ClientPool {
    private readonly byRegion = new Map<string, Clients>();

    constructor(private readonly endpoint: string) {}

    in(region: string): Clients {
        const clients = this.byRegion.get(region) ?? new Clients(this.endpoint, region);
        this.byRegion.set(region, clients);
        return clients;
    }

    async close(): Promise<void> {
        await Promise.all([...this.byRegion.values()].map((clients) => clients.close()));
    }
}
