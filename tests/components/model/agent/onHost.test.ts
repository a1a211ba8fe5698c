import fs from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { parseSettings } from "../../../../components/model/settings";
import { wantedAgentConfig } from "../../../../components/model/userData/configFiles";
import { Host, hostFacts } from "../bootstrapHost";
import { anyAgentSettings } from "./anySettings";

describe("the agent's configuration on a host", () => {
    it("is what the settings say, line by line, after the bootstrap's shell had it in its hands", () => {
        fc.assert(
            fc.property(anyAgentSettings, (given) => {
                const { agent } = parseSettings({ agent: given }, "dev").settings!;
                const wanted = wantedAgentConfig(hostFacts({ agent }));
                const host = new Host(hostFacts({ agent }), wanted);
                try {
                    host.write("/etc/ecs/ecs.config", "ECS_LOGLEVEL=crit\nECS_CLUSTER=other\nOTHERS=kept\n");
                    host.boot();
                    const lines = host.read("/etc/ecs/ecs.config").trim().split("\n");
                    const others = given["logLevel"] === undefined ? ["ECS_LOGLEVEL=crit"] : [];
                    expect(lines).to.have.members([...wanted.trim().split("\n"), ...others, "OTHERS=kept"]);
                } finally {
                    fs.rmSync(host.root, { recursive: true, force: true });
                }
            }),
            { numRuns: 3 },
        );
    });
});
