import { expect } from "chai";
import { parse } from "yaml";

import { parseSettings } from "../../components/model/settings";
import { codeBlocks } from "./pages";

/** What stands under `sles-ecs:` in a settings file, without the prefix; undefined where the block is no such file. */
function settingsOf(text: string): Record<string, unknown> | undefined {
    const { config } = (parse(text) ?? {}) as { config?: Record<string, unknown> };
    const entries = Object.entries(config ?? {}).filter(([key]) => key.startsWith("sles-ecs:"));
    return entries.length === 0
        ? undefined
        : Object.fromEntries(entries.map(([key, value]) => [key.slice("sles-ecs:".length), value]));
}

describe("Settings in the pages", () => {
    for (const { place, text } of codeBlocks("yaml", "yml")) {
        const settings = settingsOf(text);
        if (settings !== undefined) {
            it(`${place}: have no problems`, () => {
                expect(parseSettings(settings, "dev").problems.filter(({ severity }) => severity === "error"))
                    .to.be.empty;
            });
        }
    }

    it("are refused where they are wrong", () => {
        const settings = settingsOf("config:\n  sles-ecs:hosts:\n    cuont: 2\n");
        expect(parseSettings(settings, "dev").problems).to.have.length(1);
    });
});
