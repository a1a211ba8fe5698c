import { expect } from "chai";

import { command } from "../../../../../components/model/commandLine";
import { findRegion } from "../../../../../automation/verbs/images/region";
import { createContext } from "../../../../../automation/connect";
import { fakePint, lifeOfImages, type FakePint } from "../../../../helpers/fakePint";
import { expectGolden } from "../../../../helpers/golden";
import { recordIo } from "../../../../helpers/io";
import { pintRecord } from "../../../../helpers/pintServer";
import { makeFolder, makeProject, removeFolders } from "../../../../helpers/project";
import { play } from "../../../../helpers/transcript";

const region = ["--region", "eu-central-1"];

describe("images list", () => {
    afterEach(removeFolders);

    const list = (argv: readonly string[], pint = fakePint(lifeOfImages)) =>
        play(["images", "list", ...argv], { directory: makeFolder(), pint });

    it("shows the active images as a table", async () => {
        const { transcript, exitCode } = await list(region);
        expect(exitCode).to.equal(0);
        expectGolden("cli/images-list.txt", transcript);
    });

    it("shows every state with its dates and replacements", async () => {
        const { transcript } = await list([...region, "--state", "all", "--filter", "name~ecs"]);
        expectGolden("cli/images-list-all.txt", transcript);
    });

    it("answers scripts in the very form of pint", async () => {
        const { context } = await list([...region, "--filter", "name~ecs", "--output", "json"]);
        expectGolden("cli/images-list.json", context.io.out());
        const nothing = await list([...region, "--filter", "name~sles-11", "-o", "json"]);
        expect([nothing.exitCode, nothing.context.io.out()]).to.deep.equal([0, '{\n  "images": []\n}\n']);
    });

    it("asks pint for the state alone", async () => {
        for (const state of ["active", "inactive", "deprecated", "deleted"] as const) {
            const pint = fakePint(lifeOfImages);
            await list([...region, "--state", state], pint);
            expect(pint.queries).to.deep.equal([{ region: "eu-central-1", state }]);
        }
        const pint = fakePint(lifeOfImages);
        await list([...region, "--state", "all"], pint);
        expect(pint.queries).to.deep.equal([{ region: "eu-central-1" }]);
    });

    it("takes two filters for one", async () => {
        const { context } = await list([
            ...region,
            "--filter",
            "name~ecs",
            "--filter",
            "name~12-sp5",
            "--state",
            "all",
        ]);
        expect(context.io.out().match(/^suse-\S+/gm)).to.deep.equal([
            "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64",
            "suse-sles-12-sp5-v20200918-ecs-hvm-ssd-x86_64",
        ]);
    });

    const none: readonly (readonly [what: string, argv: readonly string[], answer: string])[] = [
        [
            "of a state",
            ["--filter", "name~sles-11,name!byos"],
            "pint has no active image in eu-central-1 that meets name~sles-11,name!byos\nNext: sles-ecs images list --region eu-central-1 --state all --filter 'name~sles-11,name!byos'\n",
        ],
        [
            "of any state",
            ["--state", "all", "--filter", "name~sles-11"],
            "pint has no image in eu-central-1 that meets name~sles-11\nNext: sles-ecs images list --region eu-central-1 --state all\n",
        ],
        ["at all", ["--state", "all"], "pint has no image in eu-central-1\n"],
    ];
    for (const [what, argv, answer] of none) {
        it(`says what it looked for when there is none ${what}, and what would find more`, async () => {
            const { context, exitCode } = await list([...region, ...argv], fakePint([]));
            expect([exitCode, context.io.out()]).to.deep.equal([0, answer]);
        });
    }

    it("tells a person that pint takes its time", async () => {
        const pint: FakePint = {
            ...fakePint([]),
            images: () =>
                new Promise((resolve) => {
                    setTimeout(() => resolve({ kind: "fresh", images: [], remarks: [] }), 2100);
                }),
        };
        const { context } = await list([...region, "-o", "json"], pint);
        expect(context.io.err()).to.equal("pint has not answered yet, waiting ...\n");
        expect(context.io.out()).to.equal('{\n  "images": []\n}\n');
    });

    it("refuses a filter with all phrases that are wrong, before anybody is asked", async () => {
        const pint = fakePint(lifeOfImages);
        const { transcript, exitCode } = await list([...region, "--filter", "nmae~ecs,deletedon<soon"], pint);
        expect([exitCode, pint.queries.length]).to.deep.equal([2, 0]);
        expectGolden("cli/images-list-filter.txt", transcript);
    });

    it("refuses what is no region, and options that are there twice", async () => {
        for (const [argv, message] of [
            [
                ["--region", "Frankfurt"],
                'this is not a region: got "Frankfurt", expected one such as eu-central-1',
            ],
            [["--region", "../eu"], 'this is not a region: got "../eu"'],
            [["--region=a", "--region=b"], "--region is there 2 times: got a and b, expected one of them"],
            [
                [...region, "--state=active", "--state=deleted"],
                "--state is there 2 times: got active and deleted",
            ],
            [[...region, "--state", "retired"], 'the option --state does not take this value: got "retired"'],
        ] as const) {
            const { exitCode, context } = await list(argv);
            expect(context.io.err()).to.contain(message);
            expect(exitCode).to.equal(2);
        }
    });

    it("shows an old answer with its age and the reason", async () => {
        const cached = {
            kind: "cached",
            images: [],
            remarks: [],
            ageSeconds: 7500,
            reason: "http://x answered with HTTP 500",
        } as const;
        const { context, exitCode } = await list([...region, "-o", "json"], fakePint([], cached));
        expect(context.io.err()).to.equal(
            "warning: pint's answer is 2 h 5 min old: http://x answered with HTTP 500\n",
        );
        expect(exitCode).to.equal(0);
    });

    it("fails where pint is unavailable: exit code 1", async () => {
        const gone = {
            kind: "unavailable",
            reason: "http://x did not answer within 10 s",
            unknownRegion: false,
        } as const;
        const { transcript, exitCode } = await list(region, fakePint([], gone));
        expect(exitCode).to.equal(1);
        expectGolden("cli/images-list-unavailable.txt", transcript);
    });

    it("fails where pint has no such region: exit code 3", async () => {
        const unknown = {
            kind: "unavailable",
            reason: "http://x answered with HTTP 404",
            unknownRegion: true,
        } as const;
        const { context, exitCode } = await list(["--region", "eu-pluto-southwest-1"], fakePint([], unknown));
        expect(exitCode).to.equal(3);
        expect(context.io.err()).to.contain(
            "error: pint has no images of a region eu-pluto-southwest-1: http://x answered with HTTP 404\n",
        );
    });

    it("shows the first five remarks on records, and how many more there are", async () => {
        const odd = Array.from({ length: 7 }, (_, index) => pintRecord({ name: `odd-${index}`, id: "" }));
        const { context } = await list(region, fakePint(odd));
        expect(context.io.err()).to.equal(
            [0, 1, 2, 3, 4].map((index) => `pint: odd-${index}: it has no id; left out\n`).join("") +
                "pint: and 2 more records that are odd\n",
        );
    });

    describe("without --region", () => {
        it("asks for the region of AWS's variables and files", async () => {
            const pint = fakePint(lifeOfImages);
            const aws = { region: "eu-central-1" };
            await play(["images", "list"], { directory: makeFolder(), pint, aws });
            expect(pint.queries.map((query) => query.region)).to.deep.equal(["eu-central-1"]);
        });

        const search = (directory: string, env: Readonly<Record<string, string>>): Promise<string> => {
            const never = new AbortController().signal;
            const given = { io: recordIo(), signal: never, killSignal: never, version: "0" };
            return findRegion(
                { region: undefined, projectDirectory: undefined },
                createContext({ ...given, directory, env }),
                (found) => command("images", "list", "--region", found),
            );
        };

        it("prefers the region of Pulumi.yaml to that of the environment", async () => {
            const directory = makeProject({
                "Pulumi.yaml": "name: sles-ecs\nruntime: nodejs\nconfig: {aws:region: {value: sa-east-1}}\n",
            });
            const env = { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "us-west-1" };
            expect(await search(directory, env)).to.equal("sa-east-1");
            expect(await search(makeFolder(), env)).to.equal("us-west-2");
            expect(await search(makeFolder(), { ...env, AWS_REGION: "" })).to.equal("us-west-1");
        });
    });
});
