import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { lossLines } from "../../../automation/applying/losses";
import { planSteps } from "../../../automation/output/changes";
import { countOf, describeResource, hasWords } from "../../../automation/output/resourceWords";
import { createTheme } from "../../../automation/output/theme";
import type { ResourceEvent, ResourceOperation } from "../../../automation/ports/engine";
import { resourceTypes } from "../../../local/provider/resources";

const instance = "aws:ec2/instance:Instance";
const subnet = "aws:ec2/subnet:Subnet";
const repository = "aws:ecr/repository:Repository";
const schedule = "aws:scheduler/schedule:Schedule";

function step(
    operation: ResourceOperation,
    type: string,
    name: string,
    ...properties: string[]
): ResourceEvent {
    return { phase: "done", operation, type, name, urn: `urn:${name}`, changedProperties: properties };
}

describe("the words for resources", () => {
    it("are there for every type that the local cloud has, which is all that the components make", () => {
        const unsaid = resourceTypes.map(({ token }) => token).filter((token) => !hasWords(token));
        expect(unsaid).to.deep.equal([]);
    });

    it("are there for every type that a component names", () => {
        const folder = path.join(__dirname, "../../../components");
        const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
        const made = files.flatMap((file) => {
            const text = readFileSync(path.join(folder, file), "utf8");
            const modules = [...text.matchAll(/import \* as (\w+) from "@pulumi\/aws\//g)].map(
                ([, one]) => one,
            );
            return [...text.matchAll(/new (\w+)\.(\w+)\(/g)].flatMap(([, module = "", name = ""]) =>
                modules.includes(module)
                    ? [`aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`]
                    : [],
            );
        });
        expect(made).to.include(instance);
        expect(made.filter((type) => !hasWords(type))).to.deep.equal([]);
    });

    for (const [type, name, words] of [
        [instance, "sles-ecs-hosts-2", "host 2"],
        ["aws:ebs/volume:Volume", "sles-ecs-hosts-1-docker", "docker volume of host 1"],
        [
            "aws:ec2/volumeAttachment:VolumeAttachment",
            "sles-ecs-hosts-1-docker-attachment",
            "attachment of the docker volume of host 1",
        ],
        ["aws:ebs/volume:Volume", "sles-ecs-docker-0", "docker volume of host 0"],
        ["aws:ec2/launchTemplate:LaunchTemplate", "sles-ecs-hosts-2", "launch template"],
        ["aws:autoscaling/group:Group", "sles-ecs-hosts-2", "group of hosts"],
        ["aws:ec2/securityGroup:SecurityGroup", "sles-ecs-network-hosts", "security group of hosts"],
        ["aws:iam/role:Role", "sles-ecs-instance-role", "instance role"],
        ["aws:iam/rolePolicy:RolePolicy", "sles-ecs-instance-role-policy", "policy of the instance role"],
        ["aws:ecs/cluster:Cluster", "sles-ecs-cluster", "cluster"],
        [subnet, "sles-ecs-network-public-1", "subnet sles-ecs-network-public-1"],
        ["aws:sns/topic:Topic", "mine", "sns Topic mine"],
        ["aws:cloudwatch/logGroup:LogGroup", "sles-ecs-task-logs", "log group of tasks"],
        [repository, "sles-ecs-registry-web-policy", "repository web-policy"],
        [repository, "shop", "repository shop"],
        [
            "aws:ecr/repositoryPolicy:RepositoryPolicy",
            "sles-ecs-registry-web-policy",
            "permissions of repository web",
        ],
        [
            "aws:ecr/lifecyclePolicy:LifecyclePolicy",
            "sles-ecs-registry-web-lifecycle",
            "lifecycle of repository web",
        ],
        [schedule, "sles-ecs-lease-schedule-open-host-12", "schedule that starts host 12"],
        [schedule, "sles-ecs-lease-schedule-close-host-1", "schedule that stops host 1"],
        [schedule, "sles-ecs-lease-schedule-open-hosts", "schedule that starts the hosts"],
        [schedule, "sles-ecs-lease-schedule-close-hosts", "schedule that stops the hosts"],
        [schedule, "sles-ecs-lease-schedule-host-2", "schedule that stops host 2 after the lease"],
        [schedule, "sles-ecs-lease-schedule-hosts", "schedule that stops the hosts after the lease"],
    ] as const) {
        it(`call ${name} ${words}`, () => {
            expect(describeResource({ type, name })).to.equal(words);
        });
    }

    it("count", () => {
        expect([countOf(subnet, 1), countOf(subnet, 6)]).to.deep.equal(["1 subnet", "6 subnets"]);
    });
});

describe("planSteps", () => {
    it("says of a repository that is kept that it stays in the account", () => {
        const kept = step("delete", "aws:ecr/repository:Repository", "sles-ecs-registry-web");
        const [line, ...more] = planSteps([{ ...kept, isRetained: true }], {
            theme: createTheme({ color: false }),
        });
        expect(line).to.match(/repository .*web, out of the state alone: it stays in the account$/);
        expect(more).to.deep.equal([]);
    });

    const theme = createTheme({ color: false });
    const network = [1, 2, 3, 4, 5, 6].map((number) => step("create", subnet, `net-public-${number}`));
    const steps = [
        ...network,
        step("replace", instance, "sles-ecs-hosts-1", "ami"),
        step("delete", subnet, "old"),
    ];

    it("names what matters, and counts by kind what there is much of", () => {
        expect(planSteps(steps, { theme })).to.deep.equal([
            "  +  create  network: 6 subnets",
            "  +- replace host 1 (ami)",
            "  -  delete  subnet old",
        ]);
    });

    for (const [type, name, words] of [
        ["aws:ebs/volume:Volume", "sles-ecs-hosts-$-docker", "docker volume of host $"],
        ["aws:ecr/repository:Repository", "app-$", "repository app-$"],
        ["aws:cloudwatch/logGroup:LogGroup", "tasks-$", "log group of tasks tasks-$"],
    ] as const) {
        it(`names each ${words.replace(/ \S*\$$/, "")} whose data would be lost, however many, with what changes`, () => {
            const numbers = Array.from({ length: 20 }, (_, index) => String(index + 1));
            const lost = (operation: ResourceOperation) =>
                numbers.map((number) => step(operation, type, name.replace("$", number), "size"));
            expect(planSteps(lost("replace"), { theme })).to.deep.equal(
                numbers.map((number) => `  +- replace ${words.replace("$", number)} (size)`),
            );
            expect(planSteps(lost("delete"), { theme })).to.have.length(20);
            expect(planSteps(lost("create"), { theme })).to.have.length(1);
        });
    }

    it("names each of many things where a person has to agree", () => {
        const gone = network.map(({ name }) => step("delete", subnet, name, "zone"));
        expect(planSteps(gone, { theme })).to.have.length(1);
        expect(planSteps(gone, { theme, named: true })).to.have.length(6);
        expect(lossLines([], gone, { theme })).to.have.length(6);
    });

    it("names every step with Pulumi's type and name where that is asked for", () => {
        const lines = planSteps(steps, { theme, verbose: true });
        expect(lines).to.have.lengthOf(steps.length);
        expect(lines).to.include("  +- replace host 1 (ami) [aws:ec2/instance:Instance sles-ecs-hosts-1]");
    });

    it("colours what is created, replaced and deleted each in its way", () => {
        const painted = planSteps(steps, { theme: createTheme({ color: true }) }).map((line) =>
            line.slice(2, 7),
        );
        expect(painted).to.deep.equal(["\u001B[32m", "\u001B[35m", "\u001B[31m"]);
    });
});
