import { unlessGone } from "../aws/errors";
import type { Clients } from "../aws/clients";
import { retagLogs } from "../aws/tags";
import { asText, integer, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    name: required(text({ replaces: true })),
    region: region(),
    // The official provider writes 0 where CloudWatch Logs keeps all for ever.
    retentionInDays: integer({ default: 0 }),
    tags: tags(),
};

export async function findLogGroup(
    { logs }: Pick<Clients, "logs">,
    name: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: name });
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found === undefined) {
        return undefined;
    }
    const arn = (found.arn ?? "").replace(/:\*$/, "");
    const { tags: own = {} } = await logs.listTagsForResource({ resourceArn: arn });
    return { arn, name, retentionInDays: found.retentionInDays ?? 0, tags: own };
}

/** `aws:cloudwatch/logGroup:LogGroup` */
export const logGroup = defineResource({
    token: "aws:cloudwatch/logGroup:LogGroup",
    inputs,
    outputs: ["arn"],
    autoNameMaxLength: 512,

    async create(context, { name, retentionInDays = 0 }) {
        const { logs } = context.aws;
        await logs.createLogGroup({ logGroupName: name, tags: context.tags });
        if (retentionInDays > 0) {
            await logs.putRetentionPolicy({ logGroupName: name, retentionInDays });
        }
        return name;
    },

    read: (context, id) => findLogGroup(context.aws, id),

    async update(context, id, { inputs: { retentionInDays = 0 } }) {
        const { logs } = context.aws;
        await (retentionInDays > 0
            ? logs.putRetentionPolicy({ logGroupName: id, retentionInDays })
            : logs.deleteRetentionPolicy({ logGroupName: id }));
    },

    retag: (context, _id, change, state) => retagLogs(context, asText(state["arn"]), change),

    async delete(context, id) {
        await unlessGone(() => context.aws.logs.deleteLogGroup({ logGroupName: id }));
    },
});
