import {
    DeleteScheduleCommand,
    DeleteScheduleGroupCommand,
    GetScheduleCommand,
    ListTagsForResourceCommand,
    paginateListScheduleGroups,
    paginateListSchedules,
    SchedulerClient,
    UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";

import type { ScheduleTime } from "../../components/model/lease";
import { carries } from "../../components/model/tags";
import type { SchedulerService } from "../ports/awsServices";
import { chunks, collect, tagsOf, unless } from "./collect";
import type { AwsSession } from "./session";

const gone = ["ResourceNotFoundException"];
/** Two calls each. Source of the rates: https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html */
const schedulesAtOnce = 10;

export function createSchedulerService(session: AwsSession): SchedulerService {
    const client = session.connect(
        new SchedulerClient(session.configuration("SCHEDULER")),
        "SCHEDULER",
        "scheduler",
    );
    const namesOf = async (GroupName: string): Promise<string[]> => {
        const listed = await unless(gone, [], () =>
            collect(paginateListSchedules({ client }, { GroupName }), (page) => page.Schedules),
        );
        return listed.map(({ Name = "" }) => Name);
    };
    return {
        groups: async (tags, fits) => {
            const all = await collect(
                paginateListScheduleGroups({ client, pageSize: 100 }, {}),
                (page) => page.ScheduleGroups,
            );
            const fitting = all.filter(({ Name = "" }) => fits(Name));
            const found = await Promise.all(
                fitting.map(async ({ Name = "", Arn, State }) => {
                    const own = await unless(gone, {}, async () =>
                        tagsOf(
                            (await client.send(new ListTagsForResourceCommand({ ResourceArn: Arn }))).Tags,
                        ),
                    );
                    return { name: Name, leaving: State === "DELETING", tags: own };
                }),
            );
            return found.filter((group) => carries(group.tags, tags));
        },
        removeGroup: async (Name) => {
            await unless(gone, undefined, () => client.send(new DeleteScheduleGroupCommand({ Name })));
        },
        schedules: namesOf,
        removeSchedule: async (GroupName, Name) => {
            await unless(gone, undefined, () => client.send(new DeleteScheduleCommand({ GroupName, Name })));
        },
        moveSchedules: async (GroupName, when) => {
            for (const part of chunks(await namesOf(GroupName), schedulesAtOnce)) {
                await Promise.all(
                    part.map((Name) =>
                        unless(gone, undefined, () => moveSchedule(client, { GroupName, Name }, when)),
                    ),
                );
            }
        },
    };
}

/** An update takes all that a schedule has: what it leaves out is lost. */
async function moveSchedule(
    client: SchedulerClient,
    place: { readonly GroupName: string; readonly Name: string | undefined },
    { expression, state }: ScheduleTime,
): Promise<void> {
    const schedule = await client.send(new GetScheduleCommand(place));
    await client.send(
        new UpdateScheduleCommand({
            ...place,
            Description: schedule.Description,
            StartDate: schedule.StartDate,
            EndDate: schedule.EndDate,
            KmsKeyArn: schedule.KmsKeyArn,
            FlexibleTimeWindow: schedule.FlexibleTimeWindow,
            Target: schedule.Target,
            ScheduleExpressionTimezone: schedule.ScheduleExpressionTimezone,
            ActionAfterCompletion: schedule.ActionAfterCompletion,
            ScheduleExpression: expression,
            State: state,
        }),
    );
}
