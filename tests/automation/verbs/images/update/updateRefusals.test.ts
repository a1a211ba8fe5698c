import { expect } from "chai";
import { describeStep } from "../../../../../automation/output/changes";
import { AppError } from "../../../../../automation/errors/appError";
import { tagKeys } from "../../../../../components/model/tags";
import { chosenImage, inEc2 } from "../../../../helpers/account";
import { changes, step } from "../../../../helpers/fakes";
import { expectGolden } from "../../../../helpers/golden";
import { removeFolders } from "../../../../helpers/project";
import {
    instanceType,
    urnOf,
    newer,
    sles16,
    settings,
    dev,
    on,
    older,
    updated,
    full,
    job,
    standing,
    update,
    changing,
} from "./updateCase";

describe("images update refuses", () => {
    afterEach(removeFolders);

    it("refuses another generation unless it is allowed, and then writes a filter that fits", async () => {
        const to = ["--to", sles16.name];
        const refused = await update(["--yes", ...to]);
        expect([refused.exitCode, refused.file]).to.deep.equal([2, settings()]);
        expect(refused.context.io.err()).to.match(/is SLES 16\.0, and dev is on SLES 15 SP7/);
        const { file, exitCode, context } = await update(["--yes", "--allow-generation-change", ...to]);
        expect(exitCode).to.equal(0);
        expect(context.settings[0]?.hostImage).to.deep.include({ lock: sles16, generation: 16 });
        expect(file)
            .to.match(/filter: suse-sles-16-0-v\*-ecs-hvm-ssd-x86_64\n/)
            .and.match(/# Since the audit\./);
    });

    it("refuses where tasks have no room elsewhere unless they may be interrupted", async () => {
        const refused = await update(["--yes"], { aws: full([older, older], [job]) });
        expect([refused.exitCode, refused.file]).to.deep.equal([2, settings()]);
        expectGolden("cli/images-update-no-room.txt", refused.transcript);
        const allowed = await update(["--yes", "--allow-interruption"], {
            aws: full([older, older], [job]),
        });
        expect(allowed.exitCode).to.equal(0);
        expect(changing(allowed.context.calls).slice(0, 3)).to.deep.equal([
            "aws drain i-1",
            `aws stopTask ${job.arn}`,
            `engine up targets=${urnOf(1)} whole`,
        ]);
    });

    it("refuses while the settings differ by more than the image, as that would be done along with it", async () => {
        const others = [
            step("delete", instanceType, "sles-ecs-hosts-3"),
            step("replace", instanceType, "sles-ecs-hosts-1", ["ami", "instanceType"]),
            step("create", "aws:iam/role:Role", "sles-ecs-role"),
        ];
        for (const other of others) {
            const preview = changes([...(standing.preview?.steps ?? []), other]);
            const { exitCode, file, context } = await update(["--yes"], {
                stacks: { dev: { ...standing, preview } },
            });
            expect([exitCode, file, changing(context.calls)]).to.deep.equal([2, settings(), []]);
            expect(context.io.err()).to.contain("OTHER_CHANGES").and.contain(describeStep(other));
            expect(context.io.err()).to.contain("Next: sles-ecs up dev\n");
        }
    });

    it("takes what names a host to go with it, such as the schedule that stops it at the end of a lease", async () => {
        const schedule = "aws:scheduler/schedule:Schedule";
        const previewed = (property: string) =>
            changes([
                step("replace", instanceType, "sles-ecs-hosts-1", ["ami"]),
                step("replace", instanceType, "sles-ecs-hosts-2", ["ami"]),
                step("update", schedule, "sles-ecs-lease-schedule-host-1", [property]),
            ]);
        const played = (property: string) =>
            update(["--yes"], { stacks: { dev: { ...standing, preview: previewed(property) } } });
        expect((await played("target")).exitCode).to.equal(0);
        expect((await played("target.input")).exitCode).to.equal(0);
        expect((await played("scheduleExpression")).context.io.err()).to.contain("OTHER_CHANGES");
    });

    it("leaves a host alone that carries the tags and that the state does not know", async () => {
        const { context } = await update(["--yes"], {
            aws: dev([updated, older, { ...older, instanceId: "i-7", tags: { [tagKeys.host]: "7" } }]),
            stacks: { dev: { ...standing, strays: ["i-7"] } },
        });
        expect(context.io.err()).to.contain(
            "i-7 carries the tags of dev, and the state knows no such host: left alone",
        );
        expect(changing(context.calls).filter((call) => call.includes("i-7"))).to.deep.equal([]);
        expect(changing(context.calls)).to.include("aws drain i-2");
    });

    it("goes by the hosts' own image as well, where nothing was locked yet", async () => {
        const { exitCode, context } = await update(["--yes", "--to", sles16.name], {
            file: "config:\n    aws:region: us-east-1\n",
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("GENERATION_CHANGE");
    });

    it("checks the image as up does, and takes the lock back where AWS objects", async () => {
        const { exitCode, file, context } = await update(["--yes"], {
            aws: { ...dev(), images: [{ ...inEc2(newer), rootVolumeGiB: 500 }] },
        });
        expect([exitCode, file, changing(context.calls)]).to.deep.equal([2, settings(), []]);
        expect(context.io.err())
            .to.contain("error: hosts.rootVolumeGiB: got ")
            .and.contain(`expected at least 500, the size of ${newer.name}; nothing has been changed`);
    });

    it("warns of what it may not check, as up does", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed" });
        const { context } = await update(["--plan"], {
            aws: { ...dev(), errors: { "ec2.zonesOffering": denied } },
        });
        expect(context.io.err()).to.contain(
            "warning: hosts.instanceType: could not check where the instance type is offered: not allowed\n",
        );
    });

    it("lets a host take tasks again whose replacement fails, and keeps the first error", async () => {
        const { exitCode, context } = await update(["--yes"], {
            stacks: {
                dev: {
                    ...standing,
                    errors: { up: new AppError("LOCKED", { message: "somebody works on it" }) },
                },
            },
        });
        expect(exitCode).to.equal(4);
        expect(changing(context.calls)).to.deep.equal([
            "aws drain i-1",
            `engine up targets=${urnOf(1)} whole`,
            "aws activate i-1",
        ]);
    });

    it("begins with nothing while somebody else works on the stack", async () => {
        const locked = new AppError("LOCKED", { message: "somebody works on it" });
        for (const seenBy of ["requireUnlocked", "requireWorkable"]) {
            const { exitCode, file, context } = await update(["--yes"], {
                stacks: { dev: { ...standing, errors: { [seenBy]: locked } } },
            });
            expect([exitCode, file, changing(context.calls)], seenBy).to.deep.equal([4, settings(), []]);
        }
    });

    it("names every option in the command to go on with", async () => {
        const { context } = await update(["--plan", "--to", newer.name, "--allow-interruption"]);
        expect(context.io.out()).to.contain(
            `Next: sles-ecs images update dev --to ${newer.name} --allow-interruption\n`,
        );
    });

    it("stops before a host that has got tasks meanwhile which would stop with it", async () => {
        const { exitCode, context } = await update(["--yes"], {
            onSleep: (seconds, state) => {
                if (seconds >= 20) {
                    state.tasks["dev"] = [{ ...job, ...on("i-2") }];
                }
            },
        });
        expect(exitCode).to.equal(2);
        expect(changing(context.calls)).to.deep.equal([
            "aws drain i-1",
            `engine up targets=${urnOf(1)} whole`,
            "host i-3 is ready",
        ]);
    });

    it("asks first, and changes nothing after a no", async () => {
        const { exitCode, file, context } = await update([], { answers: [false] });
        expect([exitCode, file, changing(context.calls)]).to.deep.equal([6, settings(), []]);
    });

    it("needs consent where nobody can be asked", async () => {
        const { exitCode, file } = await update([]);
        expect([exitCode, file]).to.deep.equal([2, settings()]);
    });

    it("answers with one JSON document", async () => {
        const { context } = await update(["--plan", "-o", "json"]);
        expect(JSON.parse(context.io.out())).to.deep.include({
            environment: "dev",
            from: chosenImage,
            to: newer,
            state: "planned",
            strays: [],
            packages: [
                { name: "kernel-default", from: "6.4.0-150700.53.11.1", to: "6.4.0-150700.53.16.1" },
                { name: "amazon-ecs-init", to: "1.95.0-150000.1.1" },
            ],
            packageChanges: `https://changes.example/${newer.name}/package_version_changes.html`,
        });
    });

    it("tells of an agent that is gone, and of no percentages, which would not help", async () => {
        const account = dev();
        const agents = account.containerInstances["dev"] ?? [];
        const containerInstances = {
            dev: [
                ...agents.slice(0, 1).map((one) => ({ ...one, agentConnected: false })),
                ...agents.slice(1),
            ],
        };
        const { context } = await update(["--yes"], { aws: { ...account, containerInstances } });
        expect(context.io.err())
            .to.contain("NO_ROOM_FOR_TASKS")
            .and.contain("cannot move: the agent of its host is gone")
            .and.contain("see why the agent of its host is gone")
            .and.not.contain("update-service");
    });
});
