import { expect } from "chai";
import fc from "fast-check";
import type { AgentVariable } from "../../../../components/model/agent/agentVariable";
import { agentVariables, type AgentField } from "../../../../components/model/agent/agentVariables";
import { parseSettings } from "../../../../components/model/settings";
import { wantedAgentConfig } from "../../../../components/model/userData/configFiles";
import { anyAgentSettings } from "./anySettings";

/** As ecs-init reads the file: trimmed lines, split at the first `=`, and nothing else (ecs-init/docker/docker.go). */
function readByAgent(file: string): Map<string, string> {
    const pairs = file
        .trim()
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line.includes("="))
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const);
    expect(new Set(pairs.map(([key]) => key)).size, "each variable once").to.equal(pairs.length);
    return new Map(pairs);
}

/** What the agent takes a variable for (agent/config/parse.go): JSON, words with commas, or plain text. */
function meaning(text: string, like: unknown): unknown {
    if (Array.isArray(like)) {
        return text.startsWith("[") ? JSON.parse(text) : text.split(",");
    }
    if (typeof like === "object") {
        return JSON.parse(text);
    }
    return typeof like === "string" ? text : JSON.parse(text);
}

describe("any settings of the agent", () => {
    it("come out of the agent's own parser as they were given, next to what the product sets", () => {
        fc.assert(
            fc.property(anyAgentSettings, (agent) => {
                const { settings, problems } = parseSettings({ agent }, "dev");
                expect(problems.filter(({ severity }) => severity === "error")).to.deep.equal([]);
                const read = readByAgent(
                    wantedAgentConfig({
                        clusterName: "dev",
                        generation: 16,
                        storage: { mode: "imageStore" },
                        agent: settings!.agent,
                    }),
                );
                expect(read.get("ECS_CLUSTER")).to.equal("dev");
                expect(read.get("ECS_AGENT_PID_NAMESPACE_HOST")).to.equal("true");
                for (const [field, given] of Object.entries(agent)) {
                    const { variable }: AgentVariable = agentVariables[field as AgentField];
                    const text = read.get(variable) ?? "";
                    expect(text, variable).to.not.match(/^["']/);
                    const value = meaning(text, given);
                    if (field === "attributes") {
                        expect(value).to.deep.equal({
                            ...(given as object),
                            "sles-ecs.docker-storage": "imageStore",
                            "sles-ecs.generation": "16",
                        });
                    } else if (field === "noProxy") {
                        expect(value).to.include.members(given as string[]);
                    } else {
                        expect(value, variable).to.deep.equal(given);
                    }
                }
            }),
            { numRuns: 200 },
        );
    });
});
