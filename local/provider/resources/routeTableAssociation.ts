import type { EC2, RouteTableAssociation } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { fromAws } from "../schema/awsNames";
import { region, required, text, type Properties } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    region: region(),
    routeTableId: required(text()),
    subnetId: required(text({ replaces: true })),
};

/**
 * The association with this id, or the one of the subnet: moving a subnet to another route table gives the
 * association another id, while Pulumi keeps the id of a resource through updates.
 */
async function find(ec2: EC2, id: string, known: Properties): Promise<RouteTableAssociation | undefined> {
    const subnetId = known["subnetId"];
    const filter =
        typeof subnetId === "string"
            ? { Name: "association.subnet-id", Values: [subnetId] }
            : { Name: "association.route-table-association-id", Values: [id] };
    const tables = (await ec2.describeRouteTables({ Filters: [filter] })).RouteTables ?? [];
    return tables
        .flatMap((table) => table.Associations ?? [])
        .find((association) =>
            typeof subnetId === "string"
                ? association.SubnetId === subnetId
                : association.RouteTableAssociationId === id,
        );
}

/** `aws:ec2/routeTableAssociation:RouteTableAssociation` */
export const routeTableAssociation = defineResource({
    token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    inputs,

    async create(context, wanted) {
        const made = await context.aws.ec2.associateRouteTable({
            RouteTableId: wanted.routeTableId,
            SubnetId: wanted.subnetId,
        });
        return made.AssociationId ?? "";
    },

    async read(context, id, known) {
        const found = await find(context.aws.ec2, id, known);
        return found && fromAws(inputs, found);
    },

    async update(context, id, change) {
        const { ec2 } = context.aws;
        const now = await find(ec2, id, change.state);
        await ec2.replaceRouteTableAssociation({
            AssociationId: now?.RouteTableAssociationId ?? id,
            RouteTableId: change.inputs.routeTableId,
        });
    },

    async delete(context, id, state) {
        const { ec2 } = context.aws;
        const now = await find(ec2, id, state);
        if (now !== undefined) {
            await unlessGone(() =>
                ec2.disassociateRouteTable({ AssociationId: now.RouteTableAssociationId }),
            );
        }
    },
});
