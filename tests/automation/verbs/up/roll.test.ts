import { expect } from "chai";
import { AppError } from "../../../../automation/errors/appError";
import type { ChangeSummary } from "../../../../automation/ports/engine";
import { pauseText } from "../../../../components/model/pause";
import { tagKeys } from "../../../../components/model/tags";
import { cluster, service, task } from "../../../helpers/awsObjects";
import { changes, step } from "../../../helpers/fakes";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { standing } from "../standing";
import {
    changing,
    dev,
    instanceType,
    older,
    on,
    settings,
    standingWith,
    urnOf,
} from "../images/update/updateCase";

const attachmentType = "aws:ec2/volumeAttachment:VolumeAttachment";
const { resources = [] } = standingWith();
const standingFor = (preview: ChangeSummary) => ({
    dev: { resources: [...resources, ...(standing.resources ?? [])], preview },
});
const replacing = (number: number) =>
    step("replace", instanceType, `sles-ecs-hosts-${number}`, ["instanceType", "userData"]);
const policy = step("update", "aws:iam/rolePolicy:RolePolicy", "sles-ecs-policy", ["policy"]);
/** Both hosts would be replaced, with what else is given. */
const previewing = (...more: readonly ReturnType<typeof step>[]) =>
    standingFor(changes([replacing(1), replacing(2), ...more]));

type Given = Partial<Parameters<typeof play>[1]>;

/** Plays `up dev` on two hosts that the engine would replace for another instance type. */
function up(argv: readonly string[], given: Given = {}) {
    return play(["up", "dev", ...argv], {
        directory: makeProject({ "Pulumi.dev.yaml": settings() }),
        stacks: previewing(),
        aws: dev(),
        ...given,
    });
}

describe("up --roll of fixed hosts", () => {
    afterEach(removeFolders);

    it("makes everything else first, and then the hosts, one after the other", async () => {
        const { transcript, context } = await up(["--roll", "--yes"], { stacks: previewing(policy) });
        expectGolden("cli/up-roll.txt", transcript);
        expect(changing(context.calls)).to.deep.equal([
            `engine up excluded=${urnOf(1)},${urnOf(2)}`,
            "aws drain i-1",
            `engine up targets=${urnOf(1)} whole`,
            "host i-3 is ready",
            "aws drain i-2",
            `engine up targets=${urnOf(2)} whole`,
            "host i-4 is ready",
            "engine up",
        ]);
    });

    it("leaves volumes at their hosts until these are replaced", async () => {
        const attachment = step("replace", attachmentType, "sles-ecs-hosts-1-docker-attachment", [
            "instanceId",
        ]);
        const { context } = await up(["--roll", "--yes"], { stacks: previewing(attachment) });
        expect(changing(context.calls)[0]).to.equal(
            `engine up excluded=${urnOf(1)},${urnOf(2)},${attachment.urn}`,
        );
    });

    it("shows every host with its reason and its tasks before it asks, and changes nothing after a no", async () => {
        const deleted = step("delete", instanceType, "sles-ecs-hosts-3");
        const { transcript, context, exitCode } = await up(["--roll"], {
            stacks: previewing(deleted),
            answers: [false],
        });
        expectGolden("cli/up-roll-declined.txt", transcript);
        expect([exitCode, changing(context.calls)]).to.deep.equal([6, []]);
    });

    it("needs consent where nobody can be asked, and names the command that gives it", async () => {
        const { context, exitCode } = await up(["--roll"]);
        expect([exitCode, changing(context.calls)]).to.deep.equal([2, []]);
        expect(context.io.err()).to.contain("Next: sles-ecs up dev --roll --yes\n");
    });

    it("is an ordinary up where no host is replaced", async () => {
        const { context, exitCode } = await up(["--roll", "--yes"], {
            stacks: standingFor(changes([policy])),
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal(["engine up"]);
        expect(context.io.out()).to.contain("hosts: 2 of 2 ready");
    });

    it("stops at a host whose tasks do not move, lets it take tasks again, and leaves the rest alone", async () => {
        const { context, exitCode } = await up(["--roll", "--yes"], { tasksStay: true });
        expect(exitCode).to.equal(5);
        expect(changing(context.calls)).to.deep.equal([
            `engine up excluded=${urnOf(1)},${urnOf(2)}`,
            "aws drain i-1",
            "aws activate i-1",
        ]);
        expect(context.io.err())
            .to.contain("TASKS_NOT_MOVED")
            .and.contain("  0 of 2 hosts have been replaced\n")
            .and.contain("stop with their host: sles-ecs up dev --roll --allow-interruption --yes\n")
            .and.contain("after that: sles-ecs up dev --roll --yes\n");
    });

    it("stops at a host whose successor does not get ready", async () => {
        const { context, exitCode } = await up(["--roll", "--yes"], { bootSeconds: Infinity });
        expect(exitCode).to.equal(5);
        expect(changing(context.calls)).to.not.include("aws drain i-2");
        expect(context.io.err()).to.contain("NOT_READY").and.contain("1 of 2 hosts have been replaced");
    });

    it("goes on with the hosts that are left", async () => {
        const { context, exitCode } = await up(["--roll", "--yes"], {
            stacks: standingFor(changes([replacing(2)])),
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal([
            `engine up excluded=${urnOf(2)}`,
            "aws drain i-2",
            `engine up targets=${urnOf(2)} whole`,
            "host i-3 is ready",
            "engine up",
        ]);
    });

    it("has the engine make a host that is gone first, and counts on it from then on", async () => {
        const { context, exitCode } = await up(["--roll", "--yes"], {
            aws: dev([{ ...older, state: "terminated" }, older], [task("t-1", "service:web", on("i-2"))]),
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls).slice(0, 3)).to.deep.equal([
            `engine up excluded=${urnOf(2)} refresh`,
            "host i-3 is ready",
            "aws drain i-2",
        ]);
    });

    it("refuses where tasks have no room elsewhere, before anything is changed", async () => {
        const { context, exitCode } = await up(["--roll", "--yes"], {
            aws: dev([older, older], [task("t-1", "service:web", on("i-1"))], { "i-2": 100 }),
        });
        expect([exitCode, changing(context.calls)]).to.deep.equal([2, []]);
        expect(context.io.err())
            .to.contain("NO_ROOM_FOR_TASKS")
            .and.contain("stop: sles-ecs up dev --roll --allow-interruption --yes\n");
    });

    it("refuses what takes all hosts at once: what they use would go before they do", async () => {
        const held = step("replace", "aws:ec2/securityGroup:SecurityGroup", "sles-ecs-group", ["vpcId"]);
        const { context, exitCode } = await up(["--roll", "--yes"], { stacks: previewing(held) });
        expect([exitCode, changing(context.calls)]).to.deep.equal([2, []]);
        expect(context.io.err())
            .to.contain("ROLL_NOT_POSSIBLE")
            .and.contain("replace security group sles-ecs-group (vpcId)")
            .and.contain("Next: sles-ecs up dev\n");
    });

    it("rolls hosts while hours and leases lose what no host uses", async () => {
        const { exitCode } = await up(["--roll", "--yes"], {
            stacks: previewing(
                step("delete", "aws:iam/role:Role", "sles-ecs-hours-role"),
                step("delete", "aws:scheduler/schedule:Schedule", "sles-ecs-hours-stop"),
                step("delete", "aws:ebs/volume:Volume", "sles-ecs-hosts-3-docker"),
            ),
        });
        expect(exitCode).to.equal(0);
    });

    it("refuses where the docker volume of a host would go before that host", async () => {
        const { context, exitCode } = await up(["--roll", "--yes"], {
            stacks: previewing(step("delete", "aws:ebs/volume:Volume", "sles-ecs-hosts-1-docker")),
        });
        expect([exitCode, changing(context.calls)]).to.deep.equal([2, []]);
        expect(context.io.err()).to.contain("ROLL_NOT_POSSIBLE");
    });

    it("plans no task to a host that the same change deletes", async () => {
        const { context, exitCode } = await up(["--roll", "--yes"], {
            stacks: standingFor(changes([replacing(1), step("delete", instanceType, "sles-ecs-hosts-2")])),
        });
        expect([exitCode, changing(context.calls)]).to.deep.equal([2, []]);
        expect(context.io.err()).to.contain("NO_ROOM_FOR_TASKS");
    });

    it("refuses to replace a host that works for another cluster, and names the command that brings it back", async () => {
        const account = dev();
        const agents = account.containerInstances["dev"] ?? [];
        const lent = agents.slice(1).map((one) => ({ ...one, clusterName: "team" }));
        const { context, exitCode } = await up(["--roll", "--yes"], {
            aws: {
                ...account,
                clusters: [...account.clusters, cluster({ name: "team", arn: "arn:team", tags: {} })],
                containerInstances: { dev: agents.slice(0, 1), team: lent },
            },
        });
        expect([exitCode, changing(context.calls)]).to.deep.equal([1, []]);
        expect(context.io.err())
            .to.contain("HOST_LENT")
            .and.match(/host .*i-2.* is in cluster team, expected dev/)
            .and.contain("sles-ecs hosts move dev i-2 --to-cluster dev\n");
    });

    it("asks no other cluster where every host that runs is in its own", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed" });
        const { exitCode } = await up(["--roll", "--yes"], {
            aws: { ...dev(), errors: { "ecs.clusterNames": denied } },
        });
        expect(exitCode).to.equal(0);
    });

    it("refuses a paused environment, whose hosts stand still on purpose", async () => {
        const account = dev();
        const paused = { [tagKeys.paused]: pauseText({ since: new Date("2026-11-29T17:00:00Z") }) };
        const clusters = account.clusters.map((one) => ({ ...one, tags: { ...one.tags, ...paused } }));
        const { context, exitCode } = await up(["--roll", "--yes"], { aws: { ...account, clusters } });
        expect(exitCode).to.equal(5);
        expect(context.io.err()).to.contain("PAUSED").and.contain("Next: sles-ecs resume dev\n");
        expect(changing(context.calls)).to.deep.equal([]);
    });

    it("begins with nothing while somebody else works on the stack", async () => {
        const locked = new AppError("LOCKED", { message: "somebody works on it" });
        const { context, exitCode } = await up(["--roll", "--yes"], {
            stacks: { dev: { ...previewing().dev, errors: { requireWorkable: locked } } },
        });
        expect([exitCode, changing(context.calls)]).to.deep.equal([4, []]);
    });

    it("refuses options that only say how hosts are replaced in turn, where they are not", async () => {
        for (const [argv, words] of [
            [["--batch", "2"], "--batch only say how --roll replaces hosts"],
            [["--allow-interruption"], "--allow-interruption only say how --roll replaces hosts"],
            [["--roll", "--no-wait"], "--roll waits until each new host is ready"],
            [["--roll", "--batch", "0"], "--batch is not a number of hosts: got 0"],
        ] as const) {
            const { context, exitCode } = await up(argv);
            expect(exitCode, argv.join(" ")).to.equal(2);
            expect(context.io.err()).to.contain(words);
            expect(context.calls).to.deep.equal([]);
        }
    });

    it("answers scripts with the hosts that were replaced", async () => {
        const { context } = await up(["--roll", "--yes", "-o", "json"]);
        const { replaced } = JSON.parse(context.io.out()) as {
            readonly replaced: readonly { readonly instanceId: string }[];
        };
        expect(replaced.map(({ instanceId }) => instanceId)).to.deep.equal(["i-1", "i-2"]);
    });

    it("moves no daemon, which comes on every new host", async () => {
        const account = dev([older, older], [task("t-2", "service:logs", on("i-1"))]);
        const logs = service("logs", { schedulingStrategy: "DAEMON" });
        const { exitCode } = await up(["--roll", "--yes"], {
            aws: { ...account, services: { dev: [logs] } },
        });
        expect(exitCode).to.equal(0);
    });
});
