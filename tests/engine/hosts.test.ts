import {
    DeleteTagsCommand,
    DescribeInstancesCommand,
    DescribeVolumesCommand,
    EC2Client,
    GetConsoleOutputCommand,
} from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";
import type { Inventory } from "./inventory";

interface Status {
    readonly hosts: readonly {
        readonly instanceId: string;
        readonly containerInstance?: { readonly agentConnected: boolean };
    }[];
}

/** SLES 15 SP7, and not the latest one of the local cloud. */
const olderImage = "suse-sles-15-sp7-v20260617-ecs-hvm-ssd-x86_64";

describe("hosts over time", () => {
    let place: Workplace;
    let ec2: EC2Client;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2Client(place.access);
        initially = await place.inventory();
    });
    after(() => place.stop());

    async function hostIds(environment: string): Promise<string[]> {
        const status = await place.slesEcs(["status", environment, "--output", "json"]);
        expectExit(status, 0);
        return (JSON.parse(status.stdout) as Status).hosts.map((host) => host.instanceId).sort();
    }

    /** The line of the boot log that says what a host did about its storage. */
    async function storageStep(instanceId: string | undefined): Promise<string> {
        const { Output = "" } = await ec2.send(new GetConsoleOutputCommand({ InstanceId: instanceId }));
        const lines = Buffer.from(Output, "base64").toString("utf8").split("\n");
        return lines.find((line) => line.includes("sles-ecs-bootstrap: step=storage")) ?? "";
    }

    async function volumesOnSdf(): Promise<{ volume: string | undefined; instance: string | undefined }[]> {
        const { Volumes } = await ec2.send(new DescribeVolumesCommand({}));
        return (Volumes ?? [])
            .flatMap(({ VolumeId, Attachments }) => (Attachments ?? []).map((a) => ({ VolumeId, ...a })))
            .filter(({ Device }) => Device === "/dev/sdf")
            .map(({ VolumeId, InstanceId }) => ({ volume: VolumeId, instance: InstanceId }));
    }

    it("a replaced fixed host gets its docker volume back, and the images on it", async () => {
        const settings = { hosts: { count: 1 }, dockerStorage: { mode: "volume", sizeGiB: 20 } };
        await place.writeSettings("swap", settings);
        expectExit(await place.slesEcs(["up", "swap", "--yes"]), 0);
        const [first] = await volumesOnSdf();
        expect(await storageStep(first?.instance)).to.match(/formatted/);

        await place.writeSettings("swap", { ...settings, hosts: { count: 1, keyName: "nobody" } });
        const noKey = await place.slesEcs(["up", "swap", "--yes"]);
        expectExit(noKey, 3);
        expect(noKey.stderr).to.include("KEY_PAIR_NOT_FOUND");

        await place.writeSettings("swap", { ...settings, hostImage: { filter: olderImage } });
        const refused = await place.slesEcs(["up", "swap"]);
        expectExit(refused, 2);
        expect(refused.stderr).to.include("CONSENT_NEEDED").and.to.include("replace");
        expect(await volumesOnSdf()).to.deep.equal([first]);

        expectExit(await place.slesEcs(["up", "swap", "--yes"]), 0);
        const [second, ...more] = await volumesOnSdf();
        expect(more).to.deep.equal([]);
        expect(second?.volume).to.equal(first?.volume);
        expect(second?.instance).not.to.equal(first?.instance);
        expect(await storageStep(second?.instance))
            .to.match(/result=ok/)
            .and.not.to.match(/formatted/);

        expectExit(await place.slesEcs(["destroy", "swap", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("a kept volume outlives the environment and is told as kept", async () => {
        await place.writeSettings("keeper", {
            hosts: { count: 1 },
            dockerStorage: { mode: "volume", sizeGiB: 20, keepOnDestroy: true },
        });
        expectExit(await place.slesEcs(["up", "keeper", "--yes"]), 0);
        const [first] = await volumesOnSdf();
        const destroyed = await place.slesEcs(["destroy", "keeper", "--yes", "--output", "json"]);
        expectExit(destroyed, 0);
        const evidence = JSON.parse(destroyed.stdout) as Record<"kept" | "removed", { id: string }[]>;
        expect(evidence.kept.map(({ id }) => id)).to.deep.equal([first?.volume]);
        expect(evidence.removed.map(({ id }) => id)).to.not.include(first?.volume);
        const left = await place.inventory();
        expect(left["volumes"]).to.deep.equal(
            [first?.volume, ...(initially["volumes"] ?? [])].map(String).sort(),
        );
        initially = left;
    });

    it("drift is found by refresh, shown, and mended by up", async () => {
        await place.writeSettings("drift", { hosts: { count: 1 } });
        expectExit(await place.slesEcs(["up", "drift", "--yes"]), 0);
        const [host] = await hostIds("drift");
        await ec2.send(new DeleteTagsCommand({ Resources: [String(host)], Tags: [{ Key: "Name" }] }));
        const drift = await place.slesEcs(["refresh", "drift", "--preview-only"]);
        expectExit(drift, 0);
        expect(drift.stdout + drift.stderr).to.match(/tags/);
        expectExit(await place.slesEcs(["refresh", "drift", "--yes"]), 0);
        expect((await place.slesEcs(["preview", "drift", "--expect-no-changes"])).exitCode).to.equal(1);
        expectExit(await place.slesEcs(["up", "drift", "--yes"]), 0);
        const { Reservations } = await ec2.send(
            new DescribeInstancesCommand({ InstanceIds: [String(host)] }),
        );
        expect(Reservations?.[0]?.Instances?.[0]?.Tags?.map(({ Key }) => Key)).to.include("Name");
        expectExit(await place.slesEcs(["destroy", "drift", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("growing and shrinking touches only the hosts that come and go", async () => {
        await place.writeSettings("team", { hosts: { count: 2 } });
        expectExit(await place.slesEcs(["up", "team", "--yes"]), 0);
        const two = await hostIds("team");
        expectExit(
            await place.slesEcs(["up", "alice", "--from", "team", "--set", "hosts.count=1", "--yes"]),
            0,
        );
        expect(await hostIds("alice")).to.have.length(1);
        await place.writeSettings("team", { hosts: { count: 3 } });
        expectExit(await place.slesEcs(["up", "team", "--yes"]), 0);
        expect(await hostIds("team"))
            .to.have.length(3)
            .and.to.include.members(two);
        await place.writeSettings("team", { hosts: { count: 2 } });
        expectExit(await place.slesEcs(["up", "team", "--yes"]), 0);
        expect(await hostIds("team")).to.deep.equal(two);
        expectExit(await place.slesEcs(["destroy", "alice", "--yes"]), 0);
        expect(await hostIds("team")).to.deep.equal(two);
        expectExit(await place.slesEcs(["destroy", "team", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });
});

describe("an up that does not end well", () => {
    let place: Workplace;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
    });
    after(() => place.stop());

    it("says what each host got to when they are not ready in time, and can be destroyed", async () => {
        await fetch(`${place.cloud.endpoint}/_local/settings`, {
            method: "POST",
            body: JSON.stringify({ bootSeconds: 3600 }),
        });
        await place.writeSettings("slow", { hosts: { count: 1 } });
        const answer = await place.slesEcs(["up", "slow", "--yes", "--timeout", "3s"]);
        expectExit(answer, 5);
        expect(answer.stderr)
            .to.include("NOT_READY")
            .and.to.match(/i-[0-9a-f]{8,}/);
        expectExit(await place.slesEcs(["destroy", "slow", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
        await fetch(`${place.cloud.endpoint}/_local/settings`, {
            method: "POST",
            body: JSON.stringify({ bootSeconds: 0.1 }),
        });
    });

    it("ends in good order at the first Ctrl-C, and the next up takes the work up again", async () => {
        await place.writeSettings("stopped", { hosts: { count: 1 } });
        let interrupted = false;
        const answer = await place.slesEcs(["up", "stopped", "--yes"], {
            onOutput: (output, interrupt) => {
                if (!interrupted && /created cluster/.test(output)) {
                    interrupted = true;
                    interrupt();
                }
            },
        });
        expectExit(answer, 130);
        expectExit(await place.slesEcs(["up", "stopped", "--yes"]), 0);
        expectExit(await place.slesEcs(["destroy", "stopped", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });
});
