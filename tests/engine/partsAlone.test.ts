import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";
import { ProgramProject } from "./programProject";

interface Outputs {
    readonly instanceIds: readonly string[];
    readonly dockerVolumeIds: readonly string[];
    readonly roleName: string;
    readonly autoScalingGroupName: string;
}

describe("a program of the parts alone", () => {
    let place: Workplace;
    let program: ProgramProject;
    let ecs: ECS;
    let ec2: EC2;

    /** Waits until so many agents of the cluster are connected; a test that hangs is ended by mocha. */
    const joined = async (cluster: string, count: number): Promise<readonly (string | undefined)[]> => {
        for (;;) {
            const { containerInstanceArns = [] } = await ecs.listContainerInstances({ cluster });
            const { containerInstances = [] } =
                containerInstanceArns.length === 0
                    ? {}
                    : await ecs.describeContainerInstances({
                          cluster,
                          containerInstances: containerInstanceArns,
                      });
            const connected = containerInstances.filter(({ agentConnected }) => agentConnected);
            if (connected.length >= count) {
                return connected.map(({ ec2InstanceId }) => ec2InstanceId).sort();
            }
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
    };

    before(async () => {
        place = await Workplace.create();
        ecs = new ECS(place.access);
        ec2 = new EC2(place.access);
        program = await ProgramProject.create(place, "partsAlone");
    });
    after(async () => {
        ecs.destroy();
        ec2.destroy();
        await place.stop();
    });

    it("brings hosts into their clusters, is unchanged when nothing changes, and goes without a trace", async () => {
        const initially = await place.inventory();
        const preview = await program.pulumi(0, "preview", "--diff");
        expect(preview).to.match(/aws:ec2\/instance:Instance: \(create\)/);
        expect(preview, "a stand-in").to.not.match(/5e5ec5|unknown-\d|xxxx/);
        expect(await place.inventory()).to.deep.equal(initially);

        await program.pulumi(0, "up", "--yes");
        const { instanceIds, roleName, autoScalingGroupName } = await program.outputs<Outputs>();
        expect(await joined("shop", 2)).to.deep.equal([...instanceIds].sort());
        expect(await joined("jobs", 1)).to.have.length(1);
        expect(roleName).to.match(/^sles-ecs-web-us-east-1-[0-9a-f]{8}$/);
        expect(autoScalingGroupName).to.match(/^sles-ecs-jobs-[0-9a-f]{8}$/);
        await program.pulumi(0, "preview", "--expect-no-changes");
        await program.pulumi(0, "refresh", "--yes", "--expect-no-changes");
        await program.pulumi(0, "up", "--yes", "--expect-no-changes");

        await program.pulumi(0, "destroy", "--yes");
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("leaves hosts that run where they are when another subnet is added", async () => {
        await program.pulumi(0, "up", "--yes");
        const before = await program.outputs<Outputs>();
        await program.pulumi(0, "config", "set", "moreSubnets", "true");
        await program.pulumi(0, "config", "set", "count", "3");
        await program.pulumi(0, "up", "--yes");
        const { instanceIds, dockerVolumeIds } = await program.outputs<Outputs>();
        expect(instanceIds.slice(0, 2)).to.deep.equal(before.instanceIds);
        expect(dockerVolumeIds.slice(0, 2)).to.deep.equal(before.dockerVolumeIds);
        expect(await joined("shop", 3)).to.deep.equal([...instanceIds].sort());
        await program.pulumi(0, "preview", "--expect-no-changes");
    });

    it("carries the tags of its environments, which nothing takes for lost", async () => {
        const { instanceIds, dockerVolumeIds } = await program.outputs<Outputs>();
        const { Tags = [] } = await ec2.describeTags({
            Filters: [{ Name: "resource-id", Values: [instanceIds[0] ?? "", dockerVolumeIds[0] ?? ""] }],
        });
        const tagsOf = (id: string | undefined) =>
            Object.fromEntries(
                Tags.filter(({ ResourceId }) => ResourceId === id).map(({ Key = "", Value }) => [Key, Value]),
            );
        const [host, volume] = [tagsOf(instanceIds[0]), tagsOf(dockerVolumeIds[0])];
        expect(host).to.include({
            Name: "web-host-1",
            "sles-ecs:environment": "web",
            "sles-ecs:stack": "organization/partsAlone/dev",
            "sles-ecs:managed-by": "sles-ecs",
            "sles-ecs:host": "1",
        });
        expect(host["network"]).to.match(/^vpc-/);
        expect(host["sles-ecs:stack-id"]).to.match(/^[0-9a-f]{8}-/);
        expect(volume["sles-ecs:stack-id"]).to.equal(host["sles-ecs:stack-id"]);

        const standing = await place.inventory();
        const orphans = await place.slesEcs(["orphans", "-o", "json"], { directory: program.directory });
        expectExit(orphans, 0);
        const { environments } = JSON.parse(orphans.stdout) as { environments: { state?: string }[] };
        expect(environments.map(({ state }) => state)).to.deep.equal(["here", "here"]);
        const refused = await place.slesEcs(["destroy", "dev", "--yes"], { directory: program.directory });
        expectExit(refused, 2);
        expect(refused.stderr).to.contain("was made by a program of your own");
        expect(await place.inventory()).to.deep.equal(standing);
    });

    it("is refused with two kinds of fixed hosts in one environment, and with wrong settings, before anything changes", async () => {
        const standing = await place.inventory();
        await program.pulumi(0, "config", "set", "twice", "true");
        const twice = await program.pulumi(1, "up", "--yes");
        expect(twice).to.contain(
            "web-hosts and web-more of this program are both the FixedHosts of the environment web, expected an environment for each",
        );
        await program.pulumi(0, "config", "rm", "twice");
        await program.pulumi(0, "config", "set", "count", "5001");
        const wrong = await program.pulumi(1, "preview");
        expect(wrong).to.match(/the settings of web cannot be used:\n\s*hosts\.count: /);
        expect(twice + wrong).to.not.contain("unhandled");
        expect(await place.inventory()).to.deep.equal(standing);
        await program.pulumi(0, "destroy", "--yes");
    });
});
