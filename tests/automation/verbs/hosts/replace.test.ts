import { expect } from "chai";

import { pauseText } from "../../../../components/model/pause";
import { tagKeys } from "../../../../components/model/tags";
import { AppError } from "../../../../automation/errors/appError";
import { hostVerbs } from "../../../../automation/verbs/hosts/forPrograms";
import { cluster, instance } from "../../../helpers/awsObjects";
import { chosenImage, goodAccount, inEc2 } from "../../../helpers/account";
import { createFakeAws } from "../../../helpers/fakeAws";
import { fakeContext, step } from "../../../helpers/fakes";
import { tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { changing, dev, instanceType, older, settings, urnOf, web } from "../images/update/updateCase";
import { fixedPair, replace, withJob } from "./replaceCase";

const policy = step("update", "aws:iam/rolePolicy:RolePolicy", "sles-ecs-policy", ["policy"]);

describe("hosts replace", () => {
    afterEach(removeFolders);

    it("drains the host that was named, has the engine replace it alone, and waits for its successor", async () => {
        const { transcript, context, exitCode } = await replace(["1"], { answers: [true] });
        expect(exitCode).to.equal(0);
        expectGolden("cli/hosts-replace.txt", transcript);
        expect(changing(context.calls)).to.deep.equal([
            "aws drain i-1",
            `engine up targets=${urnOf(1)} replaced=sles-ecs-hosts-1 whole`,
            "host i-3 is ready",
        ]);
        expect(context.io.questions).to.deep.equal(["Replace this host?"]);
    });

    it("takes several in turn, and answers with those that went and those that came", async () => {
        const { context, exitCode } = await replace(["2", "i-1", "--yes", "-o", "json"]);
        expect(exitCode).to.equal(0);
        expect(changing(context.calls).filter((call) => !call.startsWith("host"))).to.deep.equal([
            "aws drain i-1",
            `engine up targets=${urnOf(1)} replaced=sles-ecs-hosts-1 whole`,
            "aws drain i-2",
            `engine up targets=${urnOf(2)} replaced=sles-ecs-hosts-2 whole`,
        ]);
        const answer = JSON.parse(context.io.out()) as { replaced: { instanceId: string }[] };
        expect(answer).to.deep.include({ environment: "dev", successors: ["i-3", "i-4"] });
        expect(answer.replaced.map(({ instanceId }) => instanceId)).to.deep.equal(["i-1", "i-2"]);
    });

    it("neither changes nor awaits another host, whatever it lacks", async () => {
        const aws = dev([older, { ...older, state: "stopped" }], []);
        const other = step("replace", instanceType, "sles-ecs-hosts-2", ["userData"]);
        const { context, exitCode } = await replace(["1", "--yes"], { aws, stacks: fixedPair(other) });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.include(
            `engine up targets=${urnOf(1)} replaced=sles-ecs-hosts-1 whole`,
        );
        expect(changing(context.calls).join()).to.not.contain("hosts-2");
    });

    it("says which docker volume passes on", async () => {
        const file = settings(
            "    sles-ecs:hosts: { count: 2 }\n    sles-ecs:dockerStorage: { mode: volume, sizeGiB: 20, hosts: [1] }\n",
        );
        const directory = makeProject({ "Pulumi.dev.yaml": file });
        const { context } = await replace(["1", "2"], { directory, answers: [false] });
        expect(context.io.err()).to.match(/i-1 in \S+, host 1, its docker volume passes to its successor,/);
        expect(context.io.err()).to.match(/i-2 in \S+, host 2, ready/);
    });

    it("changes nothing after a no, and names the command that answers where nobody can be asked", async () => {
        const declined = await replace(["1"], { answers: [false] });
        expect([declined.exitCode, changing(declined.context.calls)]).to.deep.equal([6, []]);
        const alone = await replace(["1"], { answers: undefined });
        expect([alone.exitCode, changing(alone.context.calls)]).to.deep.equal([2, []]);
        expect(alone.transcript).to.contain("Next: sles-ecs hosts replace dev 1 --yes\n");
    });

    for (const [what, hosts, state, exitCode, said] of [
        ["a number that it has not", ["7"], {}, 3, "dev has no host 7"],
        ["a host that is gone", ["1"], { state: "terminated" }, 3, "HOST_GONE"],
        ["all that is wrong at once", ["7", "i-0777"], {}, 3, "2 of the hosts that were named"],
    ] as const) {
        it(`refuses ${what}`, async () => {
            const aws = dev([{ ...older, ...state }, older], []);
            const played = await replace([...hosts, "--yes"], { aws });
            expect([played.exitCode, changing(played.context.calls)]).to.deep.equal([exitCode, []]);
            expect(played.transcript).to.contain(said);
            if (said === "HOST_GONE") {
                expect(played.transcript).to.contain("Next: sles-ecs up dev\n");
            }
        });
    }

    it("refuses a host of another environment", async () => {
        const account = dev();
        const strange = instance(9, { instanceId: "i-0999", tags: tagsOf("alice") });
        const aws = { ...account, instances: [...account.instances, strange] };
        const { exitCode, transcript, context } = await replace(["i-0999", "--yes"], { aws });
        expect([exitCode, changing(context.calls)]).to.deep.equal([3, []]);
        expect(transcript).to.contain("is a host of alice").and.contain("HOST_OF_OTHERS");
    });

    it("refuses where settings and AWS differ by more than hosts, and while the environment is paused", async () => {
        const differing = await replace(["1", "--yes"], { stacks: fixedPair(policy) });
        expect([differing.exitCode, changing(differing.context.calls)]).to.deep.equal([2, []]);
        expect(differing.transcript)
            .to.contain("OTHER_CHANGES")
            .and.contain("sles-ecs-policy")
            .and.contain("Next: sles-ecs up dev --roll\n");
        const tags = { ...tagsOf("dev"), [tagKeys.paused]: pauseText({ since: new Date(0) }) };
        const paused = await replace(["1", "--yes"], {
            aws: { ...dev(), clusters: [cluster({ name: "dev", tags })] },
        });
        expect([paused.exitCode, changing(paused.context.calls)]).to.deep.equal([5, []]);
        expect(paused.transcript).to.contain("PAUSED");
    });

    it("stops no task of no service unasked, and goes on with --allow-interruption", async () => {
        const refused = await replace(["1", "--yes"], { aws: withJob() });
        expect([refused.exitCode, changing(refused.context.calls)]).to.deep.equal([2, []]);
        expect(refused.transcript)
            .to.contain("NO_ROOM_FOR_TASKS")
            .and.contain("sles-ecs hosts replace dev 1 --allow-interruption");
        const allowed = await replace(["1", "--yes", "--allow-interruption"], { aws: withJob() });
        expect(allowed.exitCode).to.equal(0);
    });

    it("lets the host take tasks again whose tasks do not move: exit code 5, and the same hosts are next", async () => {
        const { context, exitCode, transcript } = await replace(["1", "2", "--yes", "--deadline", "1m"], {
            tasksStay: true,
        });
        expect(exitCode).to.equal(5);
        expect(changing(context.calls)).to.deep.equal(["aws drain i-1", "aws activate i-1"]);
        expect(transcript)
            .to.contain("TASKS_NOT_MOVED")
            .and.contain("0 of 2 hosts have been replaced")
            .and.contain("after that: sles-ecs hosts replace dev i-1 i-2 --yes\n");
    });

    it("goes on with the hosts that are left where a successor is not ready, and with none twice", async () => {
        const stopped = await replace(["1", "2", "--yes"], { bootSeconds: Infinity });
        expect(stopped.exitCode).to.equal(5);
        expect(stopped.transcript)
            .to.contain("NOT_READY")
            .and.contain("1 of 2 hosts have been replaced")
            .and.contain("sles-ecs hosts replace dev i-2 --yes\n");
        const last = await replace(["1", "--yes"], { bootSeconds: Infinity });
        expect(last.transcript).to.contain("sles-ecs wait dev\n").and.not.contain("hosts replace dev i-");
    });

    it("leaves a host that the engine has not taken away to the same command", async () => {
        const error = new AppError("UPDATE_FAILED", { message: "no capacity" });
        const stacks = { dev: { ...fixedPair().dev, errors: { up: error } } };
        const { transcript, context } = await replace(["1", "--yes"], { stacks });
        expect(changing(context.calls).at(-1)).to.equal("aws activate i-1");
        expect(transcript).to.contain("Next: sles-ecs hosts replace dev i-1 --yes\n");
    });

    it("has `up` make what the engine took away and did not bring: what is left follows after it", async () => {
        const account = createFakeAws({
            ...goodAccount("us-east-1", [inEc2(chosenImage)]),
            ...dev([older, older], [web]),
        });
        const errors = {
            get up(): Error {
                const { state } = account;
                state.instances = state.instances.map((one) =>
                    one.instanceId === "i-1" ? { ...one, state: "terminated" } : one,
                );
                return new AppError("UPDATE_FAILED", { message: "no capacity" });
            },
        };
        const stacks = { dev: { ...fixedPair().dev, errors } };
        const both = await replace(["1", "2", "--yes"], { aws: account, stacks });
        expect(both.transcript).to.contain(
            "Next: sles-ecs up dev, then: sles-ecs hosts replace dev i-2 --yes\n",
        );
    });

    it("takes no other host that comes back meanwhile for the successor", async () => {
        const aws = dev([older, older], [web]);
        const agents = aws.containerInstances["dev"] ?? [];
        const isBack = ({ instanceId }: (typeof agents)[number]): boolean => instanceId === "i-2";
        const { exitCode } = await replace(["1", "--yes", "--allow-interruption"], {
            aws: { ...aws, containerInstances: { dev: agents.filter((one) => !isBack(one)) } },
            bootSeconds: Infinity,
            onSleep: (_, { containerInstances: now }) => {
                const there = now["dev"] ?? [];
                now["dev"] = there.some(isBack) ? there : [...there, ...agents.filter(isBack)];
            },
        });
        expect(exitCode).to.equal(5);
    });

    it("leaves no host DRAINING after Ctrl-C while its tasks move: exit code 130", async () => {
        const controller = new AbortController();
        const { exitCode, context, transcript } = await replace(["1", "--yes"], {
            tasksStay: true,
            signal: controller.signal,
            onSleep: () => controller.abort(),
        });
        expect(exitCode).to.equal(130);
        expect(changing(context.calls)).to.deep.equal(["aws drain i-1", "aws activate i-1"]);
        expect(transcript).to.contain("sles-ecs hosts replace dev i-1 --yes\n");
    });

    it("is a function for programs", async () => {
        const options = {
            directory: makeProject({ "Pulumi.dev.yaml": settings() }),
            stacks: fixedPair(),
            aws: dev(),
        };
        const hosts = hostVerbs(fakeContext(options), 0);
        expect(await hosts.replace("dev", ["2"])).to.deep.include({ successors: ["i-3"] });
    });
});
