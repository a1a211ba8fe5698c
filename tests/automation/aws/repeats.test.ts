import { expect } from "chai";

import { changes, harmless, isRead } from "../../../automation/aws/repeats";
import { AppError } from "../../../automation/errors/appError";
import { actionsOfCommands } from "../../../scripts/docs/permissions";
import { failureOf } from "../../helpers/awsFailures";
import { ec2Refusal, failure, withAnswers, type Scripted } from "./lostAnswers";

const throttled: Scripted = [400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'];
/** As EC2 throttles (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html). */
const throttledByEc2: Scripted = ec2Refusal("RequestLimitExceeded", 503);

describe("the list of changes and whether they are asked for again", () => {
    const asked = [...actionsOfCommands().values()].flat().filter((action) => !isRead(action));

    it("has every change that is asked of AWS, and no other", () => {
        expect(Object.keys(changes).sort()).to.deep.equal(asked.sort());
    });

    it("gives a reason for each", () => {
        for (const [action, repeat] of Object.entries(changes)) {
            const reason = typeof repeat === "string" ? harmless[repeat] : repeat.never;
            expect(reason, action).to.match(/^\w.* \w/);
        }
    });
});

describe("what AWS may have done", () => {
    for (const [what, lost] of [
        ["it failed on the way", failure],
        ["the connection broke off", "cut"],
    ] as const) {
        it(`is asked for again where a second one does no harm, when ${what}`, async () => {
            const asked = await withAnswers({ StopTask: [lost, [200, "{}"]] }, ({ ecs }) =>
                ecs.stopTask("alice", "arn:task", "because"),
            );
            expect(asked).to.deep.equal(["StopTask", "StopTask"]);
        });

        it(`is not asked for again where the list says so, when ${what}`, async () => {
            const asked = await withAnswers({ PutParameter: [lost, [200, "{}"]] }, async ({ parameters }) => {
                const error = await failureOf(parameters.put("/lock", "ann"));
                expect(error.code).to.equal(lost === "cut" ? "AWS_UNREACHABLE" : "AWS_FAILED");
                expect(error.message).to.contain("ssm:PutParameter");
            });
            expect(asked).to.deep.equal(["PutParameter"]);
        });
    }
});

describe("what AWS has not done", () => {
    it("is asked for again, whatever the list says, when it was throttled", async () => {
        const script = { PutParameter: [throttled, [200, "{}"]] } as const;
        const asked = await withAnswers(script, ({ parameters }) => parameters.put("/lock", "ann"));
        expect(asked).to.deep.equal(["PutParameter", "PutParameter"]);
    });

    it("is asked for again where EC2 throttles, which says so with a status of failures", async () => {
        const script = { StopInstances: [throttledByEc2, [200, "<StopInstancesResponse/>"]] } as const;
        const asked = await withAnswers(script, ({ ec2 }) => ec2.stop(["i-1"]));
        expect(asked).to.deep.equal(["StopInstances", "StopInstances"]);
    });

    it("is asked for once where AWS refuses it", async () => {
        const refused: Scripted = [400, '{"__type":"InvalidParameterException","message":"no such host"}'];
        const asked = await withAnswers({ UpdateContainerInstancesState: [refused] }, async ({ ecs }) => {
            expect(await failureOf(ecs.drain("alice", ["arn:ci-1"]))).to.be.instanceOf(AppError);
        });
        expect(asked).to.deep.equal(["UpdateContainerInstancesState"]);
    });
});
