import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECR } from "@aws-sdk/client-ecr";
import { ECS } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { STS } from "@aws-sdk/client-sts";
import type { ProxyingHandler } from "../../../outbound/awsHandler";
import { Ec2LookUps } from "./ec2LookUps";
import { nameFailedOperation } from "./errors";

/**
 * Attempts at a call that was throttled or met a passing fault, as many as the official provider makes; the waits between
 * them grow to 20 seconds. A network that is half made costs its owner more than the wait.
 * Sources: https://registry.terraform.io/providers/hashicorp/aws/latest/docs (max_retries) and
 * https://github.com/hashicorp/aws-sdk-go-base/blob/main/aws_config.go
 */
const maxAttempts = 25;

/** The AWS clients of one region. */
export class Clients {
    readonly autoScaling: AutoScaling;
    readonly ec2: EC2;
    readonly ecr: ECR;
    readonly ecs: ECS;
    readonly elb: ElasticLoadBalancingV2;
    readonly iam: IAM;
    readonly kms: KMS;
    readonly logs: CloudWatchLogs;
    readonly scheduler: Scheduler;
    readonly sts: STS;
    readonly lookUps: Ec2LookUps;

    constructor(endpoint: string, region: string, requestHandler?: ProxyingHandler) {
        const settings = {
            endpoint,
            region,
            maxAttempts,
            requestHandler,
            // Fixed: what is signed with them never leaves this machine, so no key of the user's is ever read.
            credentials: { accessKeyId: "local", secretAccessKey: "local" },
        };
        this.autoScaling = nameFailedOperation(new AutoScaling(settings));
        this.ec2 = nameFailedOperation(new EC2(settings));
        this.lookUps = new Ec2LookUps(this.ec2);
        this.ecr = nameFailedOperation(new ECR(settings));
        this.ecs = nameFailedOperation(new ECS(settings));
        this.elb = nameFailedOperation(new ElasticLoadBalancingV2(settings));
        this.iam = nameFailedOperation(new IAM(settings));
        this.kms = nameFailedOperation(new KMS(settings));
        this.logs = nameFailedOperation(new CloudWatchLogs(settings));
        this.scheduler = nameFailedOperation(new Scheduler(settings));
        this.sts = nameFailedOperation(new STS(settings));
    }

    /** Closes the connections of every client. */
    close(): void {
        const { autoScaling, ec2, ecr, ecs, elb, iam, kms, logs, scheduler, sts } = this;
        for (const client of [autoScaling, ec2, ecr, ecs, elb, iam, kms, logs, scheduler, sts]) {
            client.destroy();
        }
    }
}

/** Clients by region, shared by all engines that are attached. */
export class ClientPool {
    private readonly byRegion = new Map<string, Clients>();

    /** @param handler sends what goes by a proxy; missing where nothing does */
    constructor(
        private readonly endpoint: string,
        private readonly handler?: ProxyingHandler,
    ) {}

    in(region: string): Clients {
        const clients = this.byRegion.get(region) ?? new Clients(this.endpoint, region, this.handler);
        this.byRegion.set(region, clients);
        return clients;
    }

    close(): void {
        for (const clients of this.byRegion.values()) {
            clients.close();
        }
    }
}
