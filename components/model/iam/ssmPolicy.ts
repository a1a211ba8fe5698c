import type { PolicyDocument } from "./policies";

/**
 * What the SSM agent of a host calls for Run Command and for sessions, and no more: of AWS's own policy
 * AmazonSSMManagedInstanceCore neither parameters nor inventory and compliance. None of these knows resources that could be
 * named before the host is there.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
 */
export const ssmPolicy: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
        {
            Effect: "Allow",
            Action: [
                "ssm:UpdateInstanceInformation",
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel",
                "ec2messages:AcknowledgeMessage",
                "ec2messages:DeleteMessage",
                "ec2messages:FailMessage",
                "ec2messages:GetEndpoint",
                "ec2messages:GetMessages",
                "ec2messages:SendReply",
            ],
            Resource: ["*"],
        },
    ],
};
