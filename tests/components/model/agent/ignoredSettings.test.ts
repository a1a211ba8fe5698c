import { expect } from "chai";

import { agentFields, agentVariables } from "../../../../components/model/agent/agentVariables";
import type { AgentVariable } from "../../../../components/model/agent/agentVariable";
import { ignoredSettings, ignoredText } from "../../../../components/model/agent/ignoredSettings";

describe("settings that an agent does not know", () => {
    const settings = { pauseLabels: { team: "a" }, taskPidsLimit: 100, reservedMemoryMiB: 64 };

    // amazon-ecs-agent, CHANGELOG.md: ECS_TASK_PIDS_LIMIT came with 1.77.0, ECS_PAUSE_LABELS with 1.101.0.
    const table: readonly (readonly [string, readonly string[]])[] = [
        ["1.76.1", ["taskPidsLimit", "pauseLabels"]],
        ["1.77.0", ["pauseLabels"]],
        ["1.99.0", ["pauseLabels"]],
        ["1.101.0", []],
        ["1.105.1", []],
    ];
    for (const [version, ignored] of table) {
        it(`are of agent ${version}: ${ignored.join(", ") || "none"}`, () => {
            expect(ignoredSettings(settings, version).map(({ field }) => field)).to.have.members(ignored);
        });
    }

    it("are none that nobody has set, and none whose first version is not known", () => {
        expect(ignoredSettings({ logDriver: "json-file" }, "1.0.0")).to.deep.equal([]);
        expect(ignoredSettings({}, "1.0.0")).to.deep.equal([]);
    });

    it("are named with the version that reads them", () => {
        expect(ignoredText("1.76.1", ignoredSettings({ taskPidsLimit: 100 }, "1.76.1"))).to.equal(
            "its agent 1.76.1 ignores agent.taskPidsLimit (read from 1.77.0 on)",
        );
    });

    it("have three numbers for their first version", () => {
        for (const field of agentFields) {
            const { since }: AgentVariable = agentVariables[field];
            expect(since ?? "1.0.0", field).to.match(/^1\.\d+\.\d+$/);
        }
    });
});
