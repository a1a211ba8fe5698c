import { expect } from "chai";

import { listServices } from "../../../../../automation/verbs/service/list/list";
import { service } from "../../../../helpers/awsObjects";
import { fakeContext } from "../../../../helpers/fakes";
import { makeProject, removeFolders } from "../../../../helpers/project";
import { standing } from "../../standing";

describe("service list", () => {
    afterEach(removeFolders);

    it("says what hosts lack for tasks that run on hosts, and nothing of those on Fargate", async () => {
        const lacking = { desired: 2, running: 1, pending: 0, taskDefinition: "web:1" };
        const context = fakeContext({
            directory: makeProject(),
            stacks: { dev: standing },
            aws: {
                services: {
                    dev: [service("onHosts", lacking), service("onFargate", { ...lacking, isFargate: true })],
                },
                containerInstances: { dev: [] },
                ownTaskDefinitions: [
                    {
                        ...{ arn: "web:1", tags: {} },
                        containers: [{ name: "app", image: "nginx:1", cpuUnits: 256, memoryMiB: 256 }],
                    },
                ],
            },
        });
        const { ecs } = context.aws.inRegion(undefined);
        Object.assign(ecs, { serviceProgress: () => Promise.resolve(undefined) });
        const { services } = await listServices({ environment: "dev", projectDirectory: undefined }, context);
        const told = services.map(({ name, hindrances }) => [name, hindrances.length > 0]);
        expect(told).to.deep.equal([
            ["onFargate", false],
            ["onHosts", true],
        ]);
    });
});
