import type { EC2, Volume, VolumeType } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import type { Call } from "../aws/call";
import { deleteWhenFree } from "../aws/dependents";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { until } from "../aws/wait";
import { flag, integer, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 600;

async function find(ec2: EC2, id: string): Promise<Volume | undefined> {
    const found = (await unlessGone(() => ec2.describeVolumes({ VolumeIds: [id] })))?.Volumes?.[0];
    return found?.State === "deleted" ? undefined : found;
}

async function waitForSnapshot(call: Call, ec2: EC2, volumeId: string): Promise<void> {
    const { SnapshotId } = await ec2.createSnapshot({
        VolumeId: volumeId,
        ...tagSpecifications("snapshot", call.tags),
    });
    await until(call, { what: `the last snapshot of ${volumeId}`, limitSeconds }, async () => {
        const snapshots = await ec2.describeSnapshots({
            SnapshotIds: SnapshotId === undefined ? [] : [SnapshotId],
        });
        const state = snapshots.Snapshots?.[0]?.State;
        return state === "completed" || `it is ${state ?? "not there"}`;
    });
}

/** `aws:ebs/volume:Volume` */
export const volume = defineResource({
    token: "aws:ebs/volume:Volume",
    inputs: {
        availabilityZone: required(text({ replaces: true })),
        encrypted: flag({ replaces: true, computed: true }),
        finalSnapshot: flag({ default: false, remembered: true }),
        iops: integer({ computed: true }),
        kmsKeyId: text({ replaces: true, computed: true }),
        multiAttachEnabled: flag({ replaces: true }),
        region: region(),
        size: integer({ computed: true }),
        snapshotId: text({ replaces: true, computed: true }),
        tags: tags(),
        throughput: integer({ computed: true }),
        type: text({ computed: true }),
    },
    outputs: ["arn", "createTime", "tagsAll"],
    check: (inputs) =>
        inputs["size"] === undefined && inputs["snapshotId"] === undefined
            ? [
                  {
                      property: "size",
                      reason: 'missing property "size" of a volume: expected size or snapshotId',
                  },
              ]
            : [],

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createVolume({
            AvailabilityZone: inputs.availabilityZone,
            Encrypted: inputs.encrypted,
            Iops: inputs.iops,
            KmsKeyId: inputs.kmsKeyId,
            MultiAttachEnabled: inputs.multiAttachEnabled,
            Size: inputs.size,
            SnapshotId: inputs.snapshotId,
            Throughput: inputs.throughput,
            VolumeType: inputs.type as VolumeType | undefined,
            ...tagSpecifications("volume", call.tags),
        });
        return made.VolumeId ?? "";
    },

    async settle(call, id) {
        const ec2 = await call.aws.ec2();
        await until(call, { what: `${id} to be available`, limitSeconds }, async () => {
            const state = (await find(ec2, id))?.State;
            return state === "available" || state === "in-use" || `it is ${state ?? "not there"}`;
        });
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        return (
            found && {
                arn: ec2Arn(call.region, await call.aws.accountId(), `volume/${id}`),
                availabilityZone: found.AvailabilityZone,
                createTime: found.CreateTime,
                encrypted: found.Encrypted === true,
                iops: found.Iops ?? 0,
                kmsKeyId: found.KmsKeyId ?? "",
                multiAttachEnabled: found.MultiAttachEnabled === true,
                size: found.Size,
                snapshotId: found.SnapshotId ?? "",
                tags: fromTagList(found.Tags),
                throughput: found.Throughput ?? 0,
                type: found.VolumeType,
            }
        );
    },

    async update(call, id, change) {
        if (!change.has("size", "type", "iops", "throughput")) {
            return;
        }
        const ec2 = await call.aws.ec2();
        await ec2.modifyVolume({
            Iops: change.has("iops") ? change.inputs.iops : undefined,
            Size: change.has("size") ? change.inputs.size : undefined,
            Throughput: change.has("throughput") ? change.inputs.throughput : undefined,
            VolumeId: id,
            VolumeType: change.has("type") ? (change.inputs.type as VolumeType | undefined) : undefined,
        });
    },

    retag: retagEc2,

    async delete(call, id, state) {
        const ec2 = await call.aws.ec2();
        if (state["finalSnapshot"] === true && (await find(ec2, id)) !== undefined) {
            await waitForSnapshot(call, ec2, id);
        }
        await deleteWhenFree(call, id, limitSeconds, () => ec2.deleteVolume({ VolumeId: id }));
        await until(call, { what: `${id} to be deleted`, limitSeconds }, async () => {
            const now = (await find(ec2, id))?.State;
            return now === undefined || `it is ${now}`;
        });
    },
});
