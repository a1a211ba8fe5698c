import type { EC2, RouteTable } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import { deleteWhenFree } from "../aws/dependents";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const deleteLimitSeconds = 300;

/** A route table with this id, or `undefined` when it is gone. */
export async function findRouteTable(ec2: EC2, id: string): Promise<RouteTable | undefined> {
    return (await unlessGone(() => ec2.describeRouteTables({ RouteTableIds: [id] })))?.RouteTables?.[0];
}

/** `aws:ec2/routeTable:RouteTable`; its routes are resources of their own (`aws:ec2/route:Route`). */
export const routeTable = defineResource({
    token: "aws:ec2/routeTable:RouteTable",
    inputs: { region: region(), tags: tags(), vpcId: required(text({ replaces: true })) },
    outputs: ["arn", "ownerId", "tagsAll"],

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createRouteTable({
            VpcId: inputs.vpcId,
            ...tagSpecifications("route-table", call.tags),
        });
        return made.RouteTable?.RouteTableId ?? "";
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await findRouteTable(ec2, id);
        return (
            found && {
                arn: ec2Arn(call.region, found.OwnerId, `route-table/${id}`),
                ownerId: found.OwnerId,
                tags: fromTagList(found.Tags),
                vpcId: found.VpcId,
            }
        );
    },

    retag: retagEc2,

    async delete(call, id) {
        const ec2 = await call.aws.ec2();
        for (const association of (await findRouteTable(ec2, id))?.Associations ?? []) {
            await unlessGone(() =>
                ec2.disassociateRouteTable({ AssociationId: association.RouteTableAssociationId }),
            );
        }
        await deleteWhenFree(call, id, deleteLimitSeconds, () => ec2.deleteRouteTable({ RouteTableId: id }));
    },
});
