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

    it("spares, with a network that others use, its interface endpoints and the security groups that hang on them", async () => {
        const inside: typeof network = [
            { type: "sles-ecs:components:InterfaceEndpoints", name: "sles-ecs-endpoints", id: "" },
            { type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "sles-ecs-endpoints-ecs", id: "vpce-1" },
            { type: "aws:ec2/securityGroup:SecurityGroup", name: "sles-ecs-endpoints", id: "sg-2" },
            {
                type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                name: "sles-ecs-endpoints-from-hosts",
                id: "sgr-2",
            },
        ];
        const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: { dev: { ...stack, resources: [...(stack.resources ?? []), ...network, ...inside] } },
            aws: {
                ...occupied(),
                ec2Resources: networkInAws,
                holders: [
                    { id: "eni-1", description: "VPC Endpoint Interface vpce-1", tags: {}, holds: ["vpc-1"] },
                    { id: "eni-2", description: "bobs", tags: {}, holds: ["vpc-1"] },
                ],
            },
        });
        expect(exitCode).to.equal(7);
        expect(context.io.err()).to.contain("bobs").and.not.to.contain("vpce-1 uses");
        expect(context.calls.filter((call) => call.startsWith("engine destroy"))).to.deep.equal([
            "engine destroy spared=sles-ecs-vpc,sles-ecs-route,sles-ecs-hosts,sles-ecs-hosts-egress,sles-ecs-endpoints-ecs,sles-ecs-endpoints,sles-ecs-endpoints-from-hosts",
        ]);
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
