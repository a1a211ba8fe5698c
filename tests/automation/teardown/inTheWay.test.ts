import { expect } from "chai";

import { instance } from "../../helpers/awsObjects";
import { tagsOf } from "../../helpers/fakeWorld";
import { expectGolden } from "../../helpers/golden";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { network, networkInAws, occupied, stack, strangers } from "./destroyCase";

describe("destroy of what others use", () => {
    afterEach(removeFolders);

    it("spares what others use of its network, goes through with the rest, names them, and ends with exit code 7", async () => {
        const { transcript, exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: { dev: { ...stack, resources: [...(stack.resources ?? []), ...network] } },
            aws: { ...occupied(), ...strangers, ec2Resources: networkInAws },
        });
        expect(exitCode).to.equal(7);
        expectGolden("cli/destroy-in-the-way.txt", transcript);
        expect(context.calls.filter((call) => call.startsWith("engine destroy"))).to.deep.equal([
            "engine destroy spared=sles-ecs-vpc,sles-ecs-route,sles-ecs-hosts,sles-ecs-hosts-egress",
        ]);
        expect(context.calls).not.to.include("engine remove");
    });

    it("takes no host of its own for a stranger that its state does not know", async () => {
        const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: {
                dev: {
                    ...stack,
                    strays: ["i-0stray"],
                    resources: [...(stack.resources ?? []), ...network],
                },
            },
            aws: {
                ...occupied(),
                instances: [
                    ...occupied().instances,
                    { ...instance(9), instanceId: "i-0stray", tags: tagsOf("dev") },
                ],
                holders: [
                    { id: "eni-9", instanceId: "i-0stray", description: "", tags: {}, holds: ["vpc-1"] },
                ],
            },
        });
        expect(exitCode, context.io.err()).to.equal(0);
        expect(context.io.err()).not.to.contain("in the way");
        expect(context.aws.changes).to.include("remove i-0stray");
    });

    it("asks nobody about a network that is not its own", async () => {
        const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: { dev: stack },
            aws: { ...occupied(), ...strangers },
        });
        expect(exitCode).to.equal(0);
        expect(context.aws.reads).not.to.include("ec2.holders");
    });
});
