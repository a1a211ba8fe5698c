import { expect } from "chai";
import { parseBootLog } from "../../../components/model/bootLog";
import { consoleOf, hostProfile, launchHost, verdictOn } from "../cloud/hostHelpers";
import { useCloud } from "../cloud/testCloud";
import { productUserData, stepsOf } from "./productHosts";

describe("hosts of the local cloud with a docker volume", () => {
    const cloud = useCloud();

    async function zoneOf(instanceId: string): Promise<string> {
        const { Reservations } = await cloud().ec2.describeInstances({ InstanceIds: [instanceId] });
        return Reservations?.[0]?.Instances?.[0]?.Placement?.AvailabilityZone ?? "";
    }

    async function blankVolume(zone: string): Promise<string> {
        return (await cloud().ec2.createVolume({ AvailabilityZone: zone, Size: 20 })).VolumeId ?? "";
    }

    const attach = (VolumeId: string, InstanceId: string) =>
        cloud().ec2.attachVolume({ VolumeId, InstanceId, Device: "/dev/sdf" });

    const withVolume = (volumeId: string) =>
        productUserData({ storage: { mode: "volume", volumeId, deviceName: "/dev/sdf" } });

    async function launchWith(volumeId: string): Promise<string> {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        return launchHost(cloud(), { userData: withVolume(volumeId), profile: "ecsInstanceRole" });
    }

    beforeEach(async () => {
        await hostProfile(cloud());
    });

    it("waits for it, formats it, and joins", async () => {
        const volume = await blankVolume("us-east-1a");
        const id = await launchWith(volume);
        expect(await verdictOn(cloud(), id, ["waiting"])).to.include({ step: "volume" });
        expect(await stepsOf(cloud(), id)).to.deep.equal(["hold ok"]);
        expect(await zoneOf(id)).to.equal("us-east-1a");
        await attach(volume, id);
        expect(await verdictOn(cloud(), id)).to.include({ phase: "registered" });
        expect(await consoleOf(cloud(), id)).to.include("formatted /dev/nvme1n1");
        expect(await cloud().control("GET", `volumes/${volume}`)).to.deep.equal({
            signature: "btrfs",
            label: "sles-ecs-docker",
        });
    });

    it("gives up when it never comes, and joins when it is there at the next boot", async () => {
        await cloud().control("POST", "settings", { volumeWaitSeconds: 0.2 });
        const volume = await blankVolume("us-east-1a");
        const id = await launchWith(volume);
        expect(await verdictOn(cloud(), id)).to.include({ phase: "failed", step: "storage" });
        const steps = parseBootLog(await consoleOf(cloud(), id));
        expect(steps.at(-1)).to.include({ step: "storage", result: "failed" });
        expect(steps.at(-1)?.reason).to.include(volume);
        await attach(volume, id);
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(await verdictOn(cloud(), id)).to.include({ phase: "failed" });
        await cloud().ec2.rebootInstances({ InstanceIds: [id] });
        expect(await verdictOn(cloud(), id, ["registered"])).to.include({ clusterName: "dev" });
    });

    it("a successor mounts what its predecessor formatted", async () => {
        const { ec2 } = cloud();
        const volume = await blankVolume("us-east-1a");
        const first = await launchWith(volume);
        await attach(volume, first);
        await verdictOn(cloud(), first);
        await ec2.terminateInstances({ InstanceIds: [first] });
        const second = await launchWith(volume);
        await attach(volume, second);
        expect(await verdictOn(cloud(), second)).to.include({ phase: "registered" });
        expect(await consoleOf(cloud(), second)).not.to.include("formatted");
    });

    it("never formats a volume that carries something else", async () => {
        const volume = await blankVolume("us-east-1a");
        await cloud().control("POST", `volumes/${volume}`, { signature: "ext4" });
        const id = await launchWith(volume);
        await attach(volume, id);
        const verdict = await verdictOn(cloud(), id);
        expect(verdict).to.include({ phase: "failed", step: "storage" });
        expect(verdict.reason).to.include("carries ext4");
        expect(await cloud().control("GET", `volumes/${volume}`)).to.deep.equal({ signature: "ext4" });
    });
});
