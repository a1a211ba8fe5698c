import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "./model/tags";
import type { ResourceTags } from "./stackId";

export interface TaskLogsArgs {
    readonly logGroupName: string;
    readonly retentionDays: number;
    readonly tags: ResourceTags;
}

/**
 * The log group that tasks of the environment log to by docker's driver awslogs; what they have logged goes with it.
 * Cost: 0.50 USD per GB that is logged, and 0.03 USD per GB and month that is kept (us-east-1, November 2026).
 */
export class TaskLogs extends pulumi.ComponentResource {
    public readonly logGroupName: pulumi.Output<string>;

    constructor(name: string, args: TaskLogsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:TaskLogs", name, {}, opts);
        const { logGroupName, retentionDays, tags } = args;
        const group = new cloudwatch.LogGroup(
            name,
            { name: logGroupName, retentionInDays: retentionDays, tags: withName(tags, logGroupName) },
            { parent: this },
        );
        this.logGroupName = group.name;
        this.registerOutputs({ logGroupName: this.logGroupName });
    }
}
