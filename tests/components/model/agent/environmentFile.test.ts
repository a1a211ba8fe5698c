import { expect } from "chai";
import fc from "fast-check";
import { agentVariables } from "../../../../components/model/agent/agentVariables";
import { parseSettings } from "../../../../components/model/settings";
import { wantedAgentConfig } from "../../../../components/model/userData/configFiles";
import { anyAgentSettings } from "./anySettings";
import { readEnvironmentFile } from "./environmentFile";
import { hostFacts } from "../bootstrapHost";

/**
 * What ecs-init and Go's HTTP client take from their environment, and not from the file (amazon-ecs-agent 1.105.1, each
 * os.Getenv in ecs-init; Go, net/http, ProxyFromEnvironment). A backslash in any other value does no harm there.
 */
const readFromEnvironment = [
    "CREDENTIALS_FETCHER_HOST",
    "ECS_AGENT_APPARMOR_PROFILE",
    "ECS_AGENT_PID_NAMESPACE_HOST",
    "ECS_ALLOW_OFFHOST_INTROSPECTION_ACCESS",
    "ECS_GMSA_SUPPORTED",
    "ECS_LOG_DRIVER",
    "ECS_LOG_OPTS",
    "ECS_LOGLEVEL",
    "ECS_SKIP_LOCALHOST_TRAFFIC_FILTER",
    "HTTP_PROXY",
    "NO_PROXY",
];

const linesOf = (file: string) =>
    file
        .trim()
        .split("\n")
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const);

describe("the agent's configuration as the environment of its unit", () => {
    it("is read by systemd as systemd.exec(5) says: what the file of this test says of it", () => {
        const text = `# A=1\n;B=2\n C = d e \nno line\nE="f \\" g" 'h'\nI={"j":"k\\u00e4"}\nL=m\\\nN=o\nP="q" r"s"\nT=\n`;
        expect([...readEnvironmentFile(text)]).to.deep.equal([
            ["C", "d e"],
            ["E", `f " gh`],
            ["I", '{"j":"ku00e4"}'],
            ["L", "mN=o"],
            ["P", 'qr"s"'],
            ["T", ""],
        ]);
    });

    it("has every line of the file, and each value that is taken from the environment as it is", () => {
        fc.assert(
            fc.property(anyAgentSettings, (given) => {
                const { settings } = parseSettings({ agent: given }, "dev");
                const file = wantedAgentConfig(hostFacts({ agent: settings!.agent, generation: 16 }));
                const read = readEnvironmentFile(file);
                expect([...read.keys()]).to.deep.equal(linesOf(file).map(([key]) => key));
                for (const [key, value] of linesOf(file)) {
                    if (readFromEnvironment.includes(key) || !value.includes("\\")) {
                        expect(read.get(key), key).to.equal(value);
                    }
                }
            }),
            { numRuns: 500 },
        );
    });

    for (const [field, value] of [
        ["credentialsFetcherHost", "unix:///run/fetcher\\"],
        ["credentialsFetcherHost", 'unix:///run/"fetcher"'],
        ["noProxy", ["proxy\\"]],
        ["noProxy", ["'proxy'"]],
        ["excludeUntrackedImage", ["image\\"]],
    ] as const) {
        it(`takes no ${field} that systemd would read otherwise: ${JSON.stringify(value)}`, () => {
            const { problems } = parseSettings(
                { agent: { gmsaSupported: true, enableUntrackedImageCleanup: true, [field]: value } },
                "dev",
            );
            expect(problems.map(({ path }) => path.replace(/\[\d\]$/, ""))).to.deep.equal([`agent.${field}`]);
        });
    }

    it("knows each variable that ecs-init reads as one", () => {
        const ours = Object.values(agentVariables).map(({ variable }) => variable as string);
        expect(readFromEnvironment.filter((name) => !ours.includes(name))).to.deep.equal([
            "ECS_AGENT_PID_NAMESPACE_HOST",
        ]);
    });
});
