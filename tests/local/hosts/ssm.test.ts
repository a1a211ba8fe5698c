import { expect } from "chai";
import { noShell, readHostCommand } from "../../../local/hosts/commands/hostCommand";
import { answerOfRestart, logOfRestart } from "../../../local/hosts/commands/restart";
import { decideBoot } from "../../../local/hosts/decide/decideBoot";
import type { HostFacts } from "../../../local/hosts/decide/hostFacts";
import { whyNotManaged } from "../../../local/hosts/decide/ssm";
import { allowing, bootstrapUserData, healthyHost } from "./facts";

const letsIn = allowing(["ssm:UpdateInstanceInformation", "ssmmessages:*"]);
const role = (...policies: Parameters<typeof allowing>[]): HostFacts["role"] => ({
    kind: "role",
    roleName: "hosts",
    policies: policies.map((one) => allowing(...one)),
});
const closed = { hasPublicAddress: false, httpsAllowed: true, aclAllows: true, routes: [], endpoints: [] };
const endpoints = (...services: readonly string[]) => ({
    network: { ...closed, endpoints: services.map((service) => ({ service, usable: true })) },
});

const managed: HostFacts = {
    ...healthyHost(bootstrapUserData()),
    role: { kind: "role", roleName: "hosts", policies: [letsIn] },
};

describe("whether Systems Manager reaches a host", () => {
    // Sources: SUSE's image recipes on amazon-ssm-agent; Systems Manager user guide, "Configure instance permissions" and
    // "Improve the security of EC2 instances by using VPC endpoints".
    for (const [what, change, why] of [
        ["SLES 15, a role that lets it in, a way out", {}, undefined],
        ["SLES 12", { imageName: "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64" }, undefined],
        ["SLES 16", { imageName: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64" }, /has no SSM agent/],
        ["an image that is not SUSE's for ECS", { imageName: "al2023" }, /has no SSM agent/],
        ["no instance profile", { role: { kind: "none" } }, /no instance profile/],
        ["a role for ECS alone", { role: role([["ecs:*"]]) }, /does not allow ssm:UpdateInstanceInformation/],
        [
            "a role without the channel of messages",
            { role: role([["ssm:*"]]) },
            /does not allow ssmmessages:OpenControlChannel/,
        ],
        ["no way out", { network: closed }, /no route out/],
        ["no way out, and its endpoints", endpoints("ssm", "ssmmessages", "ec2messages"), undefined],
        ["no way out, and one endpoint too few", endpoints("ssm", "ssmmessages"), /no route out/],
    ] as readonly (readonly [string, Partial<HostFacts>, RegExp | undefined])[]) {
        it(`${what}: ${why === undefined ? "yes" : "no"}`, () => {
            const said = whyNotManaged({ ...managed, ...change });
            expect(said ?? "").to.match(why ?? /^$/);
        });
    }
});

describe("a script for a simulated host", () => {
    it("is read by its marker and its values alone", () => {
        const text = "#!/bin/sh\n# sles-ecs command: move\nset -eu\nto_cluster='batch'\nlines=\"7\"\n";
        expect(readHostCommand(text)).to.deep.equal({ name: "move", values: { to_cluster: "batch" } });
        expect(readHostCommand("#!/bin/sh\necho '# sles-ecs command: move'\n")).to.equal(undefined);
        expect(noShell).to.include({ status: "Failed", exitCode: 127 });
    });

    it("ends as systemd tells: with what stops the bootstrap or the download, and not with what the agent meets later", () => {
        const reserved = bootstrapUserData({ agentLines: ["ECS_RESERVED_MEMORY=9000"] });
        for (const [change, status, exitCode] of [
            [{}, "Success", 0],
            // Registration is refused again and again, and the unit runs.
            [{ role: { kind: "none" } }, "Success", 0],
            [{ network: closed, patience: { volumeOver: false, downloadOver: true } }, "Failed", 1],
            [{ network: closed }, "InProgress", -1],
        ] as readonly (readonly [Partial<HostFacts>, string, number])[]) {
            const answer = answerOfRestart(decideBoot({ ...managed, role: role([["ecs:*"]]), ...change }));
            expect([answer.status, answer.exitCode]).to.deep.equal([status, exitCode]);
        }
        expect(answerOfRestart(decideBoot(healthyHost(reserved))).status).to.equal("Success");
    });

    it("leaves lines of the bootstrap and the agent, and none of a power on", () => {
        const log = logOfRestart(decideBoot({ ...managed, role: role([["ecs:*"]]) }).journal);
        expect(log).to.match(/^sles-ecs-bootstrap: step=hold result=ok/);
        expect(log).to.contain("Registered container instance");
        expect(log).to.not.match(/Linux version|cloud-init|login:/);
    });
});
