import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import type { Room } from "../../scripts/rooms.mjs";

interface Violation {
    readonly from: string;
    readonly to: string;
    readonly rule: { readonly name: string };
}

const checkout = path.join(__dirname, "..", "..");
/** A package that no room may import. */
const foreignPackage = "foreign-package";

/** The rules in force on a tree of made-up files, each given by its imports. */
async function violationsOf(
    files: Readonly<Record<string, readonly string[]>>,
): Promise<readonly Violation[]> {
    const { cruise } = await import("dependency-cruiser");
    const { default: rules } = (await import(path.join(checkout, ".dependency-cruiser.mjs"))) as {
        default: { forbidden: []; options: { tsConfig: unknown } };
    };
    const directory = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-rooms-"));
    const before = process.cwd();
    try {
        for (const [file, imports] of Object.entries(files)) {
            mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
            const lines = imports.map((name) => {
                const relative = path.relative(path.dirname(file), name.replace(/\.ts$/, ""));
                const target = name.endsWith(".ts") ? relative.replace(/^(?!\.)/, "./") : name;
                return `export type * from ${JSON.stringify(target)};\n`;
            });
            writeFileSync(path.join(directory, file), `${lines.join("")}export const here = true;\n`);
        }
        const installed = path.join(directory, "node_modules", foreignPackage);
        mkdirSync(installed, { recursive: true });
        writeFileSync(path.join(installed, "index.js"), "");
        process.chdir(directory);
        const { output } = await cruise(Object.keys(files), {
            ...rules.options,
            tsConfig: {},
            ruleSet: { forbidden: rules.forbidden },
            validate: true,
        });
        return (output as { summary: { violations: Violation[] } }).summary.violations;
    } finally {
        process.chdir(before);
        rmSync(directory, { recursive: true, force: true });
    }
}

/** A file in a room. */
function fileIn(room: string, name: string): string {
    return room.endsWith(".ts") ? room : `${room}/${name}.ts`;
}

describe("the rules for imports", () => {
    let rooms: readonly Room[];
    before(async () => {
        ({ rooms } = (await import(path.join(checkout, "scripts", "rooms.mjs"))) as {
            rooms: readonly Room[];
        });
    });

    it("hold each room to its row: every room and package that the row does not name is refused", async () => {
        for (const room of rooms) {
            const others = rooms.filter(({ path: other }) => other !== room.path);
            const files = Object.fromEntries(others.map((other) => [fileIn(other.path, "there"), []]));
            const here = fileIn(room.path, "here");
            const found = await violationsOf({
                ...files,
                [here]: [...others.map((other) => fileIn(other.path, "there")), foreignPackage],
            });
            const refused = found.filter(({ from }) => from === here).map(({ to }) => to);
            const expected = others
                .filter(({ path: other }) => !room.imports.includes(other))
                .map(({ path: other }) => fileIn(other, "there"));
            expect(refused, room.path).to.include.members(expected);
            expect(
                refused.some((to) => to.includes(`node_modules/${foreignPackage}/`)),
                `${room.path} and packages`,
            ).to.be.true;
            // Of the verbs, only two reach the local cloud.
            const allowed = room.imports.filter((name) => name !== "local");
            expect(allowed.filter((name) => refused.includes(fileIn(name, "there")))).to.be.empty;
        }
    });

    it("refuse circles, also of types alone", async () => {
        const found = await violationsOf({
            "automation/hosts/one.ts": ["automation/hosts/other.ts"],
            "automation/hosts/other.ts": ["automation/hosts/one.ts"],
        });
        expect(found.map(({ rule }) => rule.name)).to.include("a circle of imports");
    });

    it("refuse that a verb looks into another one's folder", async () => {
        const found = await violationsOf({
            "automation/verbs/up/up.ts": ["automation/verbs/wait/wait.ts"],
            "automation/verbs/wait/wait.ts": [],
            "automation/verbs/images/lock/lock.ts": ["automation/verbs/images/list/list.ts"],
            "automation/verbs/images/list/list.ts": [],
        });
        expect(found.map(({ from, to }) => `${from} -> ${to}`)).to.have.members([
            "automation/verbs/up/up.ts -> automation/verbs/wait/wait.ts",
            "automation/verbs/images/lock/lock.ts -> automation/verbs/images/list/list.ts",
        ]);
    });

    it("refuse that a verb which is none of its two reaches for the local cloud", async () => {
        const files = { "local/index.ts": [], "automation/verbs/demo/demo.ts": ["local/index.ts"] };
        expect(await violationsOf(files)).to.be.empty;
        const found = await violationsOf({ ...files, "automation/verbs/up/up.ts": ["local/index.ts"] });
        expect(found.map(({ from }) => from)).to.deep.equal(["automation/verbs/up/up.ts"]);
    });
});
