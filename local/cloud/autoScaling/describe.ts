import type { Handler } from "../cloud";
import { queryAnswer } from "../front/answer";
import type { Answer } from "../front/answer";
import { formOf } from "../front/call";
import { readFormList } from "../front/form";
import { element } from "../front/xml";
import type { ScalingActivity } from "./state";

/** moto shows how many members there are; AWS shows how many are wanted. */
export const describeAutoScalingGroups: Handler = async (call, cloud) => {
    const answer = await cloud.forward(call);
    if (answer.status >= 300) {
        return answer;
    }
    const text = answer.body.toString("utf8");
    let name = "";
    const corrected = text.replace(
        /<(AutoScalingGroupName|DesiredCapacity)>([^<]*)<\/\1>/g,
        (whole: string, tag: string, value: string) => {
            if (tag === "AutoScalingGroupName") {
                name = value;
                return whole;
            }
            const desired = cloud.autoScaling.get(call.region, name)?.desired;
            return desired === undefined ? whole : element("DesiredCapacity", desired);
        },
    );
    return withBody(answer, corrected);
};

export const describeScalingActivities: Handler = (call, cloud) => {
    const form = formOf(call);
    const ids = readFormList(form, "ActivityIds.member");
    const activities = cloud.autoScaling
        .activities(call.region, form.get("AutoScalingGroupName") ?? undefined)
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .slice(0, Number(form.get("MaxRecords") ?? 100));
    const members = activities.map((activity) => `<member>${activityXml(activity)}</member>`).join("");
    return Promise.resolve(queryAnswer(call, `<Activities>${members}</Activities>`));
};

export function activityXml(activity: ScalingActivity): string {
    return (
        element("ActivityId", activity.id) +
        element("AutoScalingGroupName", activity.groupName) +
        element("Description", activity.description) +
        element("Cause", activity.cause) +
        element("StartTime", activity.startedAt.toISOString()) +
        element("EndTime", activity.startedAt.toISOString()) +
        element("StatusCode", activity.succeeded ? "Successful" : "Failed") +
        element("StatusMessage", activity.statusMessage) +
        element("Progress", 100)
    );
}

function withBody(answer: Answer, text: string): Answer {
    const body = Buffer.from(text, "utf8");
    return { ...answer, body, headers: { ...answer.headers, "content-length": body.length } };
}
