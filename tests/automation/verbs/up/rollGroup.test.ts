import { expect } from "chai";
import { AppError } from "../../../../automation/errors/appError";
import type { FakeAwsState } from "../../../helpers/fakeAws";
import { task } from "../../../helpers/awsObjects";
import { changes, step } from "../../../helpers/fakes";
import { groupOf, launchedFrom, tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { changing, dev, older, on, settings } from "../images/update/updateCase";
import { standing } from "../standing";

const tags = tagsOf("dev");
const name = groupOf(tags);
/** The launch template gets a new version, from which the group starts hosts. */
const newVersion = changes([
    step("update", "aws:ec2/launchTemplate:LaunchTemplate", "sles-ecs-hosts-template", ["instanceType"]),
    step("update", "aws:autoscaling/group:Group", "sles-ecs-hosts-group", ["launchTemplate.version"]),
]);

interface Given extends Partial<Parameters<typeof play>[1]> {
    readonly max?: number;
    /** Of which version of the launch template each host is. @default - three hosts of version 1 */
    readonly versions?: readonly string[];
    /** From which the group starts hosts now. @default "1" */
    readonly version?: string;
    readonly suspendedProcesses?: readonly string[];
    readonly account?: Partial<FakeAwsState>;
    readonly preview?: typeof newVersion;
}

/** Plays `up dev --roll` on a group of hosts i-1 and so on. */
function roll(argv: readonly string[], given: Given = {}) {
    const { max = 4, versions = ["1", "1", "1"], version = "1", suspendedProcesses = [] } = given;
    const { account, preview = newVersion, ...more } = given;
    const hosts = versions.map((one) => ({ ...older, tags: launchedFrom(one) }));
    const group = {
        ...{ name, tags, min: 1, max, desired: versions.length, suspendedProcesses, leaving: false },
        ...{ instanceIds: versions.map((_, index) => `i-${index + 1}`), protectedInstanceIds: [] },
        launchTemplate: { id: "lt-1", version },
    };
    const file = settings(`    sles-ecs:hosts: { mode: autoScaling, min: 1, max: ${max} }\n`);
    return play(["up", "dev", "--roll", ...argv], {
        directory: makeProject({ "Pulumi.dev.yaml": file }),
        stacks: { dev: { resources: standing.resources ?? [], preview } },
        aws: { ...dev(hosts, [task("t-1", "service:web", on("i-1"))]), groups: [group], ...account },
        ...more,
    });
}

describe("up --roll of a group", () => {
    afterEach(removeFolders);

    it("changes the launch template first, then brings successors before each host goes", async () => {
        const { transcript, context } = await roll(["--yes"]);
        expectGolden("cli/up-roll-group.txt", transcript);
        expect(changing(context.calls)).to.deep.equal([
            "engine up",
            ...[1, 2, 3].flatMap((number) => [
                `aws resize ${name} desired=4`,
                `host i-${number + 3} is ready`,
                `aws drain i-${number}`,
                `aws detachInstances ${name} i-${number}`,
                `aws remove i-${number}`,
            ]),
            "engine up",
        ]);
    });

    it("replaces in batches, the last one with what is left, and never more than the group may have more", async () => {
        const drains = async (batch: string, max: number) => {
            const { context } = await roll(["--yes", "--batch", batch], { max });
            return changing(context.calls).filter((call) => call.startsWith("aws drain"));
        };
        expect(await drains("2", 5)).to.deep.equal(["aws drain i-1,i-2", "aws drain i-3"]);
        expect(await drains("3", 5)).to.deep.equal(["aws drain i-1,i-2", "aws drain i-3"]);
        expect(await drains("3", 6)).to.deep.equal(["aws drain i-1,i-2,i-3"]);
    });

    it("says so in its plan where the group may have no more hosts, and lets each go before its successor", async () => {
        const { context } = await roll(["--yes"], { max: 3 });
        expect(context.io.err()).to.contain(
            `  one after the other, each gone before its successor comes, as group ${name} may have no more than 3 hosts\n`,
        );
        expect(changing(context.calls).slice(0, 4)).to.deep.equal([
            "engine up",
            "aws drain i-1",
            "aws renew i-1",
            "host i-4 is ready",
        ]);
    });

    it("replaces hosts that an earlier up has left on an older version, and no others", async () => {
        const { context, exitCode } = await roll(["--yes"], {
            ...{ versions: ["3", "4", "3"], version: "4" },
            preview: changes([]),
        });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.contain(
            "  1. i-1 in us-east-1a, of version 3 of the launch template, which is at 4: ",
        );
        const drains = changing(context.calls).filter((call) => call.startsWith("aws drain"));
        expect(drains).to.deep.equal(["aws drain i-1", "aws drain i-3"]);
    });

    it("replaces nothing where all hosts are of the group's version", async () => {
        const { context, exitCode } = await roll([], {
            ...{ versions: ["4", "4"], version: "4" },
            preview: changes([]),
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal(["engine up"]);
    });

    for (const process of ["Launch", "Terminate", "ReplaceUnhealthy"]) {
        it(`refuses while ${process} is suspended, before anything is changed`, async () => {
            const { context, exitCode } = await roll(["--yes"], { suspendedProcesses: [process] });
            expect([exitCode, changing(context.calls)]).to.deep.equal([2, []]);
            expect(context.io.err())
                .to.contain(`would not replace a host: ${process} is suspended`)
                .and.contain(
                    `Next: aws autoscaling resume-processes --auto-scaling-group-name ${name} --scaling-processes ${process}\n`,
                );
        });
    }

    it("stops where the successors do not get ready, with every host as it was", async () => {
        const { context, exitCode } = await roll(["--yes"], { bootSeconds: Infinity });
        expect(exitCode).to.equal(5);
        expect(changing(context.calls)).to.deep.equal([
            "engine up",
            `aws resize ${name} desired=4`,
            `aws detachInstances ${name} i-4`,
            "aws remove i-4",
        ]);
        expect(context.io.err())
            .to.contain("NOT_READY")
            .and.contain("0 of 3 hosts have been replaced")
            .and.contain("Next: sles-ecs up dev --roll --yes\n");
    });

    it("counts on successors of another instance type with the memory of that type", async () => {
        // A host of t3.medium (4096 MiB) has 3900 MiB free beside its task of 512: empty, one of 128 MiB would have 444.
        const exitCodeWith = async (smallMiB: number) => {
            const account = {
                ...dev([{ tags: launchedFrom("1") }], [task("t-1", "service:web", on("i-1"))]),
            };
            const { exitCode } = await roll(["--yes"], {
                versions: ["1"],
                account: { ...account, memoryOfTypesMiB: { "t3.small": smallMiB } },
            });
            return exitCode;
        };
        expect(await exitCodeWith(2048)).to.equal(0);
        expect(await exitCodeWith(128)).to.equal(2);
    });

    it("says where the group stays larger after a failure", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed" });
        const { context, exitCode } = await roll(["--yes"], {
            bootSeconds: Infinity,
            account: { errors: { "autoScaling.detachInstances": denied } },
        });
        expect(exitCode).to.equal(5);
        expect(context.io.err())
            .to.contain("NOT_READY")
            .and.contain(`0 of 3 hosts have been replaced; group ${name} stays 1 host larger than before\n`);
    });

    it("lets all hosts of a batch take tasks again where one of them cannot be drained", async () => {
        const { context, exitCode } = await roll(["--yes", "--batch", "2"], { max: 5, tasksStay: true });
        expect(exitCode).to.equal(5);
        const calls = changing(context.calls);
        expect(calls.slice(calls.indexOf("aws drain i-1,i-2")).slice(0, 2)).to.deep.equal([
            "aws drain i-1,i-2",
            "aws activate i-1,i-2",
        ]);
        expect(context.io.err())
            .to.contain("not left host i-1 within 10 min")
            .and.contain("sles-ecs up dev --roll --batch 2 --allow-interruption --yes\n");
    });

    it("lets no host take tasks again that its group has let go, and one that it keeps does", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed" });
        const activated = async (call: string) => {
            const { context, exitCode } = await roll(["--yes"], { account: { errors: { [call]: denied } } });
            expect(exitCode).to.be.greaterThan(0);
            expect(changing(context.calls)).to.include("aws drain i-1");
            return changing(context.calls).filter((one) => one.startsWith("aws activate"));
        };
        expect(await activated("ec2.remove")).to.deep.equal([]);
        expect(await activated("autoScaling.detachInstances")).to.deep.equal(["aws activate i-1"]);
    });

    it("leaves a host alone that somebody has attached, and that no launch template has launched", async () => {
        const account = dev([{ ...older, tags: launchedFrom("1") }, older], []);
        const { context, exitCode } = await roll(["--yes"], { versions: ["1", "1"], account });
        expect(exitCode).to.equal(0);
        expect(context.io.err())
            .to.contain("This would replace a host:\n")
            .and.not.contain("i-2 in us-east-1a, for");
        expect(changing(context.calls).filter((call) => call.includes("i-2"))).to.deep.equal([]);
    });

    it("is named by a plain up, after which hosts that run are of an older version", async () => {
        const { context } = await play(["up", "dev", "--yes"], {
            directory: makeProject({
                "Pulumi.dev.yaml": settings("    sles-ecs:hosts: { mode: autoScaling, min: 1, max: 4 }\n"),
            }),
            stacks: { dev: { resources: standing.resources ?? [], preview: newVersion, up: newVersion } },
            aws: dev([older], []),
        });
        expect(context.io.out()).to.contain(
            "hosts of the group that run stay as they are; to replace them in turn, and tasks first: sles-ecs up dev --roll\n",
        );
    });

    it("waits for no host that the group has taken away meanwhile", async () => {
        let hasShrunk = false;
        const { context, exitCode } = await roll(["--yes"], {
            ...{ versions: ["1", "2", "2"], version: "2", max: 3 },
            preview: changes([]),
            onSleep: (_, state) => {
                if (!hasShrunk) {
                    hasShrunk = true;
                    state.instances = state.instances.map((one) =>
                        one.instanceId === "i-3" ? { ...one, state: "terminated" } : one,
                    );
                    state.groups.forEach((one) => Object.assign(one, { desired: 2 }));
                }
            },
        });
        expect([hasShrunk, exitCode]).to.deep.equal([true, 0]);
        expect(context.io.out()).to.contain("2 of 2 ready");
    });

    it("goes on with the hosts that are left, once those are ready that came before", async () => {
        const { context, exitCode } = await roll(["--yes"], {
            ...{ versions: ["1", "2", "2"], version: "2" },
            preview: changes([]),
        });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.contain("replacing host 3 of 3: i-1");
        expect(context.io.out()).to.contain("hosts: 1 replaced, 3 of 3 ready");
    });
});
