import type { Location } from "../location";
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
 * Lets the role stop the hosts of one environment, and nothing else. Both actions know the tags of what they are called on
 * (Service Authorization Reference, "Amazon EC2" and "Amazon EC2 Auto Scaling").
 */
export function stopPolicy({ partition, region }: Location, stackId: string): PolicyDocument {
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: ["ec2:StopInstances", "autoscaling:UpdateAutoScalingGroup"],
                Resource: [
                    `arn:${partition}:ec2:${region}:*:instance/*`,
                    `arn:${partition}:autoscaling:${region}:*:autoScalingGroup:*`,
                ],
                Condition: { StringEquals: { [`aws:ResourceTag/${tagKeys.stackId}`]: stackId } },
            },
        ],
    };
}

/** The call that stops hosts, as a schedule makes it. */
export interface StopCall {
    /** ARN of the API action (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html). */
    readonly arn: string;
    /** Its parameters, as JSON. */
    readonly input: string;
}

/** A group whose most stays above zero would be scaled out again by ECS, for the tasks that its services miss. */
export function stopGroup(AutoScalingGroupName: string, partition: string): StopCall {
    const input = { AutoScalingGroupName, MinSize: 0, MaxSize: 0, DesiredCapacity: 0 };
    return call("autoscaling:updateAutoScalingGroup", input, partition);
}

/** One host a call: with an id that is gone by then, the call would stop none of the others. */
export function stopHost(instanceId: string, partition: string): StopCall {
    return call("ec2:stopInstances", { InstanceIds: [instanceId] }, partition);
}

function call(action: string, input: object, partition: string): StopCall {
    return { arn: `arn:${partition}:scheduler:::aws-sdk:${action}`, input: JSON.stringify(input) };
}
