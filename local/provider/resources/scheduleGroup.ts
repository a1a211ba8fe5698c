import { unlessGone } from "../aws/errors";
import { fromTagList, retagSchedules, toTagList } from "../aws/tags";
import { untilState } from "../aws/wait";
import { asText, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** The official provider's own limit. */
const limitSeconds = 300;

const inputs = {
    name: required(text({ replaces: true })),
    region: region(),
    tags: tags(),
};

/** `aws:scheduler/scheduleGroup:ScheduleGroup` */
export const scheduleGroup = defineResource({
    token: "aws:scheduler/scheduleGroup:ScheduleGroup",
    inputs,
    outputs: ["arn"],
    autoNameMaxLength: 64,

    async create(context, { name }) {
        await context.aws.scheduler.createScheduleGroup({ Name: name, Tags: toTagList(context.tags) });
        return name;
    },

    async read(context, id) {
        const { scheduler } = context.aws;
        const found = await unlessGone(() => scheduler.getScheduleGroup({ Name: id }));
        if (found?.Arn === undefined || found.State === "DELETING") {
            return undefined;
        }
        const { Tags } = await scheduler.listTagsForResource({ ResourceArn: found.Arn });
        return { arn: found.Arn, name: found.Name, tags: fromTagList(Tags) };
    },

    retag: (context, _id, change, state) => retagSchedules(context, asText(state["arn"]), change),

    async delete(context, id) {
        const { scheduler } = context.aws;
        await unlessGone(() => scheduler.deleteScheduleGroup({ Name: id }));
        await untilState(
            context,
            { id, limitSeconds },
            async () => (await unlessGone(() => scheduler.getScheduleGroup({ Name: id })))?.State,
        );
    },
});
