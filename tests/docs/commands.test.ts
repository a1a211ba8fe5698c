import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { parseOnly } from "../helpers/parseOnly";
import { codeBlocks, root } from "./pages";
import { callsOf } from "./shellWords";

const scripts = codeBlocks("sh", "bash", "console");

describe("Commands in the pages", () => {
    for (const { place, text } of scripts) {
        for (const argv of callsOf("sles-ecs", text)) {
            it(`${place}: sles-ecs ${argv.join(" ")} is understood`, () => parseOnly(argv));
        }
    }

    it("are refused where they are wrong", async () => {
        const error: unknown = await parseOnly(["up", "dev", "--sett", "a=1"]).catch(
            (reason: unknown) => reason,
        );
        expect(error).to.have.property("message", "unknown option --sett, did you mean --set?");
    });

    it("call only scripts that package.json has", () => {
        const text = readFileSync(path.join(root, "package.json"), "utf8");
        const known = Object.keys((JSON.parse(text) as { scripts: Record<string, string> }).scripts);
        const called = scripts.flatMap(({ text: script }) =>
            callsOf("npm", script).flatMap(([verb, ...rest]) =>
                verb === "run"
                    ? rest.filter((word) => !word.startsWith("-")).slice(0, 1)
                    : verb === "test"
                      ? [verb]
                      : [],
            ),
        );
        expect(called).to.not.be.empty;
        expect(called.filter((name) => !known.includes(name))).to.be.empty;
    });
});
