import type { Volume } from "@aws-sdk/client-ec2";
import type { Clients } from "../aws/clients";
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

async function find({ lookUps }: Clients, id: string): Promise<Volume | undefined> {
    const found = await lookUps.volumes.get(id);
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
        await untilState(context, wait, async () => (await find(context.aws, id))?.State);
    },

    async read(context, id) {
        const found = await find(context.aws, id);
        return found && fromAws(inputs, found);
    },

    async update(context, id, { changed }) {
        await context.aws.ec2.modifyVolume({ ...toAws(inputs, changed), VolumeId: id });
    },

    retag: retagEc2,

    async delete(context, id) {
        const { aws } = context;
        await deleteWhenFree(context, id, limitSeconds, () => aws.ec2.deleteVolume({ VolumeId: id }));
        await untilState(context, { id, limitSeconds }, async () => (await find(aws, id))?.State);
    },
});
