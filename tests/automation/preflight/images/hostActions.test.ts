import { expect } from "chai";
import { createHostActions } from "../../../../automation/hosts/hostActions";
import { parseSettings } from "../../../../components/model/settings";
import { createFakeAws, stack } from "../../../helpers/fakeAws";
import { fakePint } from "../../../helpers/fakePint";
import { createFakeClock } from "../../../helpers/fakeTime";

describe("looking for a host image", () => {
    it("is refused with the credentials of another place than the environment's", async () => {
        const { settings } = parseSettings({}, "alice");
        if (settings === undefined) {
            throw new Error("the test's own settings are wrong");
        }
        const fake = createFakeAws();
        const actions = createHostActions(fake.aws, createFakeClock(), () => Promise.resolve(fakePint([])));
        const question = {
            environment: "alice",
            stack,
            hostImage: settings.hostImage,
            hasHosts: true,
            keepRunning: false,
            clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/alice",
        };
        const error: unknown = await actions.findHostImage(question).catch((reason: unknown) => reason);
        expect(error).to.include({ code: "AWS_ACCOUNT_MISMATCH" });
        expect(fake.reads).to.deep.equal(["identity.caller"]);
    });
});
