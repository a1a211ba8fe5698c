import { expect } from "chai";

import { oneLine } from "../../../automation/output/oneLine";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { occupied, stack, network, networkInAws, strangers } from "../teardown/destroyCase";

/** A title for the terminal's window, a colour, a line break, and a turn of the direction. */
const hostile = "data\u001b]0;owned\u0007\u001b[31m\n  keeps volume everything\u202e\u009b2J\r";

describe("a text of somebody else's", () => {
    afterEach(removeFolders);

    it("stays on its line, and tells the terminal nothing", () => {
        expect(oneLine(hostile)).to.match(/^data +keeps volume everything *$/);
        expect(oneLine("Größe 日本 e\u0301")).to.equal("Größe 日本 e\u0301");
    });

    it("does so in the plan that is consented to, in the answer, and in what is in the way", async () => {
        const account = occupied();
        const named = { "sles-ecs:stack-id": "dev-id", Name: hostile };
        const { context } = await play(["destroy", "dev"], {
            directory: makeProject(),
            stacks: { dev: { ...stack, resources: [...(stack.resources ?? []), ...network] } },
            aws: {
                ...account,
                ...strangers,
                instances: [
                    ...account.instances,
                    ...(strangers.instances ?? []).map((one) =>
                        one.instanceId === "i-0bob" ? { ...one, tags: { Name: hostile } } : one,
                    ),
                ],
                ec2Resources: networkInAws,
                volumes: (account.volumes ?? []).map((one) => ({ ...one, tags: { ...one.tags, ...named } })),
            },
            answers: [true],
        });
        const shown = `${context.io.err()}${context.io.out()}`;
        expect(shown).to.contain("vol-1").and.to.contain("i-0bob");
        expect(shown).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
        expect(shown).to.not.match(/^ *keeps volume everything/m);
    });
});
