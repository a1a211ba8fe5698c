import type { EC2, Subnet } from "@aws-sdk/client-ec2";
import { deleteWhenFree } from "../aws/dependents";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { until } from "../aws/wait";
import { flag, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const createLimitSeconds = 600;
const deleteLimitSeconds = 1200;

async function find(ec2: EC2, id: string): Promise<Subnet | undefined> {
    return (await unlessGone(() => ec2.describeSubnets({ SubnetIds: [id] })))?.Subnets?.[0];
}

/** `aws:ec2/subnet:Subnet` */
export const subnet = defineResource({
    token: "aws:ec2/subnet:Subnet",
    inputs: {
        assignIpv6AddressOnCreation: flag({ default: false }),
        availabilityZone: text({ replaces: true, computed: true }),
        availabilityZoneId: text({ replaces: true, computed: true }),
        cidrBlock: text({ replaces: true }),
        mapPublicIpOnLaunch: flag({ default: false }),
        region: region(),
        tags: tags(),
        vpcId: required(text({ replaces: true })),
    },
    outputs: ["arn", "ipv6CidrBlockAssociationId", "ownerId", "privateDnsHostnameTypeOnLaunch", "tagsAll"],

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createSubnet({
            AvailabilityZone: inputs.availabilityZone,
            AvailabilityZoneId: inputs.availabilityZoneId,
            CidrBlock: inputs.cidrBlock,
            VpcId: inputs.vpcId,
            ...tagSpecifications("subnet", call.tags),
        });
        return made.Subnet?.SubnetId ?? "";
    },

    async settle(call, id, inputs) {
        const ec2 = await call.aws.ec2();
        let now: Subnet | undefined;
        await until(call, { what: `${id} to be available`, limitSeconds: createLimitSeconds }, async () => {
            now = await find(ec2, id);
            return now?.State === "available" || `it is ${now?.State ?? "not there"}`;
        });
        const mapPublicIp = inputs.mapPublicIpOnLaunch === true;
        if (mapPublicIp !== (now?.MapPublicIpOnLaunch === true)) {
            await ec2.modifySubnetAttribute({ SubnetId: id, MapPublicIpOnLaunch: { Value: mapPublicIp } });
        }
        const assignIpv6 = inputs.assignIpv6AddressOnCreation === true;
        if (assignIpv6 !== (now?.AssignIpv6AddressOnCreation === true)) {
            await ec2.modifySubnetAttribute({
                SubnetId: id,
                AssignIpv6AddressOnCreation: { Value: assignIpv6 },
            });
        }
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        return (
            found && {
                arn: found.SubnetArn,
                assignIpv6AddressOnCreation: found.AssignIpv6AddressOnCreation === true,
                availabilityZone: found.AvailabilityZone,
                availabilityZoneId: found.AvailabilityZoneId,
                cidrBlock: found.CidrBlock,
                ipv6CidrBlockAssociationId: found.Ipv6CidrBlockAssociationSet?.[0]?.AssociationId ?? "",
                mapPublicIpOnLaunch: found.MapPublicIpOnLaunch === true,
                ownerId: found.OwnerId,
                privateDnsHostnameTypeOnLaunch:
                    found.PrivateDnsNameOptionsOnLaunch?.HostnameType ?? "ip-name",
                tags: fromTagList(found.Tags),
                vpcId: found.VpcId,
            }
        );
    },

    // Every property that does not replace the subnet is set in `settle`.
    retag: retagEc2,

    async delete(call, id) {
        const ec2 = await call.aws.ec2();
        await deleteWhenFree(call, id, deleteLimitSeconds, () => ec2.deleteSubnet({ SubnetId: id }));
    },
});
