import { expect } from "chai";

import { Workplace } from "./harness";
import { ProgramProject } from "./programProject";

interface Outputs {
    readonly webOutputs: readonly string[];
    readonly batchOutputs: readonly string[];
    readonly capacityProviderName: string;
}

describe("two clusters of one program", () => {
    let place: Workplace;
    let program: ProgramProject;

    before(async () => {
        place = await Workplace.create();
        program = await ProgramProject.create(place, "twoClusters");
    });
    after(() => place.stop());

    it("are two environments, neither of which takes the other for its own, and go together", async () => {
        const initially = await place.inventory();
        await program.pulumi(0, "preview");
        await program.pulumi(0, "up", "--yes");
        const { webOutputs, batchOutputs, capacityProviderName } = await program.outputs<Outputs>();
        expect([webOutputs[0], batchOutputs[0]]).to.deep.equal(["web", "batch"]);
        expect(webOutputs[1]).to.match(/^sles-ecs-web-us-east-1-[0-9a-f]{8}$/);
        expect(batchOutputs[1]).to.match(/^sles-ecs-batch-us-east-1-[0-9a-f]{8}$/);
        expect(capacityProviderName).to.match(/^sles-ecs-batch-[0-9a-f]{8}$/);
        expect(new Set([...webOutputs, ...batchOutputs]).size).to.equal(6);
        await program.pulumi(0, "preview", "--expect-no-changes");
        await program.pulumi(0, "refresh", "--yes", "--expect-no-changes");

        await program.pulumi(0, "destroy", "--yes");
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("are refused where both would be one environment", async () => {
        await program.pulumi(0, "config", "set", "batch", "web");
        const preview = await program.pulumi(1, "preview");
        expect(preview).to.contain(
            "the clusters web and batch of this program are both the environment web, expected an environment for each",
        );
        expect(preview).to.not.contain("unhandled");
    });
});
