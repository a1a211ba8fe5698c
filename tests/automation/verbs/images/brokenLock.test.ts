import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { chosenImage } from "../../../helpers/fakes";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { standing } from "./update/updateCase";

describe("a lock that nobody can read, where it is going to move", () => {
    afterEach(removeFolders);

    it("is refused with the words of preview, and nothing is written", async () => {
        const lock = (lines: string): string =>
            `config:\n  sles-ecs:hostImage:\n    filter: suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64\n    lock:${lines}\n`;
        const fields = {
            id: chosenImage.id,
            name: chosenImage.name,
            date: '"20260910"',
            region: "us-east-1",
        };
        const written = (changed: object): string =>
            lock(
                Object.entries({ ...fields, ...changed })
                    .map(([key, value]) => `\n      ${key}: ${value}`)
                    .join(""),
            );
        const broken = [
            written({ date: "20260910" }),
            written({ date: "yesterday" }),
            written({ id: "nonsense" }),
            written({ name: "nonsense" }),
            written({ region: "Frankfurt" }),
            written({ day: "today" }),
            written({}).replace(/\n +region.*/, ""),
            lock(" nonsense"),
        ];
        for (const file of broken) {
            const directory = makeProject({ "Pulumi.dev.yaml": file });
            const preview = await play(["preview", "dev"], { directory });
            for (const command of [
                ["update", "dev", "--plan"],
                ["lock", "dev", "--newest"],
            ]) {
                const { context, exitCode } = await play(["images", ...command], {
                    directory,
                    stacks: { dev: standing },
                });
                expect([exitCode, context.io.err()]).to.deep.equal([2, preview.context.io.err()], file);
            }
            expect(preview.context.io.err()).to.contain("hostImage.lock");
            expect(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8")).to.equal(file);
        }
    });
});
