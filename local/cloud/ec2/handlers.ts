import type { Instance, Volume } from "@aws-sdk/client-ec2";
import { reconcileGroups } from "../autoScaling/members";
import type { Cloud, Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { AwsError, ec2Response } from "../front/apiResponse";
import { readFormList } from "../front/form";
import { oncePerToken } from "./clientTokens";
import { letIn } from "./groupRules";
import { deletionHandlers } from "./inUse";
import { defaultKeyHandlers } from "./defaultKey";
import { deleteInterfaces, describeInterfaces, modifyInterfaces } from "./endpointInterfaces";
import { checkUserData } from "./launchChecks";
import { launchInstances } from "./runInstances";
import { tagHandlers } from "./systemTags";

/** Hosts go with their instances; an Auto Scaling group replaces members that went, or that do not run any more. */
function whenGone(tell: (cloud: Cloud, ids: readonly string[]) => void): Handler {
    return async (request, cloud) => {
        const response = await cloud.forward(request);
        if (response.status < 300) {
            tell(cloud, readFormList(formOf(request), "InstanceId"));
            await reconcileGroups(cloud, request.region);
        }
        return response;
    };
}

/** Lets moto do it, and then tells the hosts of the instances. */
function thenTell(tell: (cloud: Cloud, region: string, ids: readonly string[]) => void): Handler {
    return async (request, cloud) => {
        const response = await cloud.forward(request);
        if (response.status < 300) {
            tell(cloud, request.region, readFormList(formOf(request), "InstanceId"));
        }
        return response;
    };
}

/** The boot log of the simulated host, where moto has a fixed text. */
const getConsoleOutput: Handler = async (request, cloud) => {
    const instanceId = formOf(request).get("InstanceId") ?? "";
    const text = cloud.hosts.consoleOutput(instanceId);
    if (text === undefined) {
        const response = await cloud.forward(request);
        if (response.status >= 300) {
            return response;
        }
    }
    return ec2Response(request, {
        instanceId,
        timestamp: new Date().toISOString(),
        output: Buffer.from(text ?? "", "utf8").toString("base64"),
    });
};

/** moto finds every instance well. */
const describeInstanceStatus: Handler = async (request, cloud) => {
    const response = await cloud.forward(request);
    const impaired = [...cloud.ailments].filter(([, ailment]) => ailment.impaired !== undefined);
    const text = impaired.reduce(
        (all, [id, ailment]) => impair(all, id, ailment.impaired ?? "instance"),
        response.body.toString("utf8"),
    );
    const body = Buffer.from(text, "utf8");
    return { ...response, headers: { ...response.headers, "content-length": body.length }, body };
};

function impair(text: string, instanceId: string, check: "system" | "instance"): string {
    const start = text.indexOf(`<instanceId>${instanceId}</instanceId>`);
    const status = text.indexOf(`<${check}Status>`, start);
    return start === -1 || status === -1
        ? text
        : text.slice(0, status) + text.slice(status).replace("<status>ok<", "<status>impaired<");
}

/**
 * AttachVolume with EC2's refusals: a volume that is in use, another zone, a taken device name, an instance
 * that is neither running nor stopped.
 */
const attachVolume: Handler = (request, cloud) => {
    const form = formOf(request);
    const volumeId = form.get("VolumeId") ?? "";
    const instanceId = form.get("InstanceId") ?? "";
    const ec2 = cloud.moto.ec2(request.region);
    return cloud.locks.run(`volume ${volumeId}`, async () => {
        const [{ Volumes: volumes }, { Reservations: reservations }] = await Promise.all([
            ec2.describeVolumes({ Filters: [{ Name: "volume-id", Values: [volumeId] }] }),
            ec2.describeInstances({ Filters: [{ Name: "instance-id", Values: [instanceId] }] }),
        ]);
        const volume = volumes?.[0];
        const instance = reservations?.[0]?.Instances?.[0];
        // What does not exist is moto's to say.
        if (volume !== undefined && instance !== undefined) {
            checkAttachment(volume, instance, form.get("Device") ?? "");
        }
        return cloud.forward(request);
    });
};

function checkAttachment(volume: Volume, instance: Instance, device: string): void {
    const volumeId = volume.VolumeId ?? "";
    const instanceId = instance.InstanceId ?? "";
    const state = instance.State?.Name;
    if (state !== "running" && state !== "stopped" && state !== "pending") {
        throw new AwsError("IncorrectState", `Instance '${instanceId}' is not 'running'.`);
    }
    if (volume.AvailabilityZone !== instance.Placement?.AvailabilityZone) {
        throw new AwsError(
            "InvalidVolume.ZoneMismatch",
            `The volume '${volumeId}' is not in the same availability zone as instance '${instanceId}'`,
        );
    }
    if ((volume.Attachments ?? []).length > 0) {
        throw new AwsError("VolumeInUse", `${volumeId} is already attached to an instance`);
    }
    if (instance.BlockDeviceMappings?.some(({ DeviceName }) => DeviceName === device) === true) {
        throw new AwsError(
            "InvalidParameterValue",
            `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
        );
    }
}

/**
 * A subnet takes one route table, and no other one, not even the same, beside it. Source:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table_association
 */
const associateRouteTable: Handler = async (request, cloud) => {
    const form = formOf(request);
    const subnetId = form.get("SubnetId") ?? "";
    const { RouteTables: tables } = await cloud.moto.ec2(request.region).describeRouteTables({
        Filters: [{ Name: "association.subnet-id", Values: [subnetId] }],
    });
    if (subnetId !== "" && (tables ?? []).length > 0) {
        const table = form.get("RouteTableId") ?? "";
        throw new AwsError(
            "Resource.AlreadyAssociated",
            `the specified association for route table ${table} conflicts with an existing association`,
        );
    }
    return cloud.forward(request);
};

const runInstances: Handler = (request, cloud) => {
    const form = formOf(request);
    return oncePerToken(
        cloud,
        request.region,
        form,
        async () => (await launchInstances(cloud, request.region, new URLSearchParams(form))).response,
    );
};

/** What is asked for twice with the same token is made once; moto does not look at tokens. */
function once(make: Handler): Handler {
    return (request, cloud) =>
        oncePerToken(cloud, request.region, formOf(request), async () => make(request, cloud));
}
const makeOnce = once((request, cloud) => cloud.forward(request));

/** A volume grows and never shrinks. Source: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html */
const modifyVolume: Handler = async (request, cloud) => {
    const form = formOf(request);
    const { Volumes: volumes } = await cloud.moto.ec2(request.region).describeVolumes({
        Filters: [{ Name: "volume-id", Values: [form.get("VolumeId") ?? ""] }],
    });
    const size = form.get("Size");
    if (size !== null && Number(size) < (volumes?.[0]?.Size ?? 0)) {
        throw new AwsError("InvalidParameterValue", "New size cannot be smaller than existing size");
    }
    return cloud.forward(request);
};

/** A template may name what does not exist, but its user data has the limit of all user data. */
const checkTemplate: Handler = (request, cloud) => {
    checkUserData(formOf(request).get("LaunchTemplateData.UserData") ?? "");
    return cloud.forward(request);
};

/** Actions of Amazon EC2 that the front has a hand in, by name. The others are moto's. */
export const ec2Handlers: Readonly<Record<string, Handler>> = {
    ...defaultKeyHandlers,
    ...deletionHandlers,
    ...tagHandlers,
    AssociateRouteTable: associateRouteTable,
    AttachVolume: attachVolume,
    AuthorizeSecurityGroupIngress: letIn,
    CreateLaunchTemplate: checkTemplate,
    CreateLaunchTemplateVersion: checkTemplate,
    CreateNatGateway: makeOnce,
    CreateRouteTable: makeOnce,
    CreateVolume: makeOnce,
    CreateVpcEndpoint: once(describeInterfaces),
    DeleteVpcEndpoints: deleteInterfaces,
    DescribeInstanceStatus: describeInstanceStatus,
    GetConsoleOutput: getConsoleOutput,
    ModifyVolume: modifyVolume,
    ModifyVpcEndpoint: modifyInterfaces,
    RebootInstances: thenTell(({ hosts }, _region, ids) => {
        hosts.rebooted(ids);
    }),
    RunInstances: runInstances,
    StartInstances: thenTell(({ hosts }, region, ids) => {
        hosts.started(region, ids);
    }),
    StopInstances: whenGone(({ hosts }, ids) => {
        hosts.stopped(ids);
    }),
    TerminateInstances: whenGone(({ hosts }, ids) => {
        hosts.terminated(ids);
    }),
};
