import type { EC2, RouteTable } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { deleteWhenFree } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const deleteLimitSeconds = 300;

const inputs = { region: region(), tags: tags(), vpcId: required(text({ replaces: true })) };

/** A route table with this id, or `undefined` when it is gone. */
export async function findRouteTable(ec2: EC2, id: string): Promise<RouteTable | undefined> {
    return (await unlessGone(() => ec2.describeRouteTables({ RouteTableIds: [id] })))?.RouteTables?.[0];
}

/** `aws:ec2/routeTable:RouteTable`; its routes are resources of their own (`aws:ec2/route:Route`). */
export const routeTable = defineResource({
    token: "aws:ec2/routeTable:RouteTable",
    inputs,

    async create(context, wanted) {
        const made = await context.aws.ec2.createRouteTable({
            TagSpecifications: tagSpecifications("route-table", context.tags),
            VpcId: wanted.vpcId,
        });
        return made.RouteTable?.RouteTableId ?? "";
    },

    async read(context, id) {
        const found = await findRouteTable(context.aws.ec2, id);
        return found && fromAws(inputs, found);
    },

    retag: retagEc2,

    async delete(context, id) {
        const { ec2 } = context.aws;
        for (const { RouteTableAssociationId: AssociationId } of (await findRouteTable(ec2, id))
            ?.Associations ?? []) {
            await unlessGone(() => ec2.disassociateRouteTable({ AssociationId }));
        }
        await deleteWhenFree(context, id, deleteLimitSeconds, () =>
            ec2.deleteRouteTable({ RouteTableId: id }),
        );
    },
});
