import { expect } from "chai";

import { hostCapabilities, packagesOf } from "../../../../components/model/capabilities/hostCapabilities";
import { lackingCapabilities, lackingText } from "../../../../components/model/capabilities/lacking";
import { endpointServices } from "../../../../components/model/endpointServices";
import { parseSettings, type ResolvedSettings } from "../../../../components/model/settings";

const sum = "0123456789abcdef".repeat(4);

function resolved(raw: object): ResolvedSettings {
    const { settings, problems } = parseSettings(raw, "alice");
    expect(problems).to.deep.equal([]);
    return settings!;
}

const problemsOf = (capabilities: unknown) =>
    parseSettings({ capabilities }, "alice").problems.map(
        ({ path, message, hint }) => `${path}: ${message}${typeof hint === "string" ? `: ${hint}` : ""}`,
    );

describe("capabilities", () => {
    it("are none by default, and none that are switched off", () => {
        expect(resolved({}).capabilities).to.deep.equal({});
        expect(resolved({ capabilities: { executeCommand: false, efs: false } }).capabilities).to.deep.equal(
            {},
        );
    });

    it("are a switch, or a group with more to say", () => {
        expect(resolved({ capabilities: { executeCommand: true, efs: true } }).capabilities).to.deep.equal({
            executeCommand: { ssmAgentVersion: "3.3.4624.0" },
            efs: {},
        });
        const executeCommand = { ssmAgentVersion: "3.3.5000.0", sha256: sum };
        expect(resolved({ capabilities: { executeCommand } }).capabilities).to.deep.equal({ executeCommand });
    });

    it("are refused with every problem at its own path", () => {
        expect(problemsOf({ executeComand: true })).to.deep.equal([
            "capabilities.executeComand: unknown key executeComand, expected one of executeCommand, efs, awslogs, serviceConnect, containerBuilds: did you mean executeCommand?",
        ]);
        expect(problemsOf({ executeCommand: "yes", efs: 1 })).to.deep.equal([
            'capabilities.executeCommand: got "yes", expected true or false',
            "capabilities.efs: got 1, expected true or false",
        ]);
        expect(problemsOf({ executeCommand: { ssmAgentVersion: "newest", sha25: sum } })).to.deep.equal([
            'capabilities.executeCommand.ssmAgentVersion: got "newest", expected a version of the SSM agent such as 3.3.4624.0',
            "capabilities.executeCommand.sha25: unknown key sha25, expected one of ssmAgentVersion, sha256: did you mean sha256?",
        ]);
    });

    it("make a log group that is called by the cluster, and in somebody else's cluster by the environment too", () => {
        const { capabilities } = resolved({ capabilities: { awslogs: true } });
        expect(capabilities.awslogs).to.deep.equal({ logGroupName: "/ecs/alice", retentionDays: 30 });
        const adopted = resolved({
            clusterName: "shop",
            adoptCluster: true,
            capabilities: { awslogs: true },
        });
        expect(adopted.capabilities.awslogs?.logGroupName).to.equal("/ecs/shop/alice");
        const own = { logGroupName: "alice.tasks", retentionDays: 90 };
        expect(resolved({ capabilities: { awslogs: own } }).capabilities.awslogs).to.deep.equal(own);
        expect(problemsOf({ awslogs: { logGroupName: "aws/x", retentionDays: 31 } })).to.deep.equal([
            'capabilities.awslogs.logGroupName: got "aws/x", expected the name of a log group: up to 512 letters, digits and ._/#-, not beginning with aws/',
            "capabilities.awslogs.retentionDays: got 31, expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        ]);
    });

    it("are refused where the agent is told not to offer awslogs, and doubted where the role may not log", () => {
        const problems = (raw: object) =>
            parseSettings({ capabilities: { awslogs: true }, ...raw }, "alice").problems.map(
                ({ path, severity }) => `${severity} ${path}`,
            );
        expect(problems({ agent: { availableLoggingDrivers: ["json-file"] } })).to.deep.equal([
            "error agent.availableLoggingDrivers",
        ]);
        expect(problems({ agent: { availableLoggingDrivers: ["awslogs"] } })).to.deep.equal([]);
        expect(problems({ agent: { enableAwslogsExecutionRoleOverride: false } })).to.deep.equal([
            "error agent.enableAwslogsExecutionRoleOverride",
        ]);
        expect(problems({ instanceRole: { policy: "suse" } })).to.deep.equal([
            "warning capabilities.awslogs",
        ]);
        expect(problems({ instanceRole: { policy: "awsManaged" } })).to.deep.equal([]);
    });

    // aws/amazon-ecs-ami, scripts/install-exec-dependencies.sh; the domain of China: AWS General Reference, "Service endpoints".
    it("come from AWS's bucket of the region, for the hosts' architecture", () => {
        const { capabilities } = resolved({ capabilities: { executeCommand: true } });
        expect(hostCapabilities(capabilities, "eu-central-1", "x86_64").executeCommand?.url).to.equal(
            "https://amazon-ssm-eu-central-1.s3.eu-central-1.amazonaws.com/3.3.4624.0/linux_amd64/amazon-ssm-agent-binaries.tar.gz",
        );
        expect(hostCapabilities(capabilities, "cn-north-1", "arm64").executeCommand?.url).to.equal(
            "https://amazon-ssm-cn-north-1.s3.cn-north-1.amazonaws.com.cn/3.3.4624.0/linux_arm64/amazon-ssm-agent-binaries.tar.gz",
        );
    });

    it("add the packages that they need to those of the settings, each once", () => {
        expect(packagesOf({ packages: ["htop"], capabilities: { efs: {} } })).to.deep.equal([
            "htop",
            "nfs-client",
        ]);
        expect(packagesOf({ packages: ["nfs-client"], capabilities: { efs: {} } })).to.deep.equal([
            "nfs-client",
        ]);
        expect(packagesOf({})).to.deep.equal([]);
    });

    it("need an endpoint for sessions where subnets have no way out", () => {
        const network = { mode: "create", subnets: "isolated" };
        expect(endpointServices(resolved({ network, capabilities: { executeCommand: true } }))).to.include(
            "ssmmessages",
        );
        const both = resolved({
            network,
            instanceRole: { mode: "create", ssm: true },
            capabilities: { executeCommand: true },
        });
        expect(endpointServices(both).filter((one) => one === "ssmmessages")).to.have.length(1);
        expect(endpointServices(resolved({ network }))).not.to.include("ssmmessages");
    });

    // amazon-ecs-agent, agent/app/agent_capability.go: attributes with a name and no value.
    it("are lacking until the agent has registered their attributes", () => {
        const { capabilities } = resolved({ capabilities: { executeCommand: true, efs: true } });
        const lacking = lackingCapabilities(capabilities, { "ecs.capability.efs": "" });
        expect(lackingText(lacking)).to.equal("ecs.capability.execute-command (capabilities.executeCommand)");
        expect(
            lackingCapabilities(capabilities, {
                "ecs.capability.efs": "",
                "ecs.capability.execute-command": "",
            }),
        ).to.deep.equal([]);
        expect(lackingCapabilities({}, {})).to.deep.equal([]);
    });
});
