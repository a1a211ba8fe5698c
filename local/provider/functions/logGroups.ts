import { findLogGroup } from "../resources/logGroup";
import { defineFunction } from "../schema/functionType";
import { region, required, text } from "../schema/property";

/** `aws.cloudwatch.getLogGroups` */
export const getLogGroups = defineFunction({
    token: "aws:cloudwatch/getLogGroups:getLogGroups",
    inputs: { logGroupNamePrefix: required(text()), region: region() },
    async run(context, { logGroupNamePrefix }) {
        const { logGroups = [] } = await context.aws.logs.describeLogGroups({ logGroupNamePrefix });
        return {
            arns: logGroups.map(({ arn = "" }) => arn.replace(/:\*$/, "")),
            id: logGroupNamePrefix,
            logGroupNames: logGroups.map(({ logGroupName }) => logGroupName ?? ""),
        };
    },
});

/** `aws.cloudwatch.getLogGroup` */
export const getLogGroup = defineFunction({
    token: "aws:cloudwatch/getLogGroup:getLogGroup",
    inputs: { name: required(text()), region: region() },
    async run(context, { name }) {
        const found = await findLogGroup(context.aws, name);
        if (found === undefined) {
            throw new Error(`reading CloudWatch Logs Log Group (${name}): couldn't find resource`);
        }
        return { ...found, id: name };
    },
});
