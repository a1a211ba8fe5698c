import type { EC2, VpcEndpoint } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { errorCode, isNotFound, unlessGone } from "../aws/errors";
import { until } from "../aws/wait";
import { document, flag, region, required, set, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 600;

async function find(ec2: EC2, id: string): Promise<VpcEndpoint | undefined> {
    const answer = await unlessGone(() => ec2.describeVpcEndpoints({ VpcEndpointIds: [id] }));
    const found = answer?.VpcEndpoints?.[0];
    return found?.State?.toLowerCase() === "deleted" ? undefined : found;
}

/** The id and addresses of the service's prefix list, which only gateway endpoints have. */
async function prefixList(
    ec2: EC2,
    serviceName: string | undefined,
): Promise<{ id: string; cidrs: readonly string[] }> {
    const answer = await ec2.describePrefixLists({
        Filters: [{ Name: "prefix-list-name", Values: [serviceName ?? ""] }],
    });
    const found = answer.PrefixLists?.find((candidate) => candidate.PrefixListName === serviceName);
    return { id: found?.PrefixListId ?? "", cidrs: found?.Cidrs ?? [] };
}

/** What of `wanted` is new, and what of `old` is not wanted any more. */
function moved(
    old: readonly string[] = [],
    wanted: readonly string[] = [],
): { added?: string[]; removed?: string[] } {
    const added = wanted.filter((id) => !old.includes(id));
    const removed = old.filter((id) => !wanted.includes(id));
    return { ...(added.length > 0 ? { added } : {}), ...(removed.length > 0 ? { removed } : {}) };
}

async function remove(ec2: EC2, id: string): Promise<void> {
    try {
        const answer = await ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
        const [failed] = answer.Unsuccessful ?? [];
        if (failed !== undefined && !(failed.Error?.Code ?? "").endsWith(".NotFound")) {
            throw new Error(
                `EC2 did not delete ${id}: ${failed.Error?.Code ?? ""}: ${failed.Error?.Message ?? ""}`,
            );
        }
    } catch (error) {
        if (errorCode(error) === "InvalidRoute.NotFound") {
            await leaveRouteTables(ec2, id);
        } else if (!isNotFound(error)) {
            throw error;
        }
    }
}

/** moto makes no routes for route tables that are added later, and then stumbles over them. */
async function leaveRouteTables(ec2: EC2, id: string): Promise<void> {
    const routeTables = (await find(ec2, id))?.RouteTableIds ?? [];
    await ec2.modifyVpcEndpoint({ RemoveRouteTableIds: routeTables, VpcEndpointId: id });
    await ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
}

/** `aws:ec2/vpcEndpoint:VpcEndpoint` */
export const vpcEndpoint = defineResource({
    token: "aws:ec2/vpcEndpoint:VpcEndpoint",
    inputs: {
        autoAccept: flag({ remembered: true }),
        policy: document({ computed: true }),
        privateDnsEnabled: flag({ computed: true }),
        region: region(),
        routeTableIds: set(text(), { computed: true }),
        securityGroupIds: set(text(), { computed: true }),
        serviceName: required(text({ replaces: true })),
        subnetIds: set(text(), { computed: true }),
        tags: tags(),
        vpcEndpointType: text({ default: "Gateway", replaces: true }),
        vpcId: required(text({ replaces: true })),
    },
    outputs: [
        "arn",
        "cidrBlocks",
        "networkInterfaceIds",
        "ownerId",
        "prefixListId",
        "requesterManaged",
        "state",
        "tagsAll",
    ],

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createVpcEndpoint({
            PolicyDocument: inputs.policy,
            PrivateDnsEnabled: inputs.privateDnsEnabled,
            RouteTableIds: [...(inputs.routeTableIds ?? [])],
            SecurityGroupIds: [...(inputs.securityGroupIds ?? [])],
            ServiceName: inputs.serviceName,
            SubnetIds: [...(inputs.subnetIds ?? [])],
            VpcEndpointType: inputs.vpcEndpointType as "Gateway" | "Interface",
            VpcId: inputs.vpcId,
            ...tagSpecifications("vpc-endpoint", call.tags),
        });
        return made.VpcEndpoint?.VpcEndpointId ?? "";
    },

    async settle(call, id) {
        const ec2 = await call.aws.ec2();
        await until(call, { what: `${id} to be available`, limitSeconds }, async () => {
            const state = (await find(ec2, id))?.State;
            const isUsable = ["available", "pendingacceptance"].includes((state ?? "").toLowerCase());
            return isUsable || `it is ${state ?? "not there"}`;
        });
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        if (found === undefined) {
            return undefined;
        }
        const isGateway = found.VpcEndpointType === "Gateway";
        const prefixes = isGateway ? await prefixList(ec2, found.ServiceName) : { id: "", cidrs: [] };
        return {
            arn: ec2Arn(call.region, found.OwnerId, `vpc-endpoint/${id}`),
            cidrBlocks: prefixes.cidrs,
            networkInterfaceIds: found.NetworkInterfaceIds ?? [],
            ownerId: found.OwnerId,
            policy: found.PolicyDocument,
            prefixListId: prefixes.id,
            privateDnsEnabled: found.PrivateDnsEnabled === true,
            requesterManaged: found.RequesterManaged === true,
            routeTableIds: found.RouteTableIds ?? [],
            securityGroupIds: (found.Groups ?? []).map((group) => group.GroupId),
            serviceName: found.ServiceName,
            state: found.State,
            subnetIds: found.SubnetIds ?? [],
            tags: fromTagList(found.Tags),
            vpcEndpointType: found.VpcEndpointType,
            vpcId: found.VpcId,
        };
    },

    async update(call, id, change) {
        const ec2 = await call.aws.ec2();
        const routeTables = moved(change.old.routeTableIds, change.inputs.routeTableIds);
        const subnets = moved(change.old.subnetIds, change.inputs.subnetIds);
        const groups = moved(change.old.securityGroupIds, change.inputs.securityGroupIds);
        await ec2.modifyVpcEndpoint({
            AddRouteTableIds: routeTables.added,
            AddSecurityGroupIds: groups.added,
            AddSubnetIds: subnets.added,
            PolicyDocument: change.has("policy") ? change.inputs.policy : undefined,
            PrivateDnsEnabled: change.has("privateDnsEnabled") ? change.inputs.privateDnsEnabled : undefined,
            RemoveRouteTableIds: routeTables.removed,
            RemoveSecurityGroupIds: groups.removed,
            RemoveSubnetIds: subnets.removed,
            VpcEndpointId: id,
        });
    },

    retag: retagEc2,

    async delete(call, id) {
        const ec2 = await call.aws.ec2();
        await remove(ec2, id);
        await until(call, { what: `${id} to be deleted`, limitSeconds }, async () => {
            const state = (await find(ec2, id))?.State;
            return state === undefined || `it is ${state}`;
        });
    },
});
