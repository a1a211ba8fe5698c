import { expect } from "chai";

import { renderSteps } from "../../../automation/output/steps";

describe("what can be typed next", () => {
    const steps = [
        ["sles-ecs up dev", "create it, and wait"],
        ["npm install", "the SDKs of Pulumi"],
    ] as const;

    it("has a line each, with the meanings below each other", () => {
        expect(renderSteps(steps, { stdoutIsTerminal: false, columns: 20 })).to.deep.equal([
            "  sles-ecs up dev   create it, and wait",
            "  npm install       the SDKs of Pulumi",
        ]);
    });

    it("lets a meaning go on below itself on a terminal that is too narrow, and breaks no word", () => {
        // Twenty columns are left for the meanings.
        expect(
            renderSteps([...steps, ["x", "locks secrets in the state"]], {
                stdoutIsTerminal: true,
                columns: 40,
            }),
        ).to.deep.equal([
            "  sles-ecs up dev   create it, and wait",
            "  npm install       the SDKs of Pulumi",
            "  x                 locks secrets in the\n                    state",
        ]);
    });
});
