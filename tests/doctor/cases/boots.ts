import { dockerVolumeTags } from "../../../components/model/tags";
import { imageId, verdictOn } from "../../local/cloud/hostHelpers";
import type { TestCloud } from "../../local/cloud/testCloud";
import { productUserData } from "../../local/hosts/productHosts";
import { launchOwn, ownTags, profileName, tagList } from "../ward";
import { ailing, type Ailing } from "./ailing";

const onVolume = {
    hosts: { mode: "fixed", count: 1 },
    dockerStorage: { mode: "volume", sizeGiB: 20 },
};

/** A docker volume of host 1, in the zone where hosts of these tests are. */
async function ownVolume({ ec2 }: TestCloud): Promise<string> {
    const { VolumeId = "" } = await ec2.createVolume({ AvailabilityZone: "us-east-1a", Size: 20 });
    const tags = dockerVolumeTags(ownTags, { name: "dev-docker-1", hostNumber: 1, keep: false });
    await ec2.createTags({ Resources: [VolumeId], Tags: tagList(tags) });
    return VolumeId;
}

/** A host whose volume nobody attaches in time. */
async function withoutVolume(cloud: TestCloud): Promise<{ readonly id: string; readonly volumeId: string }> {
    await cloud.control("POST", "settings", { volumeWaitSeconds: 0.2 });
    const volumeId = await ownVolume(cloud);
    const userData = productUserData({ storage: { mode: "volume", volumeId, deviceName: "/dev/sdf" } });
    const id = await launchOwn(cloud, { userData });
    await verdictOn(cloud, id, ["failed"]);
    return { id, volumeId };
}

const attach = ({ ec2 }: TestCloud, VolumeId: string, InstanceId: string) =>
    ec2.attachVolume({ VolumeId, InstanceId, Device: "/dev/sdf" });

async function failing(
    cloud: TestCloud,
    wish: Parameters<typeof launchOwn>[1],
    shows: RegExp,
): Promise<{ readonly id: string; readonly shows: RegExp }> {
    const id = await launchOwn(cloud, wish);
    await verdictOn(cloud, id, ["failed"]);
    return { id, shows };
}

/** What goes wrong before the agent starts. */
export const boots: readonly Ailing[] = [
    ailing("STILL_BOOTING", async (cloud) => {
        await cloud.control("POST", "settings", { bootSeconds: 30 });
        return { id: await launchOwn(cloud), shows: /launched \d+ s ago/ };
    }),
    ailing("NOT_AN_ECS_IMAGE", (cloud) =>
        failing(cloud, { image: "suse-sles-15-sp7-v*-hvm-ssd-x86_64" }, /suse-sles-15-sp7-v\d+-hvm/),
    ),
    ailing("METADATA_DISABLED", async (cloud) => {
        const { Instances } = await cloud.ec2.runInstances({
            ImageId: await imageId(cloud),
            InstanceType: "t3.medium",
            MinCount: 1,
            MaxCount: 1,
            UserData: Buffer.from(productUserData()).toString("base64"),
            IamInstanceProfile: { Name: profileName },
            MetadataOptions: { HttpEndpoint: "disabled" },
            TagSpecifications: [{ ResourceType: "instance", Tags: tagList(ownTags) }],
        });
        const id = Instances?.[0]?.InstanceId ?? "";
        await verdictOn(cloud, id, ["failed"]);
        return { id, stateIds: [id], shows: /HttpEndpoint: disabled/ };
    }),
    ailing("USER_DATA_MISSING", (cloud) =>
        failing(cloud, { userData: undefined }, /shows no line of sles-ecs-bootstrap/),
    ),
    ailing("USER_DATA_FOREIGN", (cloud) =>
        failing(cloud, { userData: "#!/bin/sh\nzypper -n in htop\n" }, /no line of/),
    ),
    ailing(
        "USER_DATA_NOT_RUN",
        // cloud-init takes nothing with such a first line for a cloud-config; a young host may only be late.
        async (cloud) => {
            const userData = productUserData().replace("#cloud-config", "# cloud-config");
            return { ...(await failing(cloud, { userData }, /Unhandled/)), laterSeconds: 900 };
        },
    ),
    ailing("ROOT_DISK_FULL", async (cloud) => {
        await cloud.control("POST", "settings", { bootSeconds: 1 });
        const id = await launchOwn(cloud);
        await cloud.control("POST", `hosts/${id}`, { rootDisk: "full" });
        await verdictOn(cloud, id, ["failed"]);
        return { id, shows: /No space left on device/ };
    }),
    ailing("VOLUME_NOT_ATTACHED", async (cloud) => {
        const { id } = await withoutVolume(cloud);
        return { id, settings: onVolume, shows: /is attached to nothing/ };
    }),
    ailing("VOLUME_CAME_LATE", async (cloud) => {
        const { id, volumeId } = await withoutVolume(cloud);
        await attach(cloud, volumeId, id);
        return { id, settings: onVolume, shows: /was not attached within/ };
    }),
    ailing("VOLUME_HAS_OTHER_DATA", async (cloud) => {
        const volumeId = await ownVolume(cloud);
        await cloud.control("POST", `volumes/${volumeId}`, { signature: "ext4" });
        const userData = productUserData({
            storage: { mode: "volume", volumeId, deviceName: "/dev/sdf" },
        });
        const id = await launchOwn(cloud, { userData });
        await attach(cloud, volumeId, id);
        await verdictOn(cloud, id, ["failed"]);
        return { id, settings: onVolume, shows: /carries ext4/ };
    }),
    ailing("SELINUX_DENIES", (cloud) =>
        failing(
            cloud,
            {
                image: "suse-sles-16-0-v*-ecs-*",
                userData:
                    "#cloud-config\nwrite_files:\n- {path: /etc/ecs/ecs.config, content: ECS_CLUSTER=dev}\n",
            },
            /avc: +denied/,
        ),
    ),
];
