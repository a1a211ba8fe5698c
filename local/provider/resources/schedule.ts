import type { ScheduleState } from "@aws-sdk/client-scheduler";
import { hasCode, unlessGone } from "../aws/errors";
import type { OperationContext } from "../aws/operationContext";
import { retryWhile } from "../aws/wait";
import { object, region, required, text, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** How long the official provider gives IAM to make a role known. */
const limitSeconds = 120;

const inputs = {
    endDate: text(),
    flexibleTimeWindow: required(object({ mode: required(text()) })),
    groupName: text({ replaces: true, default: "default" }),
    name: required(text({ replaces: true })),
    region: region(),
    scheduleExpression: required(text()),
    scheduleExpressionTimezone: text({ default: "UTC" }),
    state: text({ default: "ENABLED" }),
    target: required(object({ arn: required(text()), input: text(), roleArn: required(text()) })),
};

/** Group and name of an id as the official provider has it, `<group>/<name>`. */
function parts(id: string): { readonly GroupName: string; readonly Name: string } {
    const [GroupName = "", Name = ""] = id.split("/");
    return { GroupName, Name };
}

/** An update takes all that a schedule has: what it leaves out is lost. */
function toSchedule({
    endDate,
    flexibleTimeWindow,
    scheduleExpression,
    scheduleExpressionTimezone,
    state,
    target,
}: Values<typeof inputs>) {
    return {
        EndDate: endDate === undefined ? undefined : new Date(endDate),
        FlexibleTimeWindow: { Mode: flexibleTimeWindow.mode as "OFF" },
        ScheduleExpression: scheduleExpression,
        ScheduleExpressionTimezone: scheduleExpressionTimezone,
        State: state as ScheduleState | undefined,
        Target: { Arn: target.arn, Input: target.input, RoleArn: target.roleArn },
    };
}

async function whileRoleIsNew(context: OperationContext, attempt: () => Promise<unknown>): Promise<void> {
    const isRefused = (error: unknown) =>
        hasCode("ValidationException")(error) && String(error).includes("execution role");
    await retryWhile(
        context,
        { what: "EventBridge Scheduler to know the role", limitSeconds },
        isRefused,
        attempt,
    );
}

/** `aws:scheduler/schedule:Schedule` */
export const schedule = defineResource({
    token: "aws:scheduler/schedule:Schedule",
    inputs,
    outputs: ["arn"],
    autoNameMaxLength: 64,

    async create(context, wanted) {
        const { groupName: GroupName = "default", name: Name } = wanted;
        await whileRoleIsNew(context, () =>
            context.aws.scheduler.createSchedule({ GroupName, Name, ...toSchedule(wanted) }),
        );
        return `${GroupName}/${Name}`;
    },

    async read(context, id) {
        const found = await unlessGone(() => context.aws.scheduler.getSchedule(parts(id)));
        return (
            found && {
                arn: found.Arn,
                endDate: found.EndDate && `${found.EndDate.toISOString().slice(0, 19)}Z`,
                flexibleTimeWindow: { mode: found.FlexibleTimeWindow?.Mode },
                groupName: found.GroupName,
                name: found.Name,
                scheduleExpression: found.ScheduleExpression,
                scheduleExpressionTimezone: found.ScheduleExpressionTimezone,
                state: found.State,
                target: {
                    arn: found.Target?.Arn,
                    input: found.Target?.Input,
                    roleArn: found.Target?.RoleArn,
                },
            }
        );
    },

    async update(context, id, change) {
        await whileRoleIsNew(context, () =>
            context.aws.scheduler.updateSchedule({ ...parts(id), ...toSchedule(change.inputs) }),
        );
    },

    async delete(context, id) {
        await unlessGone(() => context.aws.scheduler.deleteSchedule(parts(id)));
    },
});
