import { expect } from "chai";
import fc from "fast-check";
import { execFileSync } from "node:child_process";
import path from "node:path";

import { renderLine } from "../../../components/model/commandLine";
import { listImages } from "../../../automation/verbs/images/list/list";
import { showImages } from "../../../automation/verbs/images/list/view";
import { createPint } from "../../../automation/pint/pint";
import type { ImageState } from "../../../components/model/images/pintRecord";
import { localCloudEnvironment } from "../../../local";
import { fakeClock, recordIo } from "../../helpers/io";
import { makeFolder, removeFolders } from "../../helpers/project";
import { useCloud } from "../cloud/testCloud";
import { openRealPint, type RealAnswer } from "./realPint";

type State = ImageState | "all";

interface Question {
    readonly state: State;
    readonly filter?: string;
}

const region = "eu-central-1";
const states: readonly State[] = ["active", "inactive", "deprecated", "deleted", "all"];
/** What `pint` says where nothing is left. */
const nothing = "No information available. Please check your filter\n";

const filters: readonly string[] = [
    "name~ecs",
    "name~ECS",
    "name!byos",
    "name!ecs,name!byos",
    "name~ecs,name~15-sp7",
    "name~15-sp7,name!arm64,name!chost",
    "name~nowhere",
    "name%suse-sles-1[56]",
    "name%SUSE-SLES-15-sp.-v2026",
    "name%sles",
    "name%.*-(arm64|ltd)$",
    "name%suse-sle-micro|suse-sles-16",
    "name%.*v20260922.*,name~ecs",
    "replacementname~ecs",
    "replacementname!ecs",
    "replacementname%suse-sles-12",
    "id=ami-0000000000000000a",
    "replacementid=ami-0000000000000000a",
    "publishedon>20260601",
    "publishedon<20260601",
    "publishedon=20260922",
    "publishedon>20260101,publishedon<20260701",
    "deprecatedon=20260922",
    "deletedon=20230606",
    "deletedon=20230606,name~ecs",
];

/** Filters that `pint` reads as well, some hundred of them, the same ones each time. */
function drawnFilters(): readonly string[] {
    const word = fc.constantFrom(
        "ecs",
        "ECS",
        "byos",
        "sp7",
        "15",
        "16-0",
        "v2026",
        "suse",
        "-",
        ".",
        "x86",
        "ltd",
    );
    const expression = fc.constantFrom(
        "suse",
        ".*ecs",
        "suse-sles-1[25]",
        "(suse|SLES)-.*",
        ".*sp[67]-v.*64$",
        "^suse",
    );
    const date = fc.constantFrom("20200918", "20210606", "20260312", "20260922", "20270101");
    const phrase = fc.oneof(
        fc.tuple(fc.constantFrom("name", "replacementname"), fc.constantFrom("~", "!"), word),
        fc.tuple(fc.constantFrom("name", "replacementname"), fc.constant("%"), expression),
        fc.tuple(fc.constant("publishedon"), fc.constantFrom("<", "=", ">"), date),
        fc.tuple(fc.constantFrom("deprecatedon", "deletedon"), fc.constant("="), date),
    );
    const filter = fc.array(phrase, { minLength: 1, maxLength: 3 });
    return fc
        .sample(filter, { numRuns: 100, seed: 2020 })
        .map((phrases) => phrases.map((parts) => parts.join("")).join(","));
}

describe("images list beside SUSE's own pint", () => {
    const cloud = useCloud();
    let real: Awaited<ReturnType<typeof openRealPint>>;
    let env: Record<string, string>;
    beforeEach(async () => {
        env = { ...localCloudEnvironment(cloud().info), SLES_ECS_CACHE: makeFolder() };
        real = await openRealPint(env["SLES_ECS_PINT_URL"] ?? "");
    });
    afterEach(removeFolders);

    function theirs(questions: readonly Question[]): Promise<readonly RealAnswer[]> {
        return real(
            questions.map(({ state, filter }) => [
                ...["amazon", "images", "--json", `--region=${region}`],
                ...(state === "all" ? [] : [`--${state}`]),
                ...(filter === undefined ? [] : [`--filter=${filter}`]),
            ]),
        );
    }

    async function ours({ state, filter }: Question): Promise<string> {
        const signal = new AbortController().signal;
        const pint = createPint({ env, signal, clock: fakeClock() });
        const context = {
            directory: "/",
            io: recordIo(),
            loadAws: () => Promise.reject(new Error("AWS is not needed")),
            loadPint: () => Promise.resolve(pint),
        };
        const request = { region, state, filter, projectDirectory: undefined };
        return showImages(await listImages(request, context), "json", { ...context, show: renderLine });
    }

    async function expectTheSame(questions: readonly Question[]): Promise<void> {
        const answers = await theirs(questions);
        let shown = 0;
        for (const [index, question] of questions.entries()) {
            const own = await ours(question);
            const { code, stdout } = answers[index]!;
            const what = JSON.stringify(question);
            expect(code, what).to.equal(0);
            if (stdout === nothing) {
                expect(JSON.parse(own), what).to.deep.equal({ images: [] });
            } else {
                expect(own, what).to.equal(stdout);
                shown += 1;
            }
        }
        // Were all of them empty, nothing would have been compared.
        expect(shown).to.be.greaterThan(questions.length / 10);
    }

    it("gives byte for byte the same for every state", () =>
        expectTheSame(states.map((state) => ({ state }))));

    it("gives byte for byte the same for every kind of filter", () =>
        expectTheSame(states.flatMap((state) => filters.map((filter) => ({ state, filter })))));

    it("gives byte for byte the same for a hundred filters that were drawn by lot", () =>
        expectTheSame(
            drawnFilters().map((filter, index) => ({
                state: states[index % states.length] ?? "all",
                filter,
            })),
        ));

    it("gives the same as a program of its own, in the environment of local env", async () => {
        const [answer] = await theirs([{ state: "active", filter: "name~ecs" }]);
        const commandLine = path.join(__dirname, "..", "..", "..", "bin", "sles-ecs.js");
        const argv = ["images", "list", "--region", region, "--filter", "name~ecs", "--output", "json"];
        const own = execFileSync(process.execPath, [commandLine, ...argv], {
            cwd: makeFolder(),
            env: { ...process.env, ...env },
        });
        expect(own.toString()).to.equal(answer?.stdout);
    });

    it("compares dates that some images lack, where pint breaks", async () => {
        const question = { state: "all", filter: "deprecatedon<20210101" } as const;
        expect((await theirs([question]))[0]).to.deep.equal({ code: 1, stdout: "" });
        expect(JSON.parse(await ours(question))).to.deep.equal({ images: [] });
        const later = JSON.parse(await ours({ ...question, filter: "deprecatedon<20210607" })) as {
            images: { name: string }[];
        };
        expect(later.images.map(({ name }) => name)).to.deep.equal([
            "suse-sles-12-sp5-v20200918-ecs-hvm-ssd-x86_64",
        ]);
    });

    it("refuses phrases that pint leaves out with a warning", async () => {
        const all = (await theirs([{ state: "active" }]))[0]?.stdout;
        for (const filter of ["nmae~ecs", "name<5", "id~ami", "publishedon>soon"]) {
            expect((await theirs([{ state: "active", filter }]))[0], filter).to.deep.equal({
                code: 0,
                stdout: all,
            });
            const refused: unknown = await ours({ state: "active", filter }).catch((error: unknown) => error);
            expect(refused, filter).to.have.property("code", "USAGE");
        }
    });
});
