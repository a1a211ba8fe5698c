import { expect } from "chai";

import { settingsDescription, settingsKeys } from "../../../../components/model/settings";
import { expectGolden } from "../../../helpers/golden";
import { makeFolder, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

describe("explain", () => {
    afterEach(removeFolders);

    const explain = (...words: string[]) =>
        play(["explain", ...words], { directory: makeFolder(), columns: 80 });

    it("lists every setting, a line each, and needs no project", async () => {
        const { exitCode, context } = await explain();
        const [, ...lines] = (context.io.out().split("\n\n")[0] ?? "").split("\n");
        expect([exitCode, lines.map((line) => line.split(" ")[0])]).to.deep.equal([0, settingsKeys]);
        expect(context.calls).to.deep.equal([]);
    });

    it("shows a setting with the keys below it, by mode", async () => {
        const { transcript } = await explain("dockerStorage");
        expectGolden("cli/explain.txt", transcript);
    });

    it("shows one key, with or without the namespace in front", async () => {
        const [short, long] = await Promise.all([explain("hosts.count"), explain("sles-ecs:hosts.count")]);
        expect(short.context.io.out()).to.equal(
            "hosts.count (mode: fixed): integer 0 to 5000; default: 1\n    Number of hosts.\n",
        );
        expect(long.context.io.out()).to.equal(short.context.io.out());
    });

    it("knows every setting, and no line of its answer is wider than the terminal", async () => {
        for (const path of new Set(settingsDescription().map((one) => one.path))) {
            const { exitCode, context } = await explain(path);
            expect(exitCode, path).to.equal(0);
            for (const line of context.io
                .out()
                .split("\n")
                .filter((text) => text.includes(" "))) {
                expect(line.length, line).to.be.at.most(80);
            }
        }
    });

    for (const [asked, meant] of [
        ["hosts.coutn", "hosts.count"],
        ["count", "hosts.count"],
        ["hosts.count.least", "hosts.count"],
        ["sles-ecs:network.zone", "network.zones"],
    ] as const) {
        it(`does not know ${asked}, and names ${meant}: exit code 3`, async () => {
            const { exitCode, context } = await explain(asked);
            expect(exitCode).to.equal(3);
            expect(context.io.err()).to.contain(`there is no setting ${asked}; did you mean ${meant}`);
        });
    }

    for (const [asked, holder] of [
        ["network.ingress[0].port", "network.ingress"],
        ["sles-ecs:network.ingress.0.port", "network.ingress"],
        ["agent.attributes.rack", "agent.attributes"],
        ["tags.team", "tags"],
        ["hosts.packages[1]", "hosts.packages"],
    ] as const) {
        it(`explains ${holder} where ${asked} is asked for, as errors name it`, async () => {
            const [below, itself] = await Promise.all([explain(asked), explain(holder)]);
            expect(below.exitCode).to.equal(0);
            expect(below.context.io.out()).to.equal(itself.context.io.out());
        });
    }

    it("gives scripts the same as JSON", async () => {
        const { context } = await explain("hosts.count", "-o", "json");
        expect(JSON.parse(context.io.out())).to.deep.equal({
            version: 1,
            setting: "hosts.count",
            settings: [
                {
                    path: "hosts.count",
                    mode: "fixed",
                    type: "integer 0 to 5000",
                    description: "Number of hosts.",
                    defaultText: "1",
                    required: false,
                },
            ],
            keys: [],
        });
    });
});
