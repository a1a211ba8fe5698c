import type { EC2, Subnet } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { deleteWhenFree, until } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { flag, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const createLimitSeconds = 600;
const deleteLimitSeconds = 1200;

const inputs = {
    availabilityZone: text({ replaces: true, computed: true }),
    cidrBlock: text({ replaces: true }),
    mapPublicIpOnLaunch: flag({ default: false }),
    region: region(),
    tags: tags(),
    vpcId: required(text({ replaces: true })),
};

async function find(ec2: EC2, id: string): Promise<Subnet | undefined> {
    return (await unlessGone(() => ec2.describeSubnets({ SubnetIds: [id] })))?.Subnets?.[0];
}

/** `aws:ec2/subnet:Subnet` */
export const subnet = defineResource({
    token: "aws:ec2/subnet:Subnet",
    inputs,
    outputs: ["arn"],

    async create(context, wanted) {
        const made = await context.aws.ec2.createSubnet({
            AvailabilityZone: wanted.availabilityZone,
            CidrBlock: wanted.cidrBlock,
            TagSpecifications: tagSpecifications("subnet", context.tags),
            VpcId: wanted.vpcId,
        });
        return made.Subnet?.SubnetId ?? "";
    },

    async settle(context, id, { mapPublicIpOnLaunch = false }) {
        const { ec2 } = context.aws;
        let now: Subnet | undefined;
        await until(
            context,
            { what: `${id} to be available`, limitSeconds: createLimitSeconds },
            async () => {
                now = await find(ec2, id);
                return now?.State === "available" || `it is ${now?.State ?? "not there"}`;
            },
        );
        if (mapPublicIpOnLaunch !== (now?.MapPublicIpOnLaunch === true)) {
            const MapPublicIpOnLaunch = { Value: mapPublicIpOnLaunch };
            await ec2.modifySubnetAttribute({ SubnetId: id, MapPublicIpOnLaunch });
        }
    },

    async read(context, id) {
        const found = await find(context.aws.ec2, id);
        return found && { ...fromAws(inputs, found), arn: found.SubnetArn };
    },

    // Every property that does not replace the subnet is set in `settle`.
    retag: retagEc2,

    async delete(context, id) {
        await deleteWhenFree(context, id, deleteLimitSeconds, () =>
            context.aws.ec2.deleteSubnet({ SubnetId: id }),
        );
    },
});
