import { detachMembers, reconcileGroups } from "../autoScaling/groups";
import type { Cloud, Handler } from "../cloud";
import { ec2Answer } from "../front/answer";
import { formOf } from "../front/call";
import type { Call } from "../front/call";
import { readFormList } from "../front/form";
import { element } from "../front/xml";

/** Hosts go with their instances; an Auto Scaling group makes up for members that went. */
export const terminateInstances: Handler = async (call, cloud) => {
    const ids = readFormList(formOf(call), "InstanceId");
    const groups = await detachMembers(cloud, call.region, ids);
    const answer = await cloud.forward(call);
    if (answer.status < 300) {
        cloud.hosts.terminated(call.region, ids);
    }
    await reconcileGroups(cloud, call.region, groups);
    return answer;
};

export const stopInstances = withNotice((cloud, region, ids) => {
    cloud.hosts.stopped(region, ids);
});

export const startInstances = withNotice((cloud, region, ids) => {
    cloud.hosts.started(region, ids);
});

export const rebootInstances = withNotice((cloud, region, ids) => {
    cloud.hosts.rebooted(region, ids);
});

/** The boot log of the simulated host, where moto has a fixed text. */
export const getConsoleOutput: Handler = async (call, cloud) => {
    const instanceId = formOf(call).get("InstanceId") ?? "";
    const text = cloud.hosts.consoleOutput(instanceId);
    if (text === undefined) {
        const answer = await cloud.forward(call);
        if (answer.status >= 300) {
            return answer;
        }
    }
    return ec2Answer(
        call,
        element("instanceId", instanceId) +
            element("timestamp", new Date().toISOString()) +
            element("output", Buffer.from(text ?? "", "utf8").toString("base64")),
    );
};

function withNotice(notice: (cloud: Cloud, region: string, ids: readonly string[]) => void): Handler {
    return async (call: Call, cloud: Cloud) => {
        const answer = await cloud.forward(call);
        if (answer.status < 300) {
            notice(cloud, call.region, readFormList(formOf(call), "InstanceId"));
        }
        return answer;
    };
}
