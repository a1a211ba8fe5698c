import { expect } from "chai";

import { Workplace } from "./harness";
import { ProgramProject } from "./programProject";

interface Outputs {
    readonly clusterName: string;
    readonly instanceIds: readonly string[];
    readonly subnetIds: readonly string[];
    readonly ownSubnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
}

describe("a cluster whose network the same program makes", () => {
    let place: Workplace;
    let program: ProgramProject;

    before(async () => {
        place = await Workplace.create();
        program = await ProgramProject.create(place, "suppliedNetwork");
    });
    after(() => place.stop());

    it("is previewed, made, unchanged when nothing changes, and gone before its network", async () => {
        const initially = await place.inventory();
        const preview = await program.pulumi(0, "preview", "--diff");
        expect(preview).to.contain("not known before the update: network.subnetIds");
        expect(preview).to.match(/aws:ec2\/instance:Instance: \(create\)/);
        expect(preview, "a stand-in").to.not.match(/5e5ec5|unknown-\d|the zone of|the VPC of/);
        expect(preview).to.not.contain("tell-nobody");
        expect(await place.inventory()).to.deep.equal(initially);

        const up = await program.pulumi(0, "up", "--yes");
        expect(up).to.not.contain("tell-nobody");
        const outputs = await program.outputs<Outputs>();
        expect(outputs.clusterName).to.equal("dev");
        expect(outputs.instanceIds).to.have.length(2);
        expect(outputs.subnetIds).to.deep.equal(outputs.ownSubnetIds);
        expect(outputs).to.not.have.any.keys("securityGroupId", "autoScalingGroupName");
        const state = await program.pulumi(0, "stack", "export");
        expect(state, "the secret in the state").to.not.contain("tell-nobody");

        await program.pulumi(0, "preview", "--expect-no-changes");
        await program.pulumi(0, "destroy", "--yes");
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("is refused in the words of the settings where an output is wrong, and nothing of it is made", async () => {
        await program.pulumi(0, "config", "set", "wrong", "true");
        const up = await program.pulumi(1, "up", "--yes");
        expect(up).to.match(
            /the settings of dev cannot be used:\n\s*network\.securityGroupIds\[0\]: got "vpc-[0-9a-f]+", expected a security group id such as sg-0123456789abcdef0/,
        );
        expect(up).to.not.contain("unhandled");
        const { clusters, instances } = await place.inventory();
        expect({ clusters, instances }).to.deep.equal({ clusters: [], instances: [] });
        await program.pulumi(0, "destroy", "--yes");
    });
});
