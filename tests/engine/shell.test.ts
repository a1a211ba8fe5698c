import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { SSM } from "@aws-sdk/client-ssm";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

describe("hosts shell on a whole system", () => {
    let place: Workplace;

    before(async () => {
        place = await Workplace.create();
    });
    after(() => place.stop());

    it("gives a plugin on PATH its session and the terminal, leaves Ctrl-C to it, and ends the session", async () => {
        await place.writeSettings("term", {
            hosts: { count: 1 },
            instanceRole: { mode: "create", ssm: true },
        });
        expectExit(await place.slesEcs(["up", "term", "--yes"]), 0);
        const said = path.join(place.directory, "said.json");
        const plugin = path.join(place.directory, "session-manager-plugin");
        await writeFile(
            plugin,
            `#!${process.execPath}
const [name, ...args] = process.argv.slice(2);
require("node:fs").writeFileSync(${JSON.stringify(said)}, JSON.stringify({ args, answer: JSON.parse(process.env[name]) }));
process.on("SIGINT", () => process.exit(7));
setInterval(() => {}, 1000);
console.log("on the host");
`,
            { mode: 0o755 },
        );
        const PATH = [place.directory, process.env["PATH"]].join(path.delimiter);
        let interrupted = false;
        const answer = await place.slesEcs(["hosts", "shell", "term", "1"], {
            env: { PATH },
            onOutput: (output, interrupt) => {
                if (output.includes("on the host") && !interrupted) {
                    interrupted = true;
                    interrupt();
                }
            },
        });
        expectExit(answer, 7);
        expect(answer.stdout).to.equal("on the host\n");
        expect(answer.stderr).to.not.include("Stopping");
        const given = JSON.parse(await readFile(said, "utf8")) as {
            readonly args: readonly string[];
            readonly answer: Readonly<Record<string, string>>;
        };
        const [region, operation, , input = "", endpoint] = given.args;
        expect([region, operation, endpoint]).to.deep.equal([
            "us-east-1",
            "StartSession",
            place.cloud.endpoint,
        ]);
        expect(JSON.parse(input)).to.have.all.keys("Target");
        expect(given.answer).to.have.all.keys("SessionId", "StreamUrl", "TokenValue");
        // It is over already.
        const error = await new SSM(place.access)
            .terminateSession({ SessionId: given.answer["SessionId"] })
            .catch((caught: unknown) => caught);
        expect(error).to.have.property("name", "DoesNotExistException");
        expectExit(await place.slesEcs(["destroy", "term", "--yes"]), 0);
    });
});
