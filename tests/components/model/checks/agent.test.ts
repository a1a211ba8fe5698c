import { expect } from "chai";

import { checkAgent } from "../../../../components/model/checks/agent";
import { parseSettings } from "../../../../components/model/settings";

const images = {
    12: "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64",
    15: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    16: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
};

const imageOf = (generation: 12 | 15 | 16) =>
    Promise.resolve({ found: { name: images[generation], generation } });

/** What is said of the agent of an image, and whether SUSE was asked for its version. */
async function saidOf(raw: object, generation: 12 | 15 | 16, version?: string) {
    const { settings } = parseSettings(raw, "alice");
    const asked: string[] = [];
    const agentVersion = (name: string) => {
        asked.push(name);
        return Promise.resolve(version);
    };
    const findings = await checkAgent({ agentVersion }, settings!, imageOf(generation));
    return { said: findings.map(({ code, path, severity }) => `${severity} ${code} ${path}`), asked };
}

// First versions: amazon-ecs-agent, CHANGELOG.md; ECS developer guide, "ECS Exec".
describe("the agent of a host image", () => {
    const exec = { capabilities: { executeCommand: true } };

    it("is not asked for where nothing depends on it, or its generation tells enough", async () => {
        expect(await saidOf({}, 15)).to.deep.equal({ said: [], asked: [] });
        expect(await saidOf(exec, 15)).to.deep.equal({ said: [], asked: [] });
        expect(await saidOf({ agent: { numImagesDeletePerCycle: 9 } }, 16)).to.deep.equal({
            said: [],
            asked: [],
        });
    });

    it("is not known of SLES 12, and that is said of capabilities alone", async () => {
        const { said, asked } = await saidOf(
            { ...exec, agent: { warmPoolsCheck: true }, hosts: { mode: "autoScaling" } },
            12,
        );
        expect(said).to.deep.equal(["warning AGENT_VERSION_UNKNOWN capabilities.executeCommand"]);
        expect(asked).to.deep.equal([images[12]]);
    });

    it("refuses a capability that it is too old for, and warns of settings that it ignores", async () => {
        const raw = { ...exec, agent: { enableFirelensAsync: true, numImagesDeletePerCycle: 9 } };
        expect((await saidOf(raw, 12, "1.49.0")).said).to.deep.equal([
            "error AGENT_TOO_OLD capabilities.executeCommand",
            "warning AGENT_TOO_OLD agent.enableFirelensAsync",
        ]);
        expect((await saidOf(raw, 12, "1.50.2")).said).to.deep.equal([
            "warning AGENT_TOO_OLD agent.enableFirelensAsync",
        ]);
        expect((await saidOf(raw, 12, "1.105.1")).said).to.deep.equal([]);
    });

    it("is left open by a door that cannot ask SUSE", async () => {
        const { settings } = parseSettings(exec, "alice");
        const findings = await checkAgent({}, settings!, imageOf(12));
        expect(findings.map(({ code, severity }) => `${severity} ${code}`)).to.deep.equal([
            "warning AGENT_VERSION_UNKNOWN",
        ]);
    });
});
