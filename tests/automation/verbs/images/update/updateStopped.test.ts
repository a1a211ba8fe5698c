import { expect } from "chai";
import { command } from "../../../../../components/model/commandLine";
import { AppError } from "../../../../../automation/errors/appError";
import { tagKeys } from "../../../../../components/model/tags";
import { chosenImage, inEc2 } from "../../../../helpers/account";
import { changes, step } from "../../../../helpers/fakes";
import { removeFolders } from "../../../../helpers/project";
import {
    changing,
    dev,
    full,
    older,
    updated,
    instanceType,
    newer,
    standing,
    standingWith,
    update,
    urnOf,
} from "./updateCase";

/** What `NOT_READY` and its like say last. */
function ending(err: string): readonly string[] {
    return err.trimEnd().split("\n").slice(-3, -1);
}

describe("images update that was stopped", () => {
    afterEach(removeFolders);

    const back = "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64";
    const errors: Readonly<Record<string, AppError>> = {
        "by hosts that do not get ready": new AppError("NOT_READY", {
            message: "0 of 1 hosts are ready",
            hint: command("wait", "dev"),
        }),
        "by the engine": new AppError("UPDATE_FAILED", {
            message: "up of dev failed",
            hint: command("up", "dev"),
        }),
        "by Ctrl-C": new AppError("INTERRUPTED", {
            message: "up of dev was interrupted",
            hint: command("up", "dev"),
        }),
    };
    for (const [what, error] of Object.entries(errors)) {
        it(`${what} says what stands, and names the same command with all that it was given`, async () => {
            const { context, exitCode } = await update(["--yes", "--to", back], {
                stacks: { dev: { ...standing, errors: { up: error } } },
            });
            expect(exitCode).to.equal(error.exitCode);
            expect(ending(context.io.err())).to.deep.equal([
                `  Pulumi.dev.yaml locks ${newer.name}, and 0 of 2 hosts have been replaced`,
                `Next: sles-ecs images update dev --to ${back} --yes`,
            ]);
        });
    }

    it("between two hosts says how many are done", async () => {
        const away = new AppError("AWS_UNREACHABLE", { message: "AWS is away" });
        const { context } = await update(["--yes"], {
            onSleep: (seconds, state) => {
                state.errors = seconds >= 20 ? { "ecs.tasks": away } : {};
            },
        });
        expect(context.io.err()).to.contain("and 1 of 2 hosts have been replaced");
    });

    it("leaves what has to be done before as the next step, and tells the command for after that", async () => {
        const login = new AppError("AWS_CREDENTIALS_EXPIRED", { message: "expired", hint: "aws sso login" });
        const { context } = await update(["--yes"], {
            aws: { ...dev(), errors: { "ecs.drain": login } },
        });
        expect(ending(context.io.err())).to.deep.equal([
            "  after that: sles-ecs images update dev --yes",
            "Next: aws sso login",
        ]);
    });

    it("at a moment when nothing was under way says so as well", async () => {
        const controller = new AbortController();
        const { context, exitCode } = await update(["--yes"], {
            signal: controller.signal,
            aws: dev([older, older], []),
            stacks: {
                dev: { ...standing, onRun: (operation) => operation === "preview" && controller.abort() },
            },
        });
        expect(exitCode).to.equal(130);
        expect(context.io.err()).to.contain("Next: sles-ecs images update dev --yes");
    });

    it("while tasks are moving off a host lets it take tasks again, and replaces nothing", async () => {
        const controller = new AbortController();
        const { context, exitCode } = await update(["--yes"], {
            signal: controller.signal,
            onSleep: () => controller.abort(),
        });
        expect(exitCode).to.equal(130);
        expect(changing(context.calls)).to.deep.equal(["aws drain i-1", "aws activate i-1"]);
    });

    it("goes on only when the hosts that it brought before are ready, and plans with their room", async () => {
        const { containerInstances, ...account } = full([older, updated]);
        const [first, ...brought] = containerInstances["dev"] ?? [];
        const { context, exitCode } = await update(["--yes"], {
            aws: { ...account, containerInstances: { dev: first === undefined ? [] : [first] } },
            stacks: { dev: standingWith(1) },
            onSleep: (seconds, state) => {
                if (seconds >= 20 && state.containerInstances["dev"]?.length === 1) {
                    const roomy = brought.map((one) => ({
                        ...one,
                        free: { cpuUnits: 2048, memoryMiB: 3900 },
                    }));
                    state.containerInstances["dev"].push(...roomy);
                }
            },
        });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.match(
            /waiting for hosts that were replaced before \.\.\.\n {2}0 of 1 host ready\n[^]* 1 of 1 host ready\n/,
        );
        expect(changing(context.calls).slice(0, 2)).to.deep.equal([
            "aws drain i-1",
            `engine up targets=${urnOf(1)} whole`,
        ]);
    });

    it("waits for no host that the state does not know, such as one of a killed engine", async () => {
        const unrecorded = { ...updated, instanceId: "i-9", tags: { [tagKeys.host]: "9" } };
        const { containerInstances, ...account } = dev([older, older, unrecorded]);
        const agents = (containerInstances["dev"] ?? []).slice(0, 2);
        const { context } = await update(["--yes"], {
            aws: { ...account, containerInstances: { dev: agents } },
            stacks: { dev: { ...standing, strays: ["i-9"] } },
        });
        expect(changing(context.calls)[0]).to.equal("aws drain i-1");
        expect(context.io.err()).to.contain("0 of 1 host ready\n").and.not.contain("of 3 hosts ready");
    });

    it("names the host that a killed engine has started and not recorded, and what takes it away", async () => {
        const unrecorded = { ...updated, instanceId: "i-9", tags: { [tagKeys.host]: "9" } };
        const { context, exitCode } = await update(["--yes"], {
            aws: dev([updated, updated, unrecorded]),
            stacks: { dev: { ...standing, strays: ["i-9"], preview: changes([]) } },
        });
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.contain(
            "  i-9 carries the tags of dev, and the state knows no such host: left alone\nNext: sles-ecs up dev\n",
        );
        expect(changing(context.calls).filter((call) => call.includes("i-9"))).to.deep.equal([]);
    });

    it("waits for no host that was replaced, and whose end a killed engine did not record", async () => {
        const host2 = { type: instanceType, name: "sles-ecs-hosts-2" };
        const { context, exitCode } = await update(["--yes"], {
            aws: dev([updated, updated, { ...older, state: "terminated" }], []),
            stacks: {
                dev: {
                    resources: [...(standing.resources ?? []), { ...host2, id: "i-3" }],
                    preview: changes([]),
                },
            },
        });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.contain("2 of 2 hosts ready").and.not.contain("of 3 hosts");
    });

    it("still refuses what has no room when they are ready", async () => {
        const { exitCode, context } = await update(["--yes"], {
            aws: full([older, updated]),
            stacks: { dev: standingWith(1) },
        });
        expect(exitCode).to.equal(2);
        expect(changing(context.calls)).to.deep.equal([]);
        expect(context.io.err())
            .to.contain("waiting for hosts that were replaced before")
            .and.contain("NO_ROOM_FOR_TASKS");
    });

    describe("half way through a host", () => {
        const attachment = "aws:ec2/volumeAttachment:VolumeAttachment";
        // Host 1 is gone, or stands without its volume; host 2 still runs the older image.
        const half = changes([
            step("replace", instanceType, "sles-ecs-hosts-1", ["ami"]),
            step("replace", attachment, "sles-ecs-hosts-1-docker-attachment", ["instanceId"]),
            step("replace", instanceType, "sles-ecs-hosts-2", ["ami"]),
            step("replace", attachment, "sles-ecs-hosts-2-docker-attachment", ["instanceId"]),
        ]);
        const left = half.steps.slice(0, 2).map(({ urn }) => urn);
        const given = {
            aws: dev([{ ...older, state: "terminated" }, older], []),
            stacks: { dev: { ...standing, preview: half } },
        };

        it("makes what is missing, without asking, before anything is judged or replaced", async () => {
            const { context } = await update([], { ...given, answers: [true] });
            expect(changing(context.calls).slice(0, 4)).to.deep.equal([
                `engine up targets=${left.join(",")} whole`,
                "host i-3 is ready",
                "aws drain i-2",
                `engine up targets=${urnOf(2)} whole`,
            ]);
            expect(context.io.err()).to.contain("0 of 1 host ready\n");
        });

        it("plans that, and does not say that all is well", async () => {
            const { context } = await update(["--plan"], given);
            expect(context.io.out()).to.contain(
                "  first what an earlier run has left to be made: sles-ecs-hosts-1, sles-ecs-hosts-1-docker-attachment\n",
            );
            const volume = changes(half.steps.slice(1, 2));
            const last = await update(["--plan"], {
                aws: { ...dev(), images: [inEc2(chosenImage)] },
                stacks: { dev: { ...standing, preview: volume } },
            });
            expect(last.context.io.out())
                .to.contain("left to be made: sles-ecs-hosts-1-docker-attachment")
                .and.not.contain("and so are all its hosts");
        });

        it("has its own command as the next step when that does not succeed", async () => {
            const { context } = await update(["--yes"], { ...given, bootSeconds: Infinity });
            expect(context.io.err()).to.contain("NOT_READY");
            expect(context.io.err()).to.contain("Next: sles-ecs images update dev --yes\n");
        });
    });

    it("by Ctrl-C stops behind a host and not in the middle of it", async () => {
        const controller = new AbortController();
        const { context, exitCode } = await update(["--yes"], {
            signal: controller.signal,
            stacks: { dev: { ...standing, onRun: (operation) => operation === "up" && controller.abort() } },
        });
        expect(exitCode).to.equal(130);
        expect(changing(context.calls)).to.deep.equal([
            "aws drain i-1",
            `engine up targets=${urnOf(1)} whole`,
        ]);
        expect(context.calls.at(-1)).to.equal(`engine up targets=${urnOf(1)} whole`);
        expect(context.io.err())
            .to.contain("error: images update of dev was interrupted")
            .and.contain("and 1 of 2 hosts have been replaced");
    });
});
