import { expect } from "chai";
import { askHostImage } from "../../../automation/environment/checks";
import { openEnvironment } from "../../../automation/environment/target";
import { fakeContext } from "../../helpers/fakes";
import { makeProject, removeFolders } from "../../helpers/project";

describe("looking for a host image", () => {
    afterEach(removeFolders);

    it("is refused with the credentials of another place than the environment's", async () => {
        const clusterArn = "arn:aws:ecs:eu-central-1:123456789012:cluster/dev";
        const resources = [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: clusterArn }];
        const directory = makeProject();
        const context = fakeContext({ directory, stacks: { dev: { resources, outputs: { clusterArn } } } });
        const target = await openEnvironment(context, { environment: "dev", projectDirectory: undefined });
        const { hostImage } = target.settings;
        const error: unknown = await askHostImage(target, { hostImage, keepRunning: false }).catch(
            (reason: unknown) => reason,
        );
        expect(error).to.include({ code: "AWS_ACCOUNT_MISMATCH" });
        expect(context.aws.reads).to.deep.equal(["identity.caller"]);
    });
});
