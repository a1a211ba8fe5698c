import type { Address, EC2 } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import { deleteWhenFree } from "../aws/dependents";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { region, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const deleteLimitSeconds = 180;

async function find(ec2: EC2, id: string): Promise<Address | undefined> {
    return (await unlessGone(() => ec2.describeAddresses({ AllocationIds: [id] })))?.Addresses?.[0];
}

/** `aws:ec2/eip:Eip` */
export const eip = defineResource({
    token: "aws:ec2/eip:Eip",
    inputs: {
        domain: text({ replaces: true, computed: true }),
        instance: text({ computed: true }),
        networkBorderGroup: text({ replaces: true, computed: true }),
        networkInterface: text({ computed: true }),
        publicIpv4Pool: text({ replaces: true, computed: true }),
        region: region(),
        tags: tags(),
    },
    outputs: [
        "allocationId",
        "arn",
        "associationId",
        "carrierIp",
        "customerOwnedIp",
        "privateDns",
        "privateIp",
        "ptrRecord",
        "publicDns",
        "publicIp",
        "tagsAll",
    ],

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.allocateAddress({
            Domain: (inputs.domain ?? "vpc") as "vpc",
            NetworkBorderGroup: inputs.networkBorderGroup,
            PublicIpv4Pool: inputs.publicIpv4Pool,
            ...tagSpecifications("elastic-ip", call.tags),
        });
        return made.AllocationId ?? "";
    },

    async settle(call, id, inputs) {
        const ec2 = await call.aws.ec2();
        const now = await find(ec2, id);
        const isThere =
            inputs.instance === now?.InstanceId || inputs.networkInterface === now?.NetworkInterfaceId;
        if (isThere || (inputs.instance === undefined && inputs.networkInterface === undefined)) {
            return;
        }
        await ec2.associateAddress({
            AllocationId: id,
            AllowReassociation: true,
            InstanceId: inputs.instance,
            NetworkInterfaceId: inputs.networkInterface,
        });
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        if (found === undefined) {
            return undefined;
        }
        const publicIp = found.PublicIp ?? "";
        return {
            allocationId: id,
            arn: ec2Arn(call.region, await call.aws.accountId(), `elastic-ip/${id}`),
            associationId: found.AssociationId ?? "",
            carrierIp: found.CarrierIp ?? "",
            customerOwnedIp: found.CustomerOwnedIp ?? "",
            domain: found.Domain,
            instance: found.InstanceId ?? "",
            networkBorderGroup: found.NetworkBorderGroup ?? call.region,
            networkInterface: found.NetworkInterfaceId ?? "",
            privateIp: found.PrivateIpAddress ?? "",
            ptrRecord: "",
            publicDns: `ec2-${publicIp.replaceAll(".", "-")}.compute-1.amazonaws.com`,
            publicIp,
            publicIpv4Pool: found.PublicIpv4Pool ?? "amazon",
            tags: fromTagList(found.Tags),
        };
    },

    // Another instance or interface is associated in `settle`.
    retag: retagEc2,

    async delete(call, id) {
        const ec2 = await call.aws.ec2();
        const associationId = (await find(ec2, id))?.AssociationId;
        if (associationId !== undefined && associationId !== "") {
            await unlessGone(() => ec2.disassociateAddress({ AssociationId: associationId }));
        }
        await deleteWhenFree(call, id, deleteLimitSeconds, () => ec2.releaseAddress({ AllocationId: id }));
    },
});
