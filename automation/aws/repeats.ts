import { awsErrorName, throttled } from "./errors";

/** Why a change may be asked for again, though AWS may have done it: a second one is the first, only later. */
export const harmless = {
    state: "says what is to be, whatever was before, so that a second one finds it so",
    removal: "takes one thing away by its id, ARN or name, and counts one that is gone as taken away",
} as const;

type Repeat = keyof typeof harmless | { readonly never: string };

/**
 * Every change that is asked of AWS, by IAM's names, and whether it is asked for again where nobody knows whether it was done: its
 * answer was lost, or AWS failed on the way. A change that is missing here is not. What AWS has surely not done is always asked
 * for again: what it has throttled, and what did not reach it; and so is every read.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html, for what the AWS SDK repeats by itself:
 * all of them, whatever they do.
 */
export const changes: Readonly<Record<string, Repeat>> = {
    "application-autoscaling:RegisterScalableTarget": "state",
    "autoscaling:CreateOrUpdateTags": "state",
    "autoscaling:DeleteAutoScalingGroup": "removal",
    "autoscaling:DeleteTags": "removal",
    "autoscaling:DetachInstances": "removal",
    "autoscaling:SetInstanceProtection": "state",
    // Of one instance, without a change of the group's size: a successor has another id.
    "autoscaling:TerminateInstanceInAutoScalingGroup": "removal",
    "autoscaling:UpdateAutoScalingGroup": "state",
    "ec2:AuthorizeSecurityGroupIngress": "state",
    "ec2:CreateSecurityGroup": {
        never: "EC2 refuses a second one of that name. The command that made it finds it by its name, and may be given again",
    },
    "ec2:DeleteInternetGateway": "removal",
    "ec2:DeleteLaunchTemplate": "removal",
    "ec2:DeleteNatGateway": "removal",
    "ec2:DeleteNetworkInterface": "removal",
    "ec2:DeleteRoute": "removal",
    "ec2:DeleteRouteTable": "removal",
    "ec2:DeleteSecurityGroup": "removal",
    "ec2:DeleteSubnet": "removal",
    "ec2:DeleteVolume": "removal",
    "ec2:DeleteVpc": "removal",
    "ec2:DeleteVpcEndpoints": "removal",
    "ec2:DetachInternetGateway": "removal",
    "ec2:DisassociateRouteTable": "removal",
    "ec2:RebootInstances": {
        never: "a second boot, minutes later, would take away the tasks that have come to the host meanwhile. Whoever waits for the host sees whether it has booted",
    },
    "ec2:ReleaseAddress": "removal",
    "ec2:RevokeSecurityGroupEgress": "removal",
    "ec2:RevokeSecurityGroupIngress": "removal",
    "ec2:StartInstances": "state",
    "ec2:StopInstances": "state",
    "ec2:TerminateInstances": "removal",
    "ecr:CompleteLayerUpload": {
        never: "a second one finds no upload, which would look as if the first one had failed. The layer is begun anew instead, and one that is complete is taken for done",
    },
    "ecr:DeleteRepository": "removal",
    "ecr:InitiateLayerUpload": "state",
    "ecr:PutImage": "state",
    "ecr:UploadLayerPart": {
        never: "the same part a second time is out of its order. The layer is begun anew instead",
    },
    "ecs:CreateCapacityProvider": {
        never: "ECS refuses a second one of that name, which would look as if the first one had failed. The command that made it finds it by its name, and may be given again",
    },
    "ecs:CreateService": {
        never: "ECS refuses a second one of that name, which would look as if the first one had failed. The command that made it finds it by its name, and may be given again",
    },
    "ecs:DeleteCapacityProvider": "removal",
    "ecs:DeleteCluster": "removal",
    "ecs:DeleteDaemon": "removal",
    "ecs:DeleteExpressGatewayService": "removal",
    "ecs:DeleteService": "removal",
    "ecs:DeleteTaskDefinitions": "removal",
    "ecs:DeregisterContainerInstance": "removal",
    "ecs:DeregisterTaskDefinition": "removal",
    "ecs:ExecuteCommand": {
        never: "a second session would stay open in the container, with nobody in it. The person who wants one is there to ask again",
    },
    "ecs:PutClusterCapacityProviders": "state",
    "ecs:RegisterTaskDefinition": {
        never: "a second one would be one more revision. The command that made it finds it by its tags, and may be given again",
    },
    "ecs:StopTask": "removal",
    "ecs:TagResource": "state",
    "ecs:UntagResource": "state",
    "ecs:UpdateContainerInstancesState": "state",
    "ecs:UpdateService": "state",
    "elasticloadbalancing:CreateListener": "state",
    "elasticloadbalancing:CreateLoadBalancer": "state",
    "elasticloadbalancing:CreateTargetGroup": "state",
    "elasticloadbalancing:DeleteLoadBalancer": "removal",
    "elasticloadbalancing:DeleteTargetGroup": "removal",
    "elasticloadbalancing:ModifyTargetGroupAttributes": "state",
    "iam:DeleteInstanceProfile": "removal",
    "iam:DeleteRole": "removal",
    "iam:DeleteRolePolicy": "removal",
    "iam:DetachRolePolicy": "removal",
    "iam:RemoveRoleFromInstanceProfile": "removal",
    "logs:CreateLogGroup": "state",
    "logs:DeleteLogGroup": "removal",
    "logs:PutRetentionPolicy": "state",
    "scheduler:DeleteSchedule": "removal",
    "scheduler:DeleteScheduleGroup": "removal",
    "scheduler:UpdateSchedule": "state",
    "servicediscovery:DeleteNamespace": "removal",
    "ssm:CancelCommand": "removal",
    "ssm:DeleteParameter": "removal",
    "ssm:PutParameter": {
        never: "it writes a lock: a second one, up to minutes later, would bring back what `unlock` has taken away meanwhile. A command takes another lock instead, under a new name, and one that holds a lock renews it half a minute later anyway",
    },
    "ssm:SendCommand": {
        never: "the host would run the command twice. Each command of `sles-ecs` finds what an earlier one has done, and may be given again by hand",
    },
    "ssm:StartSession": {
        never: "a second session would stay open on the host, with nobody in it until its time is over. The person who wants one is there to ask again",
    },
    "ssm:TerminateSession": "removal",
};

/** Whether a call only reads. */
export function isRead(action: string): boolean {
    return /:(?:BatchCheck|BatchGet|Describe|Filter|Get|List|Simulate)/.test(action);
}

/** Whether AWS may be asked again for what it may have done. */
function mayRepeat(action: string): boolean {
    return isRead(action) || typeof changes[action] === "string";
}

/** AWS was not reached at all (https://nodejs.org/api/errors.html#common-system-errors). */
const neverReached = new Set(["EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND"]);

/** Whether nobody knows after a failure what AWS has done. EC2 throttles with the status 503. */
function isOutcomeUnknown(error: unknown): boolean {
    const { $metadata, code } = error as {
        readonly $metadata?: { readonly httpStatusCode?: number };
        readonly code?: string;
    };
    const status = $metadata?.httpStatusCode;
    if (throttled.has(awsErrorName(error))) {
        return false;
    }
    return status === undefined ? !neverReached.has(code ?? "") : status >= 500;
}

/** A failure that the AWS SDK takes for none that passes. */
export class NotRepeated extends Error {
    constructor(readonly failure: unknown) {
        super("not asked again");
    }
}

/** What one attempt at a call has thrown, as the AWS SDK is to see it. */
export function afterAttempt(error: unknown, action: string): unknown {
    return mayRepeat(action) || !isOutcomeUnknown(error) ? error : new NotRepeated(error);
}
