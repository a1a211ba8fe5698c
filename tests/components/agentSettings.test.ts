import { expect } from "chai";
import { parse } from "yaml";
import type { Settings } from "../../components";
import { build } from "./environment";

const instanceType = "aws:ec2/instance:Instance";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const policyType = "aws:iam/rolePolicy:RolePolicy";

const agent = {
    reservedMemoryMiB: 256,
    attributes: { rack: "a" },
    tags: { team: "web" },
    propagateTagsFrom: "ec2_instance",
    enableSpotInstanceDraining: true,
} as const;
const agentConfig = [
    "ECS_CLUSTER=dev",
    'ECS_INSTANCE_ATTRIBUTES={"rack":"a","sles-ecs.docker-storage":"imageStore","sles-ecs.generation":"15"}',
    'ECS_CONTAINER_INSTANCE_TAGS={"team":"web"}',
    "ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance",
    "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true",
    "ECS_RESERVED_MEMORY=256",
];

/** The text of a file that the user data puts on a host. */
function fileOf(userData: string, path: string): string {
    const { bootcmd } = parse(userData) as { readonly bootcmd: readonly (readonly string[])[] };
    const words = bootcmd[0] ?? [];
    return words[words.indexOf(path) + 2] ?? "";
}
const userDataOf = async (settings: Settings): Promise<string> => {
    const { recorder } = await build(settings);
    const [template] = recorder.ofType(templateType);
    return template === undefined
        ? String(recorder.only(instanceType).inputs["userData"])
        : Buffer.from(String(template.inputs["userData"]), "base64").toString("utf8");
};

for (const mode of ["fixed", "autoScaling"] as const) {
    describe(`the user data of ${mode} hosts`, () => {
        it("has the agent's settings, unquoted, next to what the product sets", async () => {
            const userData = await userDataOf({ hosts: { mode }, agent });
            expect(fileOf(userData, "/etc/sles-ecs/ecs.config").split("\n")).to.have.members(agentConfig);
        });

        it("names the packages to install, and none unless some are wanted", async () => {
            const conf = async (hosts: Settings["hosts"]) =>
                fileOf(await userDataOf({ hosts }), "/etc/sles-ecs/bootstrap.conf").split("\n");
            expect(await conf({ mode, packages: ["nfs-client", "vim"] })).to.include(
                "PACKAGES=nfs-client vim",
            );
            expect((await conf({ mode })).filter((line) => line.startsWith("PACKAGES"))).to.deep.equal([]);
        });
    });
}

describe("the role of hosts whose agent has settings", () => {
    const actionsOf = async (settings: Settings): Promise<readonly string[]> => {
        const { recorder } = await build(settings);
        const { Statement: statements } = JSON.parse(String(recorder.only(policyType).inputs["policy"])) as {
            readonly Statement: readonly { readonly Action: readonly string[] }[];
        };
        return statements.flatMap(({ Action }) => Action);
    };

    it("may do what they need, and without them may not", async () => {
        const needed = ["ec2:DescribeTags", "ecs:TagResource", "ecs:UpdateContainerInstancesState"];
        expect(await actionsOf({ agent })).to.include.members(needed);
        expect(await actionsOf({})).to.not.include.any.members(needed);
        expect(await actionsOf({ agent: { reservedMemoryMiB: 256 } })).to.not.include.any.members(needed);
    });
});
