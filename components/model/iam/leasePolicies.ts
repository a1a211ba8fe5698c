import type { Location } from "../location";
import type { GroupSizes } from "../pause";
import { tagKeys } from "../tags";
import type { PolicyDocument } from "./policies";

interface SchedulerTrust {
    readonly Version: "2012-10-17";
    readonly Statement: readonly [
        {
            readonly Effect: "Allow";
            readonly Action: "sts:AssumeRole";
            readonly Principal: { readonly Service: "scheduler.amazonaws.com" };
            readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
        },
    ];
}

/**
 * Lets the schedules of one group take the role
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html). That the service
 * has the same name in China is unverified.
 */
export function schedulerTrust(accountId: string, scheduleGroupArn: string): SchedulerTrust {
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: { Service: "scheduler.amazonaws.com" },
                Condition: {
                    StringEquals: { "aws:SourceAccount": accountId, "aws:SourceArn": scheduleGroupArn },
                },
            },
        ],
    };
}

/**
 * Lets the role stop the hosts of one environment, and nothing else; where they have hours, start them as well. These actions
 * know the tags of what they are called on
 * (Service Authorization Reference, "Amazon EC2" and "Amazon EC2 Auto Scaling").
 */
export function schedulePolicy(
    { partition, region }: Location,
    stackId: string,
    starting?: { readonly kmsKeyId: string | undefined },
): PolicyDocument {
    const start = starting === undefined ? [] : ["ec2:StartInstances"];
    const { kmsKeyId } = starting ?? {};
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: ["ec2:StopInstances", ...start, "autoscaling:UpdateAutoScalingGroup"],
                Resource: [
                    `arn:${partition}:ec2:${region}:*:instance/*`,
                    `arn:${partition}:autoscaling:${region}:*:autoScalingGroup:*`,
                ],
                Condition: { StringEquals: { [`aws:ResourceTag/${tagKeys.stackId}`]: stackId } },
            },
            ...(kmsKeyId === undefined ? [] : [grantOf(kmsKeyId)]),
        ],
    };
}

/**
 * EC2 starts a host with a volume of one's own key only for who may grant it the use of that key
 * (https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html).
 */
function grantOf(kmsKeyId: string): PolicyDocument["Statement"][number] {
    return {
        Effect: "Allow",
        Action: ["kms:CreateGrant"],
        Resource: [kmsKeyId],
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    };
}

/** A call that stops or starts hosts, as a schedule makes it. */
export interface HostCall {
    /** ARN of the API action (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html). */
    readonly arn: string;
    /** Its parameters, as JSON. */
    readonly input: string;
}

/** A group whose most stays above zero would be scaled out again by ECS, for the tasks that its services miss. */
export function stopGroup(name: string, partition: string): HostCall {
    return resizeGroup(name, { min: 0, max: 0, desired: 0 }, partition);
}

/** Lets a group have these sizes. */
export function resizeGroup(
    AutoScalingGroupName: string,
    { min, max, desired }: GroupSizes,
    partition: string,
): HostCall {
    const input = { AutoScalingGroupName, MinSize: min, MaxSize: max, DesiredCapacity: desired };
    return call("autoscaling:updateAutoScalingGroup", input, partition);
}

/** One host a call: with an id that is gone by then, the call would stop none of the others. */
export function stopHost(instanceId: string, partition: string): HostCall {
    return call("ec2:stopInstances", { InstanceIds: [instanceId] }, partition);
}

export function startHost(instanceId: string, partition: string): HostCall {
    return call("ec2:startInstances", { InstanceIds: [instanceId] }, partition);
}

function call(action: string, input: object, partition: string): HostCall {
    return { arn: `arn:${partition}:scheduler:::aws-sdk:${action}`, input: JSON.stringify(input) };
}
