import type { EC2, Vpc } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { deleteWhenFree, untilState } from "../aws/wait";
import { fromAws, toAws } from "../schema/awsNames";
import { flag, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 300;

const inputs = {
    cidrBlock: required(text({ replaces: true })),
    enableDnsHostnames: flag({ computed: true, aws: false }),
    enableDnsSupport: flag({ default: true, aws: false }),
    region: region(),
    tags: tags(),
};

async function find(ec2: EC2, id: string): Promise<Vpc | undefined> {
    return (await unlessGone(() => ec2.describeVpcs({ VpcIds: [id] })))?.Vpcs?.[0];
}

/** The settings of a VPC that have a call of their own each. */
async function attributes(
    ec2: EC2,
    id: string,
): Promise<{ enableDnsSupport: boolean | undefined; enableDnsHostnames: boolean | undefined }> {
    const [support, hostnames] = await Promise.all([
        ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableDnsSupport" }),
        ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableDnsHostnames" }),
    ]);
    return {
        enableDnsSupport: support.EnableDnsSupport?.Value,
        enableDnsHostnames: hostnames.EnableDnsHostnames?.Value,
    };
}

/** `aws:ec2/vpc:Vpc` */
export const vpc = defineResource({
    token: "aws:ec2/vpc:Vpc",
    inputs,

    async create(context, wanted) {
        const made = await context.aws.ec2.createVpc({
            ...toAws(inputs, wanted),
            TagSpecifications: tagSpecifications("vpc", context.tags),
        });
        return made.Vpc?.VpcId ?? "";
    },

    async settle(context, id, { enableDnsHostnames, enableDnsSupport }) {
        const { ec2 } = context.aws;
        const wait = { id, states: ["available"], limitSeconds };
        await untilState(context, wait, async () => (await find(ec2, id))?.State);
        const now = await attributes(ec2, id);
        if (enableDnsSupport !== now.enableDnsSupport) {
            await ec2.modifyVpcAttribute({ VpcId: id, EnableDnsSupport: { Value: enableDnsSupport } });
        }
        if (enableDnsHostnames !== undefined && enableDnsHostnames !== now.enableDnsHostnames) {
            await ec2.modifyVpcAttribute({ VpcId: id, EnableDnsHostnames: { Value: enableDnsHostnames } });
        }
    },

    async read(context, id) {
        const { ec2 } = context.aws;
        const found = await find(ec2, id);
        return found && { ...fromAws(inputs, found), ...(await attributes(ec2, id)) };
    },

    // Every property that does not replace the VPC is set in `settle`.
    retag: retagEc2,

    async delete(context, id) {
        await deleteWhenFree(context, id, limitSeconds, () => context.aws.ec2.deleteVpc({ VpcId: id }));
    },
});
