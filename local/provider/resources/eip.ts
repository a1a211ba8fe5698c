import type { Address, EC2 } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { deleteWhenFree } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { region, tags } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const deleteLimitSeconds = 180;

const inputs = { region: region(), tags: tags() };

async function find(ec2: EC2, id: string): Promise<Address | undefined> {
    return (await unlessGone(() => ec2.describeAddresses({ AllocationIds: [id] })))?.Addresses?.[0];
}

/** `aws:ec2/eip:Eip`, for a NAT gateway to take */
export const eip = defineResource({
    token: "aws:ec2/eip:Eip",
    inputs,

    async create(context) {
        const TagSpecifications = tagSpecifications("elastic-ip", context.tags);
        return (
            (await context.aws.ec2.allocateAddress({ Domain: "vpc", TagSpecifications })).AllocationId ?? ""
        );
    },

    async read(context, id) {
        const found = await find(context.aws.ec2, id);
        return found && fromAws(inputs, found);
    },

    retag: retagEc2,

    async delete(context, id) {
        const { ec2 } = context.aws;
        const AssociationId = (await find(ec2, id))?.AssociationId;
        if (AssociationId !== undefined && AssociationId !== "") {
            await unlessGone(() => ec2.disassociateAddress({ AssociationId }));
        }
        await deleteWhenFree(context, id, deleteLimitSeconds, () => ec2.releaseAddress({ AllocationId: id }));
    },
});
