import { DescribeVolumesCommand, EC2Client, GetConsoleOutputCommand, type Volume } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

describe("docker volumes that are kept, on a whole system", () => {
    let place: Workplace;
    let ec2: EC2Client;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2Client(place.access);
    });
    after(() => place.stop());

    const settings = (more: object) => ({
        hosts: { count: 2 },
        dockerStorage: { mode: "volume", sizeGiB: 20, keepOnDestroy: true, ...more },
    });

    async function dockerVolumes(): Promise<readonly Volume[]> {
        const Filters = [{ Name: "tag:sles-ecs:storage", Values: ["docker"] }];
        const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({ Filters }));
        return Volumes.sort((a, b) => tag(a, "sles-ecs:host").localeCompare(tag(b, "sles-ecs:host")));
    }

    function tag({ Tags }: Volume, key: string): string {
        return Tags?.find(({ Key }) => Key === key)?.Value ?? "";
    }

    const idsOf = (volumes: readonly Volume[]) => volumes.map(({ VolumeId }) => VolumeId);
    const idOfStack = (volumes: readonly Volume[]) =>
        new Set(volumes.map((one) => tag(one, "sles-ecs:stack-id")));

    /** What the hosts that hold the volumes say about them in their boot logs. */
    async function storageSteps(): Promise<readonly string[]> {
        const held = (await dockerVolumes()).flatMap(({ Attachments = [] }) => Attachments);
        return Promise.all(
            held.map(async ({ InstanceId }) => {
                const { Output = "" } = await ec2.send(new GetConsoleOutputCommand({ InstanceId }));
                const lines = Buffer.from(Output, "base64").toString("utf8").split("\n");
                return lines.find((line) => line.includes("sles-ecs-bootstrap: step=storage")) ?? "";
            }),
        );
    }

    it("are taken up again by the next life, with their data, through both doors", async () => {
        await place.writeSettings("kept", settings({}));
        expectExit(await place.slesEcs(["up", "kept", "--yes"]), 0);
        const first = await dockerVolumes();
        expect(first).to.have.length(2);
        expect((await storageSteps()).join("\n")).to.match(/formatted[^]*formatted/);

        const destroyed = await place.slesEcs(["destroy", "kept", "--yes"]);
        expectExit(destroyed, 0);
        for (const id of idsOf(first)) {
            expect(destroyed.stdout).to.match(
                new RegExp(`^kept: volume kept-host-.-docker \\(${id}\\)`, "m"),
            );
        }
        expect(destroyed.stdout).to.include(
            "to take kept volumes up again, with their data: sles-ecs up kept\n",
        );
        const again = await place.slesEcs(["destroy", "kept", "--yes"]);
        expectExit(again, 0);
        expect(again.stdout).to.match(/^kept: volume/m);

        const preview = await place.slesEcs(["preview", "kept"]);
        expectExit(preview, 0);
        expect(preview.stdout).to.match(/^ +=  take up docker volume of host 1/m);
        const unasked = await place.slesEcs(["up", "kept"]);
        expectExit(unasked, 2);
        expect(unasked.stderr).to.include("CONSENT_NEEDED").and.to.include(first[0]?.VolumeId);
        expect(idOfStack(await dockerVolumes())).to.deep.equal(idOfStack(first));

        await place.writeSettings("kept", settings({ sizeGiB: 30 }));
        const up = await place.slesEcs(["up", "kept", "--yes"]);
        expectExit(up, 0);
        expect(up.stdout).to.include("2 taken up");
        const second = await dockerVolumes();
        expect(idsOf(second)).to.deep.equal(idsOf(first));
        expect(second.map(({ Size, State }) => [Size, State])).to.deep.equal([
            [30, "in-use"],
            [30, "in-use"],
        ]);
        expect(idOfStack(second).size).to.equal(1);
        expect(idOfStack(second)).to.not.deep.equal(idOfStack(first));
        expect((await storageSteps()).join("\n")).to.not.include("formatted");
        const same = await place.pulumi(["preview", "--stack", "kept", "--expect-no-changes"]);
        expectExit(same, 0);

        expectExit(await place.pulumi(["destroy", "--stack", "kept", "--yes", "--skip-preview"]), 0);
        const pulumi = await place.pulumi(["up", "--stack", "kept", "--yes", "--skip-preview"]);
        expectExit(pulumi, 0);
        expect(pulumi.stdout + pulumi.stderr).to.include("are taken up again, with their data");
        const third = await dockerVolumes();
        expect(idsOf(third)).to.deep.equal(idsOf(first));
        expect(idOfStack(third)).to.not.deep.equal(idOfStack(second));
        const unchanged = await place.slesEcs(["up", "kept"]);
        expectExit(unchanged, 0);
        expect(unchanged.stdout).to.include("nothing changed");

        // Whether they go with this life is what its settings say.
        await place.writeSettings("kept", settings({ sizeGiB: 30, keepOnDestroy: false }));
        expectExit(await place.slesEcs(["up", "kept", "--yes"]), 0);
        expectExit(await place.slesEcs(["destroy", "kept", "--yes"]), 0);
        expect(await dockerVolumes()).to.deep.equal([]);
    });

    it("that a life with fewer hosts has not taken up are named by its destroy too, and taken up by what that tells", async () => {
        await place.writeSettings("fewer", settings({}));
        expectExit(await place.slesEcs(["up", "fewer", "--yes"]), 0);
        expectExit(await place.slesEcs(["destroy", "fewer", "--yes"]), 0);
        const volumes = await dockerVolumes();
        await place.writeSettings("fewer", { ...settings({}), hosts: { count: 1 } });
        expectExit(await place.slesEcs(["up", "fewer", "--yes"]), 0);
        const destroyed = await place.slesEcs(["destroy", "fewer", "--yes"]);
        expectExit(destroyed, 0);
        for (const id of idsOf(volumes)) {
            expect(destroyed.stdout).to.include(`(${id}): keepOnDestroy`);
        }
        expect(destroyed.stdout).to.include(
            "with their data: set hosts.count to 2, then: sles-ecs up fewer\n",
        );
        await place.writeSettings("fewer", settings({}));
        const up = await place.slesEcs(["up", "fewer", "--yes"]);
        expectExit(up, 0);
        expect(up.stdout).to.include("2 taken up");
        expectExit(await place.slesEcs(["destroy", "fewer", "--yes"]), 0);
    });
});
