import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";

import { expect } from "chai";
import fc from "fast-check";
import { parseDocument } from "yaml";

import { readForPulumi } from "../../automation/yaml/pulumiYaml";
import { makeFolder, removeFolders } from "../helpers/project";

const run = promisify(execFile);

function split(words: string): readonly string[] {
    return words.split(" ");
}

/** Values of one file: a start of the Pulumi CLI reads them all. */
const batch = 400;

/** Text that begins as numbers, dates, words and marks of YAML do, and goes on as anything. */
const nearNumbers = fc
    .array(fc.constantFrom(...split("0 1 2 7 8 9 _ - + . : e E x X o b B 0x 0o 0b T f F n"), " "), {
        minLength: 1,
        maxLength: 7,
    })
    .map((parts) => parts.join("").trim());
const dates = fc
    .tuple(
        fc.integer({ min: 1000, max: 9999 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        fc.constantFrom("", "T1:2:3Z", "t01:02:03+01:00", " 01:02:03", " 1:2:3.5", "T", " later", "T01:02"),
    )
    .map(([year, month, day, rest]) => `${year}-${month}-${day}${rest}`);
const words = fc.constantFrom(
    "",
    "2026-11-29 10:00:00",
    ...split(
        "true True TRUE tRUE false False FALSE null Null NULL nULL ~ yes Yes no NO on On off OFF y n Y N",
    ),
    ...split(
        ".inf -.Inf +.INF .nan .NaN << = 0123 010 08 089 00 -0 +5 1.50 1.0 .5 5. 1e3 1E+3 72225e2 8e10241",
    ),
    ...split("1_0 1__0 190:20:30 1:2 0x1F -0x1f 0o17 -0o17 0b11 0b-1 0o-7 0b+1 9007199254740993 20260922"),
    ...split(
        "18446744073709551615 99999999999999999999 0.1 -0.25 1000000.5 0.00001 0.0000001 123456789.123456",
    ),
    ...split("10.0.0.0/16 t3.small 2026-11-29 2026-1-2 2026-11-29T10:00:00Z 12-34 1.2.3.4 0 -1 --1 1-"),
    ...split('ami-0123456789abcdef0 {"count":2} [1,2]'),
);
const numbers = fc
    .oneof(fc.integer(), fc.double({ noNaN: true }).map(String), fc.maxSafeInteger())
    .map(String);
const anyText = fc.string({ unit: "grapheme-ascii", maxLength: 8 });
const plain = fc.oneof(nearNumbers, dates, words, numbers, anyText);

/** A scalar in one of YAML's forms. */
const scalar = fc.oneof(
    plain,
    plain.map((text) => JSON.stringify(text)),
    plain.map((text) => `'${text.replaceAll("'", "''")}'`),
    plain.map((text) => `!!str ${text}`),
    fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => JSON.stringify(text)),
);
const flow = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
        .array(fc.tuple(scalar, scalar), { maxLength: 3 })
        .map((pairs) => `{${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")}}`),
    scalar.map((value) => `{a: &x ${value}, b: *x}`),
);
const value = fc.oneof(
    { weight: 8, arbitrary: flow },
    {
        weight: 1,
        arbitrary: fc
            .tuple(
                fc.constantFrom("|", ">", "|-", ">+"),
                fc.array(fc.stringMatching(/^[ a#:0-9-]{0,6}$/), { minLength: 1, maxLength: 4 }),
            )
            .map(([style, lines]) => `${style}\n${lines.map((line) => `    ${line}`).join("\n")}`),
    },
);

/** A value, where this project's reader takes it without complaint. */
function read(text: string): { readonly text: string; readonly value: unknown } | undefined {
    const file = `config:\n  k:v: ${text}\n`;
    if (parseDocument(file).errors.length > 0) {
        return undefined;
    }
    const { values, misreadings } = readForPulumi(file);
    const { config } = values as { readonly config?: Readonly<Record<string, unknown>> };
    const isOne = config !== undefined && Object.keys(config).join() === "k:v";
    return isOne && misreadings.length === 0 ? { text, value: config["k:v"] } : undefined;
}

describe("a settings file that is accepted, to Pulumi's own reader", () => {
    let folder: string;
    const env = { ...process.env };

    before(async () => {
        folder = makeFolder({ "Pulumi.yaml": "name: other\nruntime: nodejs\n" });
        const state = makeFolder();
        Object.assign(env, {
            PULUMI_BACKEND_URL: `file://${state}`,
            PULUMI_HOME: makeFolder(),
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        });
        await run("pulumi", ["stack", "init", "x", "--no-select"], { cwd: folder, env });
    });
    after(removeFolders);

    /** What each value is to Pulumi; undefined for those that it refuses, and the file with them. */
    async function pulumiReads(values: readonly string[]): Promise<readonly (string | undefined)[]> {
        const lines = values.map((value, index) => `  k:v${index}: ${value}\n`);
        await writeFile(path.join(folder, "Pulumi.x.yaml"), `config:\n${lines.join("")}`);
        try {
            const { stdout } = await run("pulumi", ["config", "--json", "-s", "x"], {
                cwd: folder,
                env,
                maxBuffer: 1e8,
            });
            const config = JSON.parse(stdout) as Record<string, { readonly value: string }>;
            return values.map((_, index) => config[`k:v${index}`]?.value ?? "(nothing)");
        } catch {
            const half = Math.floor(values.length / 2);
            return half === 0
                ? [undefined]
                : [...(await pulumiReads(values.slice(0, half))), ...(await pulumiReads(values.slice(half)))];
        }
    }

    it("says the same, whatever values it has", async () => {
        const seed = Date.now();
        const candidates = fc.sample(value, { seed, numRuns: 4000 });
        const accepted = candidates.flatMap((text) => read(text) ?? []);
        const refusedByPulumi: string[] = [];
        for (let from = 0; from < accepted.length; from += batch) {
            const values = accepted.slice(from, from + batch);
            const got = await pulumiReads(values.map(({ text }) => text));
            const differing = values.flatMap(({ text, value: own }, index) => {
                const other = got[index];
                if (other === undefined) {
                    refusedByPulumi.push(text);
                    return [];
                }
                return same(own, other) ? [] : [{ text, own, other }];
            });
            expect(differing, `seed ${seed}`).to.deep.equal([]);
        }
        expect(accepted.length - refusedByPulumi.length).to.be.greaterThan(2000);
    });
});

/** Whether Pulumi hands this value to programs in this way: texts as they are, the rest as JSON, and null as no text. */
function same(value: unknown, text: string): boolean {
    if (typeof value === "string" || value === null) {
        return text === (value ?? "");
    }
    try {
        return isDeepStrictEqual(JSON.parse(text), value);
    } catch {
        return false;
    }
}
