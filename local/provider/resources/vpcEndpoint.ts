import type { EC2, VpcEndpoint } from "@aws-sdk/client-ec2";
import { errorCode, isNotFound, unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { untilState } from "../aws/wait";
import { fromAws, toAws } from "../schema/awsNames";
import { region, required, set, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 600;

const inputs = {
    region: region(),
    routeTableIds: set(text(), { computed: true }),
    serviceName: required(text({ replaces: true })),
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

/** `aws:ec2/vpcEndpoint:VpcEndpoint`, of the gateway kind */
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
        return found && fromAws(inputs, found);
    },

    async update(context, id, change) {
        const { routeTableIds: wanted = [] } = change.inputs;
        const { routeTableIds: old = [] } = change.old;
        const added = wanted.filter((table) => !old.includes(table));
        const removed = old.filter((table) => !wanted.includes(table));
        await context.aws.ec2.modifyVpcEndpoint({
            AddRouteTableIds: added.length > 0 ? added : undefined,
            RemoveRouteTableIds: removed.length > 0 ? removed : undefined,
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
