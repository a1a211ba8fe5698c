import { expect } from "chai";

import { expectExit, Workplace } from "./harness";
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

        const standing = await place.inventory();
        const refused = ["up dev --yes", "destroy dev --yes", "pause dev --yes", "status dev", "doctor dev"];
        for (const line of refused) {
            const answer = await place.slesEcs(line.split(" "), { directory: program.directory });
            expectExit(answer, 2);
            expect(answer.stderr).to.contain(
                "the stack organization/twoClusters/dev was made by a program of your own",
            );
            expect(answer.stderr).to.contain("pulumi destroy --stack dev");
        }
        const list = await place.slesEcs(["list"], { directory: program.directory });
        expectExit(list, 0);
        expect(list.stdout).to.match(/^dev +own program +/m);
        const orphans = await place.slesEcs(["orphans", "-o", "json"], { directory: program.directory });
        expectExit(orphans, 0);
        const { environments } = JSON.parse(orphans.stdout) as { environments: object[] };
        expect(environments.map((one) => ("state" in one ? one.state : ""))).to.deep.equal(["here", "here"]);
        expect(await place.inventory()).to.deep.equal(standing);
        await program.pulumi(0, "preview", "--expect-no-changes");

        await program.pulumi(0, "destroy", "--yes");
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("are refused where both would be one environment", async () => {
        await program.pulumi(0, "config", "set", "batch", "web");
        const preview = await program.pulumi(1, "preview");
        expect(preview).to.contain(
            "web and batch of this program are both the environment web, expected an environment for each",
        );
        expect(preview).to.not.contain("unhandled");
    });
});
