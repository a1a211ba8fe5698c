import { expect } from "chai";
import { chosenImage, inEc2 } from "../../../../helpers/account";
import { changes } from "../../../../helpers/fakes";
import { expectGolden } from "../../../../helpers/golden";
import { removeFolders } from "../../../../helpers/project";
import {
    urnOf,
    newer,
    sles16,
    settings,
    dev,
    older,
    updated,
    web,
    job,
    standing,
    standingWith,
    update,
    changing,
} from "./updateCase";

/** Lock and hosts are on the newest image that there is. */
const current = () => ({
    aws: { ...dev(), images: [inEc2(chosenImage)] },
    stacks: { dev: { ...standing, preview: changes([]) } },
});

describe("images update", () => {
    afterEach(removeFolders);

    it("shows its plan with every host in its turn, and changes nothing", async () => {
        const { transcript, context, file, exitCode } = await update(["--plan"], {
            aws: dev([older, older], [web, job]),
        });
        expectGolden("cli/images-update-plan.txt", transcript);
        expect([exitCode, file, changing(context.calls)]).to.deep.equal([0, settings(), []]);
    });

    it("replaces the hosts one after the other: tasks off, this one host, ready, and only then the next", async () => {
        const { transcript, context, file } = await update(["--yes"]);
        expectGolden("cli/images-update.txt", transcript);
        expect(changing(context.calls)).to.deep.equal([
            "aws drain i-1",
            `engine up targets=${urnOf(1)} whole`,
            "host i-3 is ready",
            "aws drain i-2",
            `engine up targets=${urnOf(2)} whole`,
            "host i-4 is ready",
            "engine up",
        ]);
        expect(file).to.equal(
            settings()
                .replaceAll(chosenImage.id, newer.id)
                .replace(chosenImage.name, newer.name)
                .replace('20260910"', '20260922"'),
        );
    });

    const group = (max: number): string =>
        settings(`    sles-ecs:hosts: { mode: autoScaling, min: 1, max: ${max} }\n`);

    it("has the group bring the new hosts where there is one, from a launch template that is renewed first", async () => {
        const { context } = await update(["--yes"], { file: group(2) });
        expect(changing(context.calls)).to.deep.equal([
            "engine up",
            "aws drain i-1",
            "aws renew i-1",
            "host i-3 is ready",
            "aws drain i-2",
            "aws renew i-2",
            "host i-4 is ready",
            "engine up",
        ]);
    });

    it("has the successors ready first where the group may have more hosts, and keeps its size", async () => {
        const { context } = await update(["--yes"], { file: group(3) });
        expect(changing(context.calls)).to.deep.equal([
            "engine up",
            "aws resize sles-ecs-dev desired=3",
            "host i-3 is ready",
            "aws drain i-1",
            "aws detachInstances sles-ecs-dev i-1",
            "aws remove i-1",
            "aws resize sles-ecs-dev desired=3",
            "host i-4 is ready",
            "aws drain i-2",
            "aws detachInstances sles-ecs-dev i-2",
            "aws remove i-2",
            "engine up",
        ]);
    });

    it("replaces as many hosts of a group at once as --batch says", async () => {
        const { context } = await update(["--yes", "--batch", "2"], {
            file: group(4),
            aws: dev([older, older], []),
        });
        expect(changing(context.calls)).to.deep.equal([
            "engine up",
            "aws resize sles-ecs-dev desired=4",
            "host i-3 is ready",
            "host i-4 is ready",
            "aws drain i-1,i-2",
            "aws detachInstances sles-ecs-dev i-1",
            "aws remove i-1",
            "aws detachInstances sles-ecs-dev i-2",
            "aws remove i-2",
            "engine up",
        ]);
    });

    it("stops at a host whose tasks do not move, and goes on from there the next time", async () => {
        const stuck = await update(["--yes"], { tasksStay: true });
        expect(stuck.exitCode).to.equal(5);
        expect(stuck.context.io.err())
            .to.contain("TASKS_NOT_MOVED")
            .and.contain(
                "to let them stop with their host: sles-ecs images update dev --allow-interruption --yes\n",
            );
        expect(changing(stuck.context.calls)).to.deep.equal(["aws drain i-1", "aws activate i-1"]);
        expect(stuck.file).to.contain(newer.id);
        const { context, exitCode } = await update(["--yes"], {
            file: stuck.file,
            aws: dev([updated, older]),
            stacks: { dev: standingWith(2) },
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal([
            "aws drain i-2",
            `engine up targets=${urnOf(2)} whole`,
            "host i-3 is ready",
            "engine up",
        ]);
    });

    it("goes on without tasks that do not move in time where they may stop, and says which", async () => {
        const { context, exitCode } = await update(["--yes", "--allow-interruption"], { tasksStay: true });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.match(
            /task web:3 of service web \(t-1\): RUNNING after \d+ min, and stops with host i-1\n/,
        );
        expect(changing(context.calls)).to.include(`engine up targets=${urnOf(1)} whole`);
    });

    it("gives tasks the time of --drain-timeout, and new hosts that of --timeout", async () => {
        const times = ["--yes", "--drain-timeout", "90s", "--timeout", "2m"];
        const stuck = await update(times, { tasksStay: true });
        expect(stuck.context.io.err()).to.contain("not left host i-1 within 1 min 30 s;");
        const silent = await update(times, { bootSeconds: Infinity });
        expect(silent.context.io.err()).to.contain("0 of 1 host is ready in cluster dev after 2 min\n");
    });

    it("gives every run of the engine --parallel", async () => {
        const { context } = await update(["--yes", "--parallel", "4"]);
        const runs = context.calls.filter((call) => /^engine (preview|up)/.test(call));
        expect(runs).to.deep.equal([
            "engine preview parallel=4",
            `engine up parallel=4 targets=${urnOf(1)} whole`,
            `engine up parallel=4 targets=${urnOf(2)} whole`,
            "engine up parallel=4",
        ]);
    });

    it("tells what changes for the hosts that are left, though the lock has moved already", async () => {
        const moved = (await update(["--yes"])).file;
        const { context } = await update(["--plan"], { file: moved, aws: dev([updated, older]) });
        expect(context.io.out()).to.contain("kernel-default 6.4.0-150700.53.11.1 -> 6.4.0-150700.53.16.1");
    });

    it("replaces nothing where lock and hosts are there already, but sees to it that the hosts are ready", async () => {
        const { aws, stacks } = current();
        const agents = aws.containerInstances["dev"] ?? [];
        const { context, exitCode } = await update([], {
            aws: { ...aws, containerInstances: { dev: agents.slice(0, 1) } },
            stacks,
            onSleep: (seconds, state) => {
                if (seconds >= 20) {
                    state.containerInstances = { dev: agents };
                }
            },
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal(["engine up"]);
        expect(context.io.err()).to.match(/ {2}1 of 2 hosts ready\n[^]* {2}2 of 2 hosts ready\n/);
        expect(context.io.out()).to.match(/^dev is on suse-sles-15-sp7-v20260910.* already/);
    });

    it("says in one line that there is nothing to do, planned or not, and in one word for scripts", async () => {
        for (const argv of [["--plan"], ["--yes"]]) {
            const { context } = await update(argv, current());
            expect(context.io.out()).to.equal(
                `dev is on ${chosenImage.name} (${chosenImage.id}) already, and so are all its hosts\n`,
            );
            const json = await update([...argv, "-o", "json"], current());
            expect(JSON.parse(json.context.io.out())).to.include({ state: "current" });
        }
    });

    it("shows what becomes of a filter that does not match the image, before and when it is done", async () => {
        const line =
            "Pulumi.dev.yaml: hostImage.filter suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64 -> suse-sles-16-0-v*-ecs-hvm-ssd-x86_64\n";
        const argv = ["--to", sles16.name, "--allow-generation-change"];
        const planned = await update([...argv, "--plan"]);
        expect(planned.context.io.out()).to.contain(line);
        const { context } = await update([...argv, "--yes"]);
        expect(context.io.err())
            .to.contain(line)
            .and.contain(`Pulumi.dev.yaml now locks the host image: ${sles16.name} (${sles16.id})\n`);
    });

    it("plans the hosts that are left where the lock has moved before", async () => {
        const { context } = await update(["--plan"], {
            aws: { ...dev([older, { ...older, imageId: "ami-9" }], []), images: [inEc2(chosenImage)] },
            stacks: { dev: standingWith(2) },
        });
        expect(context.io.out())
            .to.match(/^dev: stays on suse-sles-15-sp7-v20260910\S* \(.*\)\n/)
            .and.match(/ 1\. i-2 .*: no tasks\n/);
    });
});
