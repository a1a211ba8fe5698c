import type { EC2, VpcEndpoint } from "@aws-sdk/client-ec2";
import { errorCode, isNotFound, unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { untilState } from "../aws/wait";
import { fromAws, toAws } from "../schema/awsNames";
import { flag, region, required, set, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 600;

const inputs = {
    privateDnsEnabled: flag({ computed: true }),
    region: region(),
    routeTableIds: set(text(), { computed: true }),
    // AWS tells them back under another name.
    securityGroupIds: set(text(), { computed: true }),
    serviceName: required(text({ replaces: true })),
    subnetIds: set(text(), { computed: true }),
    tags: tags(),
    vpcEndpointType: text({ default: "Gateway", replaces: true }),
    vpcId: required(text({ replaces: true })),
};

async function find(ec2: EC2, id: string): Promise<VpcEndpoint | undefined> {
    const answer = await unlessGone(() => ec2.describeVpcEndpoints({ VpcEndpointIds: [id] }));
    const found = answer?.VpcEndpoints?.[0];
    return found?.State?.toLowerCase() === "deleted" ? undefined : found;
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

function without(ids: readonly string[], others: readonly string[]): string[] {
    return ids.filter((one) => !others.includes(one));
}

/** `aws:ec2/vpcEndpoint:VpcEndpoint`, of the kinds gateway and interface */
export const vpcEndpoint = defineResource({
    token: "aws:ec2/vpcEndpoint:VpcEndpoint",
    inputs,

    async create(context, wanted) {
        const made = await context.aws.ec2.createVpcEndpoint({
            ...toAws(inputs, wanted),
            TagSpecifications: tagSpecifications("vpc-endpoint", context.tags),
            VpcId: wanted.vpcId,
        });
        return made.VpcEndpoint?.VpcEndpointId ?? "";
    },

    async settle(context, id) {
        const wait = { id, states: ["available"], limitSeconds };
        await untilState(context, wait, async () => (await find(context.aws.ec2, id))?.State?.toLowerCase());
    },

    async read(context, id) {
        const found = await find(context.aws.ec2, id);
        const securityGroupIds = found?.Groups?.map(({ GroupId }) => GroupId);
        return found && { ...fromAws(inputs, found), securityGroupIds };
    },

    async update(context, id, change) {
        const difference = (of: "routeTableIds" | "securityGroupIds" | "subnetIds") => {
            const [wanted, old] = [change.inputs[of] ?? [], change.old[of] ?? []];
            const [added, removed] = [without(wanted, old), without(old, wanted)];
            return {
                added: added.length > 0 ? added : undefined,
                removed: removed.length > 0 ? removed : undefined,
            };
        };
        const [tables, groups, subnets] = [
            difference("routeTableIds"),
            difference("securityGroupIds"),
            difference("subnetIds"),
        ];
        await context.aws.ec2.modifyVpcEndpoint({
            AddRouteTableIds: tables.added,
            RemoveRouteTableIds: tables.removed,
            AddSecurityGroupIds: groups.added,
            RemoveSecurityGroupIds: groups.removed,
            AddSubnetIds: subnets.added,
            RemoveSubnetIds: subnets.removed,
            PrivateDnsEnabled: change.has("privateDnsEnabled") ? change.inputs.privateDnsEnabled : undefined,
            VpcEndpointId: id,
        });
    },

    retag: retagEc2,

    async delete(context, id) {
        const { ec2 } = context.aws;
        await remove(ec2, id);
        await untilState(context, { id, limitSeconds }, async () => (await find(ec2, id))?.State);
    },
});
