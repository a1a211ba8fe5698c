import { expect } from "chai";

import { changes } from "../../helpers/fakes";
import { service } from "../../helpers/awsObjects";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { standing } from "../verbs/standing";

const registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
// Named like the environment's own repository, in another region and in another account.
const abroad = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/dev/web:1.0";
const theirs = "210987654321.dkr.ecr.us-east-1.amazonaws.com/dev/web:1.0";
const container = { name: "app", cpuUnits: 256, memoryMiB: 256 };
const definition = (name: string, image: string, more: { readonly executionRole?: string } = {}) => ({
    ...{ arn: name, tags: {}, containers: [{ ...container, image }] },
    ...more,
});

describe("a registry that hosts with the policy leastPrivilege get", () => {
    afterEach(removeFolders);

    const saidBy = async (verb: readonly string[], settings: string): Promise<string> => {
        const { context } = await play([...verb, "dev"], {
            directory: makeProject({ "Pulumi.dev.yaml": `config:\n${settings}` }),
            stacks: { dev: { ...standing, preview: changes([], 9) } },
            aws: {
                services: {
                    dev: [
                        service("shop", { taskDefinition: "shop:1" }),
                        service("batch", { taskDefinition: "batch:1" }),
                        service("web", { taskDefinition: "web:1" }),
                        service("still", { taskDefinition: "still:1", desired: 0, running: 0 }),
                        service("abroad", { taskDefinition: "abroad:1" }),
                        service("theirs", { taskDefinition: "theirs:1" }),
                        service("public", { taskDefinition: "public:1" }),
                    ],
                },
                ownTaskDefinitions: [
                    definition("shop:1", `${registry}/shop:1.0`),
                    definition("batch:1", `${registry}/batch:1.0`, {
                        executionRole: "arn:aws:iam::123456789012:role/batch",
                    }),
                    definition("web:1", `${registry}/dev/web:1.0`),
                    definition("still:1", `${registry}/still:1.0`),
                    definition("abroad:1", abroad),
                    definition("theirs:1", theirs),
                    definition("public:1", "registry.suse.com/suse/nginx:1.27"),
                ],
            },
        });
        return context.io.err();
    };
    const withRegistry = "  sles-ecs:containerRegistry: {repositories: [web]}\n";
    const leastPrivilege = "  sles-ecs:instanceRole: {policy: leastPrivilege}\n";

    for (const verb of [["preview"], ["up", "--yes"]]) {
        it(`has ${verb[0]} name what running services could not pull any more, and nothing else`, async () => {
            const said = await saidBy(verb, withRegistry + leastPrivilege);
            expect(said).to.contain("warning: containerRegistry: hosts with the policy leastPrivilege");
            expect(said).to.contain(
                `could not be pulled again of ${registry}/shop:1.0 (service shop), ${abroad} (service abroad), ${theirs} (service theirs) (set `,
            );
        });
    }

    it("is not spoken of where hosts may pull from everywhere", async () => {
        const managed = "  sles-ecs:instanceRole: {policy: awsManaged}\n";
        expect(await saidBy(["preview"], withRegistry + managed)).to.not.contain("service shop");
        expect(await saidBy(["preview"], leastPrivilege)).to.not.contain("service shop");
    });
});
