import type { Target } from "@aws-sdk/client-scheduler";
import type { PolicyRequest } from "../../hosts/decide/policy";
import { autoScalingHandlers } from "../autoScaling/handlers";
import type { Cloud, Handler } from "../cloud";
import { ec2Handlers } from "../ec2/handlers";
import { localAuthorization } from "../front/apiRequest";
import { writeForm } from "../front/form";

/** A call of a universal target that the local cloud makes. */
interface Action {
    readonly service: "ec2" | "autoscaling";
    /** Name of the operation. */
    readonly action: string;
    readonly handler: Handler;
    /** The parameter that names what is called on, and whether it is a list. */
    readonly names: string;
}

/** What the front has no hand in. */
const plain: Handler = (request, cloud) => cloud.forward(request);

/** By the end of the target's ARN (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html). */
const actions: Readonly<Record<string, Action>> = {
    "ec2:stopInstances": {
        service: "ec2",
        action: "StopInstances",
        handler: ec2Handlers["StopInstances"] ?? plain,
        names: "InstanceIds",
    },
    "ec2:startInstances": {
        service: "ec2",
        action: "StartInstances",
        handler: ec2Handlers["StartInstances"] ?? plain,
        names: "InstanceIds",
    },
    "autoscaling:updateAutoScalingGroup": {
        service: "autoscaling",
        action: "UpdateAutoScalingGroup",
        handler: autoScalingHandlers["UpdateAutoScalingGroup"] ?? plain,
        names: "AutoScalingGroupName",
    },
};

type Input = Readonly<Record<string, string | number | readonly string[]>>;

function read(target: Target | undefined): readonly [Action, Input] {
    const name = (target?.Arn ?? "").split(":aws-sdk:")[1] ?? "";
    const action = actions[name];
    if (action === undefined) {
        throw new Error(`the local cloud's schedules do not call ${target?.Arn ?? "nothing"}`);
    }
    return [action, JSON.parse(target?.Input ?? "{}") as Input];
}

/** What IAM is asked before a target is called: one request for each thing that it is called on. */
export async function targetRequests(
    cloud: Cloud,
    region: string,
    account: string,
    target: Target | undefined,
): Promise<readonly PolicyRequest[]> {
    const [{ service, action, names }, input] = read(target);
    const called = [input[names] ?? []].flat().map(String);
    return Promise.all(
        called.map(async (name) => {
            const tags = await tagsOf(cloud, region, service, name);
            return {
                action: `${service}:${action}`,
                resource:
                    service === "ec2"
                        ? `arn:aws:ec2:${region}:${account}:instance/${name}`
                        : `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${name}`,
                context: Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
            };
        }),
    );
}

/** @throws Error where the service refuses */
export async function callTarget(cloud: Cloud, region: string, target: Target | undefined): Promise<void> {
    const [{ service, action, handler }, input] = read(target);
    const form = new URLSearchParams({
        Action: action,
        Version: service === "ec2" ? "2016-11-15" : "2011-01-01",
    });
    for (const [name, value] of Object.entries(input)) {
        // EC2 writes its lists without the s.
        writeForm(form, Array.isArray(value) ? name.replace(/s$/, "") : name, value);
    }
    const request = {
        service,
        action,
        region,
        protocol: service === "ec2" ? ("ec2" as const) : ("query" as const),
        method: "POST",
        path: "/",
        headers: {
            "content-type": "application/x-www-form-urlencoded; charset=utf-8",
            authorization: localAuthorization(service, region),
        },
        body: Buffer.from(form.toString(), "utf8"),
    };
    const response = await handler(request, cloud);
    if (response.status >= 300) {
        throw new Error(`${action}: ${response.body.toString("utf8")}`);
    }
    cloud.hosts.worldChanged();
}

async function tagsOf(
    { moto }: Cloud,
    region: string,
    service: Action["service"],
    name: string,
): Promise<readonly (readonly [string, string])[]> {
    if (service === "ec2") {
        const filters = [{ Name: "resource-id", Values: [name] }];
        const { Tags: tags = [] } = await moto.ec2(region).describeTags({ Filters: filters });
        return tags.map(({ Key = "", Value = "" }) => [Key, Value]);
    }
    const { AutoScalingGroups: groups = [] } = await moto
        .autoScaling(region)
        .describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
    return (groups[0]?.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]);
}
