import type { EC2, Volume } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { deleteWhenFree, untilState } from "../aws/wait";
import { fromAws, toAws } from "../schema/awsNames";
import { flag, integer, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 600;

const inputs = {
    availabilityZone: required(text({ replaces: true })),
    encrypted: flag({ replaces: true, computed: true }),
    iops: integer({ computed: true }),
    kmsKeyId: text({ replaces: true, computed: true }),
    region: region(),
    size: required(integer()),
    tags: tags(),
    throughput: integer({ computed: true }),
    type: text({ computed: true, aws: "VolumeType" }),
};

async function find(ec2: EC2, id: string): Promise<Volume | undefined> {
    const found = (await unlessGone(() => ec2.describeVolumes({ VolumeIds: [id] })))?.Volumes?.[0];
    return found?.State === "deleted" ? undefined : found;
}

/** `aws:ebs/volume:Volume` */
export const volume = defineResource({
    token: "aws:ebs/volume:Volume",
    inputs,

    async create(context, wanted) {
        const made = await context.aws.ec2.createVolume({
            ...toAws(inputs, wanted),
            TagSpecifications: tagSpecifications("volume", context.tags),
        });
        return made.VolumeId ?? "";
    },

    async settle(context, id) {
        const wait = { id, states: ["available", "in-use"], limitSeconds };
        await untilState(context, wait, async () => (await find(context.aws.ec2, id))?.State);
    },

    async read(context, id) {
        const found = await find(context.aws.ec2, id);
        return found && fromAws(inputs, found);
    },

    async update(context, id, { changed }) {
        await context.aws.ec2.modifyVolume({ ...toAws(inputs, changed), VolumeId: id });
    },

    retag: retagEc2,

    async delete(context, id) {
        const { ec2 } = context.aws;
        await deleteWhenFree(context, id, limitSeconds, () => ec2.deleteVolume({ VolumeId: id }));
        await untilState(context, { id, limitSeconds }, async () => (await find(ec2, id))?.State);
    },
});
