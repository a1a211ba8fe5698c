import { expect } from "chai";
import { command } from "../../../../../components/model/commandLine";
import { AppError } from "../../../../../automation/errors/appError";
import { changes, chosenImage, step } from "../../../../helpers/fakes";
import { removeFolders } from "../../../../helpers/project";
import {
    changing,
    full,
    hostStep,
    instanceType,
    newer,
    standing,
    standingWith,
    steps,
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
        let looks = 0;
        const { context } = await update(["--yes"], {
            hosts: {
                replacement: () => {
                    looks += 1;
                    if (looks > 2) {
                        throw new AppError("AWS_UNREACHABLE", { message: "AWS is away" });
                    }
                    return steps;
                },
            },
        });
        expect(context.io.err()).to.contain("and 1 of 2 hosts have been replaced");
    });

    it("leaves what has to be done before as the next step, and tells the command for after that", async () => {
        const login = new AppError("AWS_CREDENTIALS_EXPIRED", { message: "expired", hint: "aws sso login" });
        const { context } = await update(["--yes"], { hosts: { errors: { drainHost: login } } });
        expect(ending(context.io.err())).to.deep.equal([
            "  after that: sles-ecs images update dev --yes",
            "Next: aws sso login",
        ]);
    });

    it("at a moment when nothing was under way says so as well", async () => {
        const controller = new AbortController();
        let looks = 0;
        const { context, exitCode } = await update(["--yes"], {
            signal: controller.signal,
            hosts: {
                replacement: () => {
                    looks += 1;
                    if (looks > 1) {
                        controller.abort();
                    }
                    return steps;
                },
            },
        });
        expect(exitCode).to.equal(130);
        expect(context.io.err()).to.contain("Next: sles-ecs images update dev --yes");
    });

    it("goes on only when the hosts that it brought before are ready, and plans with their room", async () => {
        let looks = 0;
        const { context, exitCode } = await update(["--yes"], {
            hosts: {
                current: 1,
                replacement: () => {
                    looks += 1;
                    return looks === 1 ? [full] : [hostStep(1)];
                },
            },
            stacks: { dev: standingWith(1) },
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls).slice(0, 4)).to.deep.equal([
            "aws waitUntilReady",
            "aws waitUntilReady",
            "aws drainHost i-1",
            `engine up targets=${urnOf(1)} whole`,
        ]);
        expect(context.requests.waitUntilReady[0]).to.include({ hosts: 1, imageId: newer.id });
    });

    it("waits for no host that the state does not know, such as one of a killed engine", async () => {
        const { context } = await update(["--yes"], { hosts: { current: 1, replacement: steps } });
        expect(changing(context.calls)[0]).to.equal("aws drainHost i-1");
        expect(context.requests.waitUntilReady[0]).to.include({ hosts: 1 });
    });

    it("still refuses what has no room when they are ready", async () => {
        const { exitCode, context } = await update(["--yes"], {
            hosts: { current: 1, replacement: [full] },
            stacks: { dev: standingWith(1) },
        });
        expect(exitCode).to.equal(2);
        expect(changing(context.calls)).to.deep.equal(["aws waitUntilReady"]);
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
            hosts: { replacement: [hostStep(2)] },
            stacks: { dev: { ...standing, preview: half } },
        };

        it("makes what is missing, without asking, before anything is judged or replaced", async () => {
            const { context } = await update([], { ...given, answers: [true] });
            expect(changing(context.calls).slice(0, 4)).to.deep.equal([
                `engine up targets=${left.join(",")} whole`,
                "aws waitUntilReady",
                "aws drainHost i-2",
                `engine up targets=${urnOf(2)} whole`,
            ]);
            expect(context.requests.waitUntilReady[0]).to.include({ hosts: 1, imageId: newer.id });
        });

        it("plans that, and does not say that all is well", async () => {
            const { context } = await update(["--plan"], given);
            expect(context.io.out()).to.contain(
                "  first what an earlier run has left to be made: sles-ecs-hosts-1, sles-ecs-hosts-1-docker-attachment\n",
            );
            const volume = changes(half.steps.slice(1, 2));
            const last = await update(["--plan"], {
                hosts: { image: chosenImage, replacement: [] },
                stacks: { dev: { ...standing, preview: volume } },
            });
            expect(last.context.io.out())
                .to.contain("left to be made: sles-ecs-hosts-1-docker-attachment")
                .and.not.contain("and so are all its hosts");
        });

        it("has its own command as the next step when that does not succeed", async () => {
            const late = new AppError("NOT_READY", { message: "late", hint: command("wait", "dev") });
            const { context } = await update(["--yes"], {
                ...given,
                hosts: { ...given.hosts, errors: { waitUntilReady: late } },
            });
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
            "aws drainHost i-1",
            `engine up targets=${urnOf(1)} whole`,
        ]);
        expect(context.io.err())
            .to.contain("error: images update of dev was interrupted")
            .and.contain("and 1 of 2 hosts have been replaced");
    });
});
