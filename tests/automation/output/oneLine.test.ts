import { expect } from "chai";

import { reportError } from "../../../automation/cli/reportError";
import { AppError } from "../../../automation/errors/appError";
import { createProgress } from "../../../automation/output/progress";
import { oneLine } from "../../../automation/output/oneLine";
import { service } from "../../helpers/awsObjects";
import { step } from "../../helpers/fakes";
import { standing } from "../../helpers/fakeWorld";
import { fakeClock, recordIo } from "../../helpers/io";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { inTwoHours, leased } from "../lease/leaseCase";
import { occupied, stack, network, networkInAws, strangers } from "../teardown/destroyCase";

/** A title for the terminal's window, a colour, a line break, and a turn of the direction. */
const hostile = "data\u001b]0;owned\u0007\u001b[31m\n  keeps volume everything\u202e\u009b2J\r";

/** What none of it may be, but for the end of a line. */
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

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
        expect(shown).to.not.match(controls);
        expect(shown).to.not.match(/^ *keeps volume everything/m);
    });

    it("does so in the details of an error", () => {
        const io = recordIo();
        const error = new AppError("NOT_READY", {
            message: `no host ${hostile}`,
            details: [`i-1: ${hostile}`, hostile],
            hint: `delete ${hostile}`,
        });
        reportError(
            error,
            { io, env: {}, signal: new AbortController().signal },
            { debug: false, json: false, projectDirectory: undefined },
        );
        expect(io.err()).to.not.match(controls);
        expect(io.err().split("\n")).to.have.lengthOf(6);
    });

    it("does so in status: in the table of services, and in EC2's reason", async () => {
        const account = standing("dev", [{ state: "stopped", stateReason: hostile }]);
        const { context } = await play(["status", "dev"], {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n    sles-ecs:hosts: { count: 1 }\n" }),
            stacks: { dev: stack },
            aws: { ...account, services: { dev: [service(hostile)] } },
        });
        expect(context.io.out()).to.contain("i-1: the instance is stopped: data").and.to.contain("SERVICE");
        expect(context.io.out()).to.not.match(controls);
        expect(context.io.out()).to.not.match(/^ *keeps volume everything/m);
    });

    it("does so in list, with whoever an owner says to be", async () => {
        const { context } = await play(
            ["list"],
            leased({ alice: { expiresAt: inTwoHours, owner: `bob${hostile}` } }),
        );
        expect(context.io.out()).to.contain("bobdata");
        expect(context.io.out()).to.not.match(controls);
    });

    it("does so in what a provider complains of, line by line", () => {
        const io = recordIo();
        const progress = createProgress(io, fakeClock());
        const message = `first\u001b[2J\nsecond\u202e`;
        progress.diagnostic({ severity: "error", message, urn: undefined });
        progress.phase("updating");
        progress.resource({
            ...step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-1"),
            phase: "failed",
            message,
        });
        progress.end();
        expect(io.err())
            .to.match(/first *\n +second/)
            .and.to.not.match(controls);
    });
});
