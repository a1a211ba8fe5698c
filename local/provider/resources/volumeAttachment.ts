import { crc32 } from "node:zlib";
import type { EC2, VolumeAttachment } from "@aws-sdk/client-ec2";
import { errorCode, unlessGone } from "../aws/errors";
import { findInstance, stopInstance, waitForInstance } from "../aws/instances";
import { until } from "../aws/wait";
import { asText, flag, region, required, text, type Properties } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 300;

interface Place {
    readonly device: string;
    readonly volumeId: string;
    readonly instanceId: string;
}

/** Where the attachment is: from the state, or in an import from the id `<device>:<volume>:<instance>`. */
function placeOf(id: string, known: Properties): Place {
    const [device, volumeId, instanceId] = id.split(":");
    return {
        device: asText(known["deviceName"], device),
        volumeId: asText(known["volumeId"], volumeId),
        instanceId: asText(known["instanceId"], instanceId),
    };
}

async function find(ec2: EC2, place: Place): Promise<VolumeAttachment | undefined> {
    const answer = await unlessGone(() => ec2.describeVolumes({ VolumeIds: [place.volumeId] }));
    return answer?.Volumes?.[0]?.Attachments?.find(
        (attachment) => attachment.InstanceId === place.instanceId && attachment.State !== "detached",
    );
}

/** `aws:ec2/volumeAttachment:VolumeAttachment` */
export const volumeAttachment = defineResource({
    token: "aws:ec2/volumeAttachment:VolumeAttachment",
    inputs: {
        deviceName: required(text({ replaces: true })),
        instanceId: required(text({ replaces: true })),
        region: region(),
        skipDestroy: flag({ remembered: true }),
        stopInstanceBeforeDetaching: flag({ remembered: true }),
        volumeId: required(text({ replaces: true })),
    },

    async create(context, inputs) {
        const { ec2 } = context.aws;
        await waitForInstance(context, inputs.instanceId, ["running", "stopped"]);
        // Like the official provider: what somebody attached already is taken as it is.
        if ((await find(ec2, placeOf("", { ...inputs }))) === undefined) {
            await ec2.attachVolume({
                Device: inputs.deviceName,
                InstanceId: inputs.instanceId,
                VolumeId: inputs.volumeId,
            });
        }
        // The id that the official provider gives an attachment.
        return `vai-${crc32(`${inputs.deviceName}-${inputs.instanceId}-${inputs.volumeId}-`)}`;
    },

    async settle(context, id, inputs) {
        const place = placeOf(id, { ...inputs });
        await until(context, { what: `${place.volumeId} to be attached`, limitSeconds }, async () => {
            const state = (await find(context.aws.ec2, place))?.State;
            return state === "attached" || `it is ${state ?? "not attached"}`;
        });
    },

    async read(context, id, known) {
        const { ec2 } = context.aws;
        const place = placeOf(id, known);
        const found = await find(ec2, place);
        // A volume on an instance that is gone is attached to nothing, whatever AWS still lists for a moment.
        return found === undefined || (await findInstance(ec2, place.instanceId)) === undefined
            ? undefined
            : { deviceName: found.Device, instanceId: found.InstanceId, volumeId: found.VolumeId };
    },

    // What is not read from AWS only matters when the attachment goes.

    async delete(context, id, state) {
        if (state["skipDestroy"] === true) {
            return;
        }
        const { ec2 } = context.aws;
        const place = placeOf(id, state);
        if ((await find(ec2, place)) === undefined) {
            return;
        }
        if (state["stopInstanceBeforeDetaching"] === true) {
            await stopInstance(context, place.instanceId);
        }
        try {
            await ec2.detachVolume({
                Device: place.device,
                InstanceId: place.instanceId,
                VolumeId: place.volumeId,
            });
        } catch (error) {
            // Detached by somebody else, or together with its instance.
            if (
                !["IncorrectState", "InvalidVolume.NotFound", "InvalidAttachment.NotFound"].includes(
                    errorCode(error) ?? "",
                )
            ) {
                throw error;
            }
        }
        await until(context, { what: `${place.volumeId} to be detached`, limitSeconds }, async () => {
            const now = (await find(ec2, place))?.State;
            return now === undefined || `it is ${now}`;
        });
    },
});
