import {
    DeleteScheduleCommand,
    DeleteScheduleGroupCommand,
    GetScheduleCommand,
    ListTagsForResourceCommand,
    paginateListScheduleGroups,
    paginateListSchedules,
    SchedulerClient,
    UpdateScheduleCommand,
    type UpdateScheduleCommandInput,
} from "@aws-sdk/client-scheduler";

import { purposeOf } from "../../components/model/hours";
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
        schedules: (group) => namesOf(client, group),
        removeSchedule: async (GroupName, Name) => {
            await unless(gone, undefined, () => client.send(new DeleteScheduleCommand({ GroupName, Name })));
        },
        moveSchedules: (group, when, end) =>
            changeSchedules(client, group, (name) => {
                switch (purposeOf(name)) {
                    case "end":
                        return { ScheduleExpression: when.expression, State: when.state };
                    case "open":
                        return { EndDate: end };
                    case "close":
                        return undefined;
                }
            }),
        switchHours: (group, state) =>
            changeSchedules(client, group, (name) =>
                purposeOf(name) === "end" ? undefined : { State: state },
            ),
    };
}

async function namesOf(client: SchedulerClient, GroupName: string): Promise<string[]> {
    const listed = await unless(gone, [], () =>
        collect(paginateListSchedules({ client }, { GroupName }), (page) => page.Schedules),
    );
    return listed.map(({ Name = "" }) => Name);
}

type Change = Partial<Pick<UpdateScheduleCommandInput, "ScheduleExpression" | "State" | "EndDate">>;

/** @param changeOf by the name of a schedule, what of it is to be otherwise; undefined for one that stays */
async function changeSchedules(
    client: SchedulerClient,
    GroupName: string,
    changeOf: (name: string) => Change | undefined,
): Promise<void> {
    const changes = (await namesOf(client, GroupName)).flatMap((Name) => {
        const change = changeOf(Name);
        return change === undefined ? [] : [{ Name, change }];
    });
    for (const part of chunks(changes, schedulesAtOnce)) {
        await Promise.all(
            part.map(({ Name, change }) =>
                unless(gone, undefined, () => changeSchedule(client, { GroupName, Name }, change)),
            ),
        );
    }
}

/** An update takes all that a schedule has: what it leaves out is lost. */
async function changeSchedule(
    client: SchedulerClient,
    place: { readonly GroupName: string; readonly Name: string },
    change: Change,
): Promise<void> {
    const schedule = await client.send(new GetScheduleCommand(place));
    const { EndDate } = schedule;
    const isOver = EndDate !== undefined && EndDate <= new Date() && !("EndDate" in change);
    if (isOver && change.State !== "DISABLED") {
        // It comes no more, and an end in the past may be refused.
        return;
    }
    await client.send(
        new UpdateScheduleCommand({
            Description: schedule.Description,
            StartDate: schedule.StartDate,
            // One that is over and switched off is so for good, should somebody give it another end.
            EndDate: isOver ? undefined : EndDate,
            KmsKeyArn: schedule.KmsKeyArn,
            FlexibleTimeWindow: schedule.FlexibleTimeWindow,
            Target: schedule.Target,
            ScheduleExpression: schedule.ScheduleExpression,
            ScheduleExpressionTimezone: schedule.ScheduleExpressionTimezone,
            ActionAfterCompletion: schedule.ActionAfterCompletion,
            State: schedule.State,
            ...change,
            ...place,
        }),
    );
}
