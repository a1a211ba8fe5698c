import { crc32 } from "node:zlib";
import type { VolumeAttachment } from "@aws-sdk/client-ec2";
import type { Clients } from "../aws/clients";
import { hasCode } from "../aws/errors";
import { findInstance, stopInstance, waitForInstance } from "../aws/instances";
import { untilState } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { asText, flag, region, required, text, type Properties } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 300;

const inputs = {
    deviceName: required(text({ replaces: true, aws: "Device" })),
    instanceId: required(text({ replaces: true })),
    region: region(),
    skipDestroy: flag({ remembered: true }),
    stopInstanceBeforeDetaching: flag({ remembered: true }),
    volumeId: required(text({ replaces: true })),
};

interface Place {
    readonly Device: string;
    readonly VolumeId: string;
    readonly InstanceId: string;
}

/** Where the attachment is: from the state, or in an import from the id `<device>:<volume>:<instance>`. */
function placeOf(id: string, known: Properties): Place {
    const [device, volumeId, instanceId] = id.split(":");
    return {
        Device: asText(known["deviceName"], device),
        VolumeId: asText(known["volumeId"], volumeId),
        InstanceId: asText(known["instanceId"], instanceId),
    };
}

async function find({ lookUps }: Clients, place: Place): Promise<VolumeAttachment | undefined> {
    const volume = await lookUps.volumes.get(place.VolumeId);
    return volume?.Attachments?.find(
        (attachment) => attachment.InstanceId === place.InstanceId && attachment.State !== "detached",
    );
}

/** `aws:ec2/volumeAttachment:VolumeAttachment` */
export const volumeAttachment = defineResource({
    token: "aws:ec2/volumeAttachment:VolumeAttachment",
    inputs,

    async create(context, { deviceName, instanceId, volumeId }) {
        const { aws } = context;
        await waitForInstance(context, instanceId, ["running", "stopped"]);
        const place = { Device: deviceName, InstanceId: instanceId, VolumeId: volumeId };
        // Like the official provider: what somebody attached already is taken as it is.
        if ((await find(aws, place)) === undefined) {
            await aws.ec2.attachVolume(place);
        }
        // The id that the official provider gives an attachment.
        return `vai-${crc32(`${deviceName}-${instanceId}-${volumeId}-`)}`;
    },

    async settle(context, id, wanted) {
        const place = placeOf(id, { ...wanted });
        const wait = { id: place.VolumeId, states: ["attached"], limitSeconds };
        await untilState(context, wait, async () => (await find(context.aws, place))?.State);
    },

    async read(context, id, known) {
        const { aws } = context;
        const place = placeOf(id, known);
        const found = await find(aws, place);
        // A volume on an instance that is gone is attached to nothing, whatever AWS still lists for a moment.
        return found && (await findInstance(aws, place.InstanceId)) && fromAws(inputs, found);
    },

    // What is not read from AWS only matters when the attachment goes.

    async delete(context, id, state) {
        const { aws } = context;
        const place = placeOf(id, state);
        if (state["skipDestroy"] === true || (await find(aws, place)) === undefined) {
            return;
        }
        if (state["stopInstanceBeforeDetaching"] === true) {
            await stopInstance(context, place.InstanceId);
        }
        try {
            await aws.ec2.detachVolume(place);
        } catch (error) {
            // Detached by somebody else, or together with its instance.
            const codes = ["IncorrectState", "InvalidVolume.NotFound", "InvalidAttachment.NotFound"];
            if (!hasCode(...codes)(error)) {
                throw error;
            }
        }
        const wait = { id: `the attachment of ${place.VolumeId}`, limitSeconds };
        await untilState(context, wait, async () => (await find(aws, place))?.State);
    },
});
