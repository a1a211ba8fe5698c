import { expect } from "chai";

import { makeFolder, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";

const projectOf = (config = ""): string => `name: sles-ecs\nruntime: nodejs\n${config}`;
const wrongHosts = "config:\n    sles-ecs:hosts: { mode: fixed, count: many }\n";
/** As Pulumi has groups in the project's own file. */
const wrongForAll = "config:\n    sles-ecs:hosts: { value: { mode: fixed, count: many } }\n";
const wrongTags = "config:\n    sles-ecs:tags: 7\n";
const fine = "config:\n    sles-ecs:hosts: { mode: fixed, count: 1 }\n";
const mine = `${fine}    sles-ecs:basedOn: dev\n`;

describe("wrong settings", () => {
    afterEach(removeFolders);

    const places: readonly (readonly [
        where: string,
        files: Readonly<Record<string, string>>,
        argv: readonly string[],
        said: string,
        next: string,
    ])[] = [
        [
            "in the project's file, where the environment has none",
            { "Pulumi.yaml": projectOf(wrongForAll) },
            ["up", "alice"],
            "Pulumi.yaml has a problem",
            "edit Pulumi.yaml",
        ],
        [
            "in the project's file, where the environment's says nothing of it",
            { "Pulumi.yaml": projectOf(wrongTags), "Pulumi.alice.yaml": fine },
            ["up", "alice"],
            "Pulumi.yaml has a problem",
            "edit Pulumi.yaml",
        ],
        [
            "in a project's file with the short ending",
            { "Pulumi.yml": projectOf(wrongForAll) },
            ["up", "alice"],
            "Pulumi.yml has a problem",
            "edit Pulumi.yml",
        ],
        [
            "in the environment's file, over what is wrong in the project's",
            { "Pulumi.yaml": projectOf(wrongForAll), "Pulumi.alice.yaml": wrongHosts },
            ["up", "alice"],
            "Pulumi.alice.yaml has a problem",
            "edit Pulumi.alice.yaml",
        ],
        [
            "in both files",
            { "Pulumi.yaml": projectOf(wrongTags), "Pulumi.alice.yaml": wrongHosts },
            ["up", "alice"],
            "Pulumi.alice.yaml and Pulumi.yaml have 2 problems",
            "edit Pulumi.alice.yaml and Pulumi.yaml",
        ],
        [
            "in the file that is copied",
            { "Pulumi.yaml": projectOf(), "Pulumi.dev.yaml": wrongHosts },
            ["up", "alice", "--from", "dev"],
            "Pulumi.alice.yaml has a problem",
            "edit Pulumi.dev.yaml",
        ],
        [
            "in the project's file, beside values of the command line",
            { "Pulumi.yaml": projectOf(wrongTags), "Pulumi.alice.yaml": mine },
            ["up", "alice", "--set", "hosts.count=2"],
            "Pulumi.yaml has a problem",
            "give other values with --set, or edit Pulumi.yaml",
        ],
        [
            "in a number of hosts that the command line gives",
            { "Pulumi.yaml": projectOf(), "Pulumi.alice.yaml": fine },
            ["hosts", "scale", "alice", "99999"],
            "Pulumi.alice.yaml has a problem",
            "sles-ecs hosts scale alice <count>",
        ],
        [
            "in the file, before a number of hosts is looked at",
            { "Pulumi.yaml": projectOf(wrongTags), "Pulumi.alice.yaml": fine },
            ["hosts", "scale", "alice", "3"],
            "Pulumi.yaml has a problem",
            "edit Pulumi.yaml",
        ],
    ];
    for (const [where, files, argv, said, next] of places) {
        it(`are mended where they stand: ${where}`, async () => {
            const { exitCode, context } = await play(argv, {
                directory: makeFolder(files),
                stacks: { alice: {} },
            });
            expect(context.io.err())
                .to.contain(`error: ${said}\n`)
                .and.contain(`\nNext: ${next}\n(SETTINGS_INVALID, exit code 2)\n`);
            expect([exitCode, context.aws.changes]).to.deep.equal([2, []]);
        });
    }
});
