import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { hostVerbs } from "../../../../automation/verbs/hosts/forPrograms";
import { fakeContext } from "../../../helpers/fakes";
import { tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { lendToBatch, onAlice } from "../../pause/pauseCase";
import { aliceAndWorkers, attachedWorkers, joinedBefore, loan } from "../groups/workersCase";

const attach = ["hosts", "attach", "alice", "--group", "workers"];
const userDataOf = (text: string) => ({
    "lt-9": { userData: Buffer.from(text), imageId: "ami-00000000000000001" },
});

describe("hosts attach", () => {
    afterEach(removeFolders);

    it("marks the group, gives it a capacity provider, and ends when its instances are in the cluster", async () => {
        const account = aliceAndWorkers();
        const { transcript, exitCode } = await play(attach, onAlice(account));
        expect(exitCode).to.equal(0);
        expectGolden("cli/hosts-attach.txt", transcript);
        expect(account.changes).to.deep.equal([
            `tagGroup workers ${JSON.stringify(loan)}`,
            "makeGroupProvider workers",
            "attachCapacityProvider alice workers",
        ]);
        expect(account.state.namedGroups[0]?.tags).to.deep.equal({ team: "batch", ...loan });
        expect(account.state.groupProviders[0]?.tags).to.deep.equal(loan);
    });

    it("lets ECS scale the group where that is asked for", async () => {
        const account = aliceAndWorkers();
        const argv = [...attach, "--managed-scaling", "--yes", "-o", "json"];
        const { context } = await play(argv, onAlice(account));
        expect(account.changes).to.include("makeGroupProvider workers managed");
        expect(JSON.parse(context.io.out())).to.deep.include({
            ...{ group: "workers", capacityProvider: "workers", clusterName: "alice" },
            instanceIds: ["i-8", "i-9"],
        });
    });

    it("makes nothing twice where it is attached already", async () => {
        const account = attachedWorkers();
        const { exitCode } = await play([...attach, "--yes"], onAlice(account));
        expect(exitCode).to.equal(0);
        expect(account.state.groupProviders).to.have.length(1);
        expect(account.changes.join()).to.not.contain("makeGroupProvider");
    });

    it("refuses managed scaling for a group that is attached without", async () => {
        const account = attachedWorkers();
        const played = await play([...attach, "--managed-scaling", "--yes"], onAlice(account));
        expect([played.exitCode, account.changes]).to.deep.equal([2, []]);
        expect(played.transcript)
            .to.contain("by a capacity provider (workers) without managed scaling")
            .and.contain("Next: sles-ecs groups remove alice workers, then attach it anew\n");
    });

    it("warns where user data tells no cluster, since a host works that out itself, and goes on", async () => {
        const script = "#!/bin/sh\necho ECS_CLUSTER=$NAME >> /etc/ecs/ecs.config\n";
        const fits = aliceAndWorkers().state.launchTemplates["lt-9"];
        const account = aliceAndWorkers(
            {},
            { launchTemplates: { "lt-9": { ...fits, userData: Buffer.from(script) } } },
        );
        const { exitCode, context } = await play([...attach, "--yes"], onAlice(account));
        expect(exitCode, context.io.err()).to.equal(0);
        expect(context.io.err()).to.contain(
            "warning: the user data of its launch template lt-9 has hosts join a cluster that is not known from the user data (ECS_CLUSTER=$NAME): expected alice; where it is another one, they never join",
        );
    });

    it("warns of a script that may write the cluster's name after the agent has started, and of no other user data", async () => {
        const warned = "is a script, which cloud-init may run after the agent has started";
        for (const [userData, isLate] of [
            ["#!/bin/bash\necho ECS_CLUSTER=alice >> /etc/ecs/ecs.config\n", true],
            [
                "#!/bin/bash\necho ECS_CLUSTER=alice >> /etc/ecs/ecs.config\nsystemctl restart amazon-ecs\n",
                false,
            ],
            ["#cloud-config\nbootcmd:\n  - echo ECS_CLUSTER=alice >> /etc/ecs/ecs.config\n", false],
        ] as const) {
            const fits = aliceAndWorkers().state.launchTemplates["lt-9"];
            const account = aliceAndWorkers(
                {},
                { launchTemplates: { "lt-9": { ...fits, userData: Buffer.from(userData) } } },
            );
            const { exitCode, context } = await play([...attach, "--yes"], onAlice(account));
            expect(exitCode, context.io.err()).to.equal(0);
            expect(context.io.err().includes(warned), userData).to.equal(isLate);
        }
    });

    it("takes another name where a capacity provider of another group has the first one", async () => {
        const account = aliceAndWorkers();
        const other = { arn: "arn:cp/workers", group: "wor.kers", isManaged: false, tags: {} };
        account.state.groupProviders.push({ ...other, name: "workers" });
        const { exitCode } = await play([...attach, "--yes"], onAlice(account));
        expect([exitCode, account.changes[1]]).to.deep.equal([0, "makeGroupProvider workers-2"]);
    });

    it("marks no group for which ECS makes no capacity provider", async () => {
        const account = aliceAndWorkers();
        account.state.errors["ecs.makeGroupProvider"] = new AppError("AWS_FAILED", { message: "limit" });
        expect((await play([...attach, "--yes"], onAlice(account))).exitCode).to.equal(1);
        expect(account.state.namedGroups[0]?.tags).to.deep.equal({ team: "batch" });
    });

    it("asks AWS nothing where no group is named", async () => {
        const account = aliceAndWorkers();
        const { exitCode, transcript } = await play(["hosts", "attach", "alice"], onAlice(account));
        expect(exitCode).to.equal(2);
        expect(transcript).to.contain("expected --group with the name of an Auto Scaling group");
        expect(account.reads).to.deep.equal([]);
    });

    it("changes nothing after a no", async () => {
        const account = aliceAndWorkers();
        const { exitCode } = await play(attach, onAlice(account, { answers: [false] }));
        expect([exitCode, account.changes]).to.deep.equal([6, []]);
    });

    for (const [what, account, exitCode, said] of [
        [
            "a group that is not there",
            () => aliceAndWorkers({ name: "others" }),
            3,
            "no Auto Scaling group workers in us-east-1",
        ],
        ["one that is being deleted", () => aliceAndWorkers({ leaving: true }), 3, "is being deleted"],
        ["one of an environment", () => aliceAndWorkers({ tags: tagsOf("bob") }), 2, "is the own one of bob"],
        [
            "one that is attached elsewhere",
            () => aliceAndWorkers({ tags: { "sles-ecs:attached-to": "bob-id" } }),
            2,
            "attached to another environment already, that of the stack id bob-id",
        ],
        [
            "one with suspended processes",
            () => aliceAndWorkers({ suspendedProcesses: ["Launch"] }),
            2,
            "would not bring hosts: Launch is suspended",
        ],
        [
            "one of a launch configuration",
            () => aliceAndWorkers({ startsFrom: undefined }),
            2,
            "expected a launch template",
        ],
        [
            "one that another capacity provider has",
            () =>
                aliceAndWorkers(
                    {},
                    {
                        groupProviders: [
                            { name: "cp", arn: "arn:cp", group: "workers", isManaged: true, tags: {} },
                        ],
                    },
                ),
            2,
            "has a capacity provider already, cp",
        ],
        [
            "one whose user data names no cluster, and whose image is none of SUSE's, with both reasons",
            () => aliceAndWorkers({}, { launchTemplates: userDataOf("#!/bin/sh\n") }),
            2,
            "has hosts join cluster default: expected ECS_CLUSTER=alice",
        ],
        [
            "one whose image is a parameter that EC2 does not resolve for this caller",
            () => {
                const fits = aliceAndWorkers().state.launchTemplates["lt-9"];
                const imageParameter = "resolve:ssm:/golden/sles";
                const template = { userData: fits?.userData ?? new Uint8Array(), imageParameter };
                return aliceAndWorkers({}, { launchTemplates: { "lt-9": template } });
            },
            2,
            "names resolve:ssm:/golden/sles: expected a SLES ECS image, which EC2 tells of a parameter to who may call ssm:GetParameters on it",
        ],
        [
            "one whose user data names another cluster",
            () =>
                aliceAndWorkers(
                    {},
                    {
                        launchTemplates: userDataOf(
                            '#!/bin/sh\necho "ECS_CLUSTER=bob" >> /etc/ecs/ecs.config\n',
                        ),
                    },
                ),
            2,
            "has hosts join cluster bob",
        ],
    ] as const) {
        it(`refuses ${what}`, async () => {
            const given = account();
            const played = await play([...attach, "--yes"], onAlice(given));
            expect(played.transcript).to.contain(said);
            expect([played.exitCode, given.changes]).to.deep.equal([exitCode, []]);
            if (what.endsWith("both reasons")) {
                expect(played.transcript).to.contain("expected a SLES ECS image");
            }
        });
    }

    it("refuses a cluster that the environment has only adopted", async () => {
        const account = aliceAndWorkers();
        const played = await play([...attach, "--yes"], onAlice(account, { isAdopted: true }));
        expect([played.exitCode, account.changes]).to.deep.equal([2, []]);
        expect(played.transcript).to.contain("cluster alice is not of alice, which has adopted it");
    });

    it("refuses an environment that its next up would know by another name", async () => {
        const account = aliceAndWorkers();
        const options = onAlice(account);
        const stacks = { alice: { ...options.stacks?.["alice"], hasNoId: true } };
        const played = await play([...attach, "--yes"], { ...options, stacks });
        expect([played.exitCode, account.changes]).to.deep.equal([2, []]);
        expect(played.transcript)
            .to.contain("alice has no stack id yet")
            .and.contain("Next: sles-ecs up alice\n");
    });

    it("says which instances have not joined in time, and leaves the group attached: exit code 5", async () => {
        const account = aliceAndWorkers();
        account.state.containerInstances["alice"]?.pop();
        const { exitCode, transcript } = await play(
            [...attach, "--yes", "--timeout", "1m"],
            onAlice(account),
        );
        expect(exitCode).to.equal(5);
        expect(transcript)
            .to.contain(
                "1 instance of group workers has not joined cluster alice after 1 min; the group stays attached",
            )
            .and.contain("i-9: its agent is not connected there")
            .and.contain("Next: sles-ecs groups list alice\n");
    });

    it("names the cluster that an instance joined in place of the environment's, and what its user data lacks", async () => {
        const account = aliceAndWorkers();
        lendToBatch(account, "i-9");
        const { exitCode, transcript } = await play(
            [...attach, "--yes", "--timeout", "1m"],
            onAlice(account),
        );
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain(
            "i-9: its agent registered in cluster batch, expected alice: the launch template's user data has to write ECS_CLUSTER before the agent starts, as write_files does",
        );
    });

    it("names instances that joined before the group had a capacity provider, and how they register anew: exit code 5", async () => {
        const account = joinedBefore(aliceAndWorkers());
        const { exitCode, transcript } = await play([...attach, "--yes"], onAlice(account));
        expect(exitCode).to.equal(5);
        expect(transcript)
            .to.contain(
                "2 instances of group workers registered in cluster alice before workers had the capacity",
            )
            .and.contain("i-8: in the cluster, by no capacity provider")
            .and.contain("after that: sles-ecs hosts attach alice --group workers\n")
            .and.contain("Next: aws autoscaling start-instance-refresh --auto-scaling-group-name workers\n");
    });

    it("says how many instances the group has not launched, and why: exit code 5", async () => {
        const account = aliceAndWorkers({ desired: 4 });
        account.state.failedLaunches["workers"] = "You have requested more vCPU capacity";
        const options = [...attach, "--yes", "--timeout", "1m"];
        const { exitCode, transcript } = await play(options, onAlice(account));
        expect(exitCode).to.equal(5);
        expect(transcript)
            .to.contain("group workers has launched 2 of 4 instances after 1 min; the group stays attached")
            .and.contain("You have requested more vCPU capacity");
    });

    it("does not take a group for joined that somebody deletes meanwhile", async () => {
        const account = aliceAndWorkers();
        const make = account.aws.ecs.makeGroupProvider.bind(account.aws.ecs);
        account.aws.ecs.makeGroupProvider = async (provider) => {
            await make(provider);
            account.state.namedGroups = [];
        };
        const { exitCode, transcript } = await play([...attach, "--yes"], onAlice(account));
        expect(exitCode).to.equal(3);
        expect(transcript)
            .to.contain("somebody has deleted the Auto Scaling group workers")
            .and.contain("Next: sles-ecs groups remove alice workers\n");
    });

    it("is a function for programs", async () => {
        const hosts = hostVerbs(fakeContext(onAlice(aliceAndWorkers())), 0);
        expect(await hosts.attach("alice", "workers")).to.deep.include({ instanceIds: ["i-8", "i-9"] });
    });
});
