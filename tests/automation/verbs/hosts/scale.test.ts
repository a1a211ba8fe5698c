import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { hostVerbs } from "../../../../automation/verbs/hosts/forPrograms";
import type { ScalingGroup } from "../../../../automation/ports/scalingServices";
import { pauseText } from "../../../../components/model/pause";
import { tagKeys } from "../../../../components/model/tags";
import { cluster, task } from "../../../helpers/awsObjects";
import { changes, fakeContext, step, type FakeStackOptions } from "../../../helpers/fakes";
import { groupOf, launchedFrom, tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play, type Played } from "../../../helpers/transcript";
import {
    changing,
    dev,
    instanceType,
    job,
    older,
    on,
    settings,
    standingWith,
    web,
} from "../images/update/updateCase";
import { standing } from "../standing";

type Given = Partial<Parameters<typeof play>[1]> & { readonly file?: string };

const { resources: hosts = [] } = standingWith();
const second = step("delete", instanceType, "sles-ecs-hosts-2");
const volume = step("delete", "aws:ebs/volume:Volume", "sles-ecs-hosts-2-docker");
const policy = step("delete", "aws:iam/rolePolicy:RolePolicy", "sles-ecs-policy");
const onSecond = task("t-9", "service:web", on("i-2"));

const stackWith = (
    ...steps: readonly ReturnType<typeof step>[]
): Readonly<Record<string, FakeStackOptions>> => ({
    dev: { resources: [...hosts, ...(standing.resources ?? [])], preview: changes(steps) },
});

/** Plays `hosts scale dev` on two fixed hosts, of which the engine would delete the second one. */
async function scale(
    argv: readonly string[],
    { file = settings(), ...given }: Given = {},
): Promise<Played & { readonly file: string }> {
    const directory = makeProject({ "Pulumi.dev.yaml": file });
    const played = await play(["hosts", "scale", "dev", ...argv], {
        directory,
        stacks: stackWith(second),
        aws: dev([older, older], [web, onSecond]),
        ...given,
    });
    return { ...played, file: readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8") };
}

describe("hosts scale, of fixed hosts", () => {
    afterEach(removeFolders);

    it("shows which host goes and what becomes of its tasks, drains it, and writes the number and nothing else", async () => {
        const { transcript, context, exitCode, file } = await scale(["1"], { answers: [true] });
        expect(exitCode).to.equal(0);
        expectGolden("cli/hosts-scale.txt", transcript);
        expect(changing(context.calls)).to.deep.equal(["aws drain i-2", "engine up"]);
        expect(file).to.equal(settings().replace("count: 2", "count: 1"));
    });

    it("brings hosts without a question", async () => {
        const { context, exitCode, file } = await scale(["3", "-o", "json"], {
            stacks: stackWith(step("create", instanceType, "sles-ecs-hosts-3")),
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal(["engine up", "host i-3 is ready"]);
        expect(file).to.contain("count: 3");
        expect(JSON.parse(context.io.out())).to.deep.include({
            ...{ environment: "dev", count: 3, removed: [], wantedHosts: 3, managedScaling: false },
            readyHosts: ["i-1", "i-2", "i-3"],
        });
    });

    it("says of each docker volume whether it is kept", async () => {
        const volumes = (more: string): string =>
            settings(
                `    sles-ecs:hosts: { count: 2 }\n    sles-ecs:dockerStorage: { mode: volume, sizeGiB: 20${more} }\n`,
            );
        const stacks = stackWith(second, volume);
        const kept = await scale(["1"], { file: volumes(", keepOnDestroy: true"), stacks, answers: [false] });
        expect(kept.context.io.err()).to.contain("; its docker volume is kept\n");
        const lost = await scale(["1"], { file: volumes(""), stacks, answers: [false] });
        expect(lost.context.io.err()).to.contain("; its docker volume goes with its data\n");
    });

    it("changes neither AWS nor the settings after a no, or where nobody can be asked", async () => {
        for (const [answers, exitCode] of [
            [[false], 6],
            [undefined, 2],
        ] as const) {
            const played = await scale(["1"], { answers: answers && [...answers] });
            expect([played.exitCode, changing(played.context.calls)]).to.deep.equal([exitCode, []]);
            expect(played.file).to.equal(settings());
        }
        const alone = await scale(["1"], { answers: undefined });
        expect(alone.transcript).to.contain("Next: sles-ecs hosts scale dev 1 --yes\n");
    });

    it("tells what else would be lost", async () => {
        const { context } = await scale(["1"], { stacks: stackWith(second, policy), answers: [false] });
        expect(context.io.err()).to.contain("This would also lose:\n  -  delete  policy");
    });

    it("refuses what would replace hosts that stay, and tasks of no service that would stop", async () => {
        const first = step("replace", instanceType, "sles-ecs-hosts-1", ["instanceType"]);
        const replacing = await scale(["1", "--yes"], { stacks: stackWith(first, second) });
        expect([replacing.exitCode, changing(replacing.context.calls)]).to.deep.equal([2, []]);
        expect(replacing.transcript)
            .to.contain("OTHER_CHANGES")
            .and.contain("Next: sles-ecs up dev --roll\n");
        const aws = dev([older, older], [{ ...job, ...on("i-2") }]);
        const stopping = await scale(["1", "--yes"], { aws });
        expect([stopping.exitCode, changing(stopping.context.calls)]).to.deep.equal([2, []]);
        expect(stopping.transcript).to.contain("hosts scale dev 1 --allow-interruption");
        expect(stopping.file).to.equal(settings());
        expect((await scale(["1", "--yes", "--allow-interruption"], { aws })).exitCode).to.equal(0);
    });

    for (const [given, said] of [
        ["0", "sles-ecs pause dev"],
        ["-1", "got -1, expected 1 or more"],
        ["1.5", "got 1.5, expected 1 or more"],
        ["many", "USAGE"],
    ] as const) {
        it(`refuses ${given} as a number of hosts`, async () => {
            const { exitCode, transcript, context } = await scale([given, "--yes"]);
            expect(exitCode).to.equal(2);
            expect(transcript).to.contain(said);
            expect(context.calls).to.deep.equal([]);
        });
    }

    it("refuses more than the schema takes, while paused, and where nothing is up", async () => {
        const many = await scale(["100000", "--yes"]);
        expect([many.exitCode, changing(many.context.calls)]).to.deep.equal([2, []]);
        expect(many.file).to.equal(settings());
        const tags = { ...tagsOf("dev"), [tagKeys.paused]: pauseText({ since: new Date(0) }) };
        const paused = await scale(["1", "--yes"], {
            aws: { ...dev(), clusters: [cluster({ name: "dev", tags })] },
        });
        expect(paused.transcript).to.contain("PAUSED").and.contain("Next: sles-ecs resume dev\n");
        const empty = await scale(["1", "--yes"], { stacks: { dev: { resources: [] } } });
        expect(empty.transcript).to.contain("CLUSTER_NOT_FOUND").and.contain("Next: sles-ecs up dev\n");
    });

    it("leaves settings and host as they were where tasks do not move: exit code 5", async () => {
        const { exitCode, context, transcript, file } = await scale(["1", "--yes", "--deadline", "1m"], {
            tasksStay: true,
        });
        expect(exitCode).to.equal(5);
        expect(changing(context.calls)).to.deep.equal(["aws drain i-2", "aws activate i-2"]);
        expect(transcript)
            .to.contain("it was not taken away")
            .and.contain("Pulumi.dev.yaml is as it was before")
            .and.contain("after that: sles-ecs hosts scale dev 1 --yes\n");
        expect(file).to.equal(settings());
    });

    it("says what the settings say where the engine fails, and goes on with the same command", async () => {
        const error = new AppError("UPDATE_FAILED", { message: "no capacity" });
        const stacks = { dev: { ...stackWith(second)["dev"], errors: { up: error } } };
        const { transcript, file } = await scale(["1", "--yes"], { stacks });
        expect(transcript)
            .to.contain("Pulumi.dev.yaml says hosts.count: 1\n")
            .and.contain("Next: sles-ecs hosts scale dev 1 --yes\n");
        expect(file).to.contain("count: 1");
    });

    it("is a function for programs", async () => {
        const options = {
            directory: makeProject({ "Pulumi.dev.yaml": settings() }),
            ...{ stacks: stackWith(second), aws: dev([older, older], []) },
        };
        const verbs = hostVerbs(fakeContext(options), 0);
        const { removed } = await verbs.scale("dev", 1);
        expect(removed.map(({ host }) => host.instanceId)).to.deep.equal(["i-2"]);
    });
});

const name = groupOf(tagsOf("dev"));

/** The same on a group of two hosts, one to three of which there may be. */
function scaleGroup(argv: readonly string[], given: Partial<ScalingGroup> = {}) {
    const members = [older, older].map((one) => ({ ...one, tags: launchedFrom("1") }));
    const group = {
        ...{ name, tags: tagsOf("dev"), min: 1, max: 3, desired: 2, suspendedProcesses: [] },
        ...{ instanceIds: ["i-1", "i-2"], protectedInstanceIds: [], leaving: false },
        launchTemplate: { id: "lt-1", version: "1" },
        ...given,
    };
    return scale(argv, {
        file: settings(
            "    sles-ecs:hosts:\n        # ECS decides.\n        mode: autoScaling\n        min: 1\n        max: 3\n        desired: 2\n",
        ),
        stacks: { dev: { resources: standing.resources ?? [], preview: changes([]) } },
        aws: { ...dev(members, [web]), groups: [group] },
    });
}

describe("hosts scale, of a group", () => {
    afterEach(removeFolders);

    it("has the group bring hosts, and says that ECS goes on from there", async () => {
        const { context, exitCode, file } = await scaleGroup(["3", "--yes"]);
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal([
            "engine up",
            `aws resize ${name} desired=3`,
            "host i-3 is ready",
        ]);
        expect(file).to.contain("        # ECS decides.\n").and.contain("desired: 3").and.contain("max: 3");
        expect(context.io.out())
            .to.contain("dev is to have 3 hosts: 3 of 3 ready")
            .and.contain("ECS scales this group by its tasks and will move the number again");
    });

    it("takes the host with the fewest tasks away, drained", async () => {
        const { context, exitCode } = await scaleGroup(["1", "--yes"]);
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal([
            ...["engine up", "aws drain i-2", `aws detachInstances ${name} i-2`, "aws remove i-2"],
        ]);
    });

    it("takes no host that runs for those that the group cannot launch", async () => {
        const { context } = await scaleGroup(["2", "--yes"], { desired: 3 });
        expect(changing(context.calls)).to.deep.equal(["engine up", `aws resize ${name} desired=2`]);
    });

    it("ends at the number that was asked for, whatever the group wanted before", async () => {
        const { context } = await scaleGroup(["1", "--yes"], { desired: 3 });
        expect(changing(context.calls)).to.deep.equal([
            ...["engine up", "aws drain i-2", `aws detachInstances ${name} i-2`, "aws remove i-2"],
            `aws resize ${name} desired=1`,
        ]);
    });

    it("counts no host that is on its way out already", async () => {
        const { context } = await scaleGroup(["1", "--yes"], { uncountedInstanceIds: ["i-1"] });
        expect(changing(context.calls)).to.deep.equal(["engine up", `aws resize ${name} desired=1`]);
    });

    it("refuses a number beyond its limits unless these are to move", async () => {
        const refused = await scaleGroup(["5", "--yes"]);
        expect([refused.exitCode, changing(refused.context.calls)]).to.deep.equal([2, []]);
        expect(refused.transcript)
            .to.contain("may have 1 to 3 hosts: got 5, which is beyond hosts.max (3)")
            .and.contain("Next: sles-ecs hosts scale dev 5 --adjust-limits\n");
        const moved = await scaleGroup(["5", "--adjust-limits", "--yes"]);
        expect(moved.exitCode).to.equal(0);
        expect(moved.file).to.contain("max: 5").and.contain("desired: 5").and.contain("min: 1");
    });

    it("refuses a group that brings no host", async () => {
        const { exitCode, transcript, context } = await scaleGroup(["3", "--yes"], {
            suspendedProcesses: ["Launch"],
        });
        expect([exitCode, changing(context.calls)]).to.deep.equal([2, []]);
        expect(transcript).to.contain(
            `the Auto Scaling group ${name} would not bring a host: Launch is suspended`,
        );
    });
});
