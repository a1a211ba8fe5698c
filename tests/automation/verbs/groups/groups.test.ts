import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { groupVerbs } from "../../../../automation/verbs/groups/forPrograms";
import { service, task } from "../../../helpers/awsObjects";
import { fakeContext } from "../../../helpers/fakes";
import { tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { killAfter, onAlice } from "../../pause/pauseCase";
import { aliceAndWorkers, arnOf, attachedWorkers } from "./workersCase";

const remove = ["groups", "remove", "alice", "workers"];
const withoutArns = (changes: readonly string[]): readonly string[] =>
    changes.map((one) => one.replaceAll(/arn:[^ ,]*[/]of-/g, "").replace(/arn:\S+capacity-provider/, ""));

describe("groups", () => {
    afterEach(removeFolders);

    it("list says whose each group is, and how many of its hosts are in the cluster", async () => {
        const account = attachedWorkers();
        account.state.containerInstances["alice"]?.pop();
        const { transcript } = await play(["groups", "list", "alice"], onAlice(account));
        expectGolden("cli/groups-list.txt", transcript);
        const json = await play(["groups", "list", "alice", "-o", "json"], onAlice(account));
        const { groups } = JSON.parse(json.context.io.out()) as { groups: object[] };
        expect(groups).to.deep.equal([
            {
                ...{ name: "workers", capacityProvider: "workers", kind: "attached", managedScaling: false },
                ...{ min: 1, max: 4, desired: 2, instanceIds: ["i-8", "i-9"], inCluster: ["i-8"] },
            },
        ]);
        expect(account.changes).to.deep.equal([]);
    });

    it("list says so where there is none", async () => {
        const { transcript } = await play(["groups", "list", "alice"], onAlice(aliceAndWorkers()));
        expect(transcript).to.contain("no Auto Scaling group brings hosts into cluster alice\n");
    });

    it("remove shows which tasks go where, drains, and takes the group off the cluster, which lives on", async () => {
        const account = attachedWorkers();
        const { transcript, exitCode } = await play(remove, onAlice(account));
        expect(exitCode).to.equal(0);
        expectGolden("cli/groups-remove.txt", transcript);
        expect(withoutArns(account.changes)).to.deep.equal([
            "drain i-8,i-9",
            "detachCapacityProvider alice workers",
            "deregister i-8",
            "deregister i-9",
            "untagGroup workers sles-ecs:attached-to",
            "removeCapacityProvider /workers",
        ]);
        expect(account.state.namedGroups[0]).to.deep.include({ desired: 2, tags: {} });
    });

    it("remove leaves the capacity provider of others, and their tags", async () => {
        const account = attachedWorkers();
        account.state.groupProviders = account.state.groupProviders.map((one) => ({ ...one, tags: {} }));
        const { exitCode } = await play([...remove, "--yes"], onAlice(account));
        expect(exitCode).to.equal(0);
        expect(account.changes.join()).to.not.match(/removeCapacityProvider|untagGroup/);
    });

    it("remove refuses tasks that would stop, a group that is not there, and the environment's own", async () => {
        const job = task("j", "family:job", { taskDefinition: "job:1", containerInstanceArn: arnOf("i-8") });
        const account = attachedWorkers();
        account.state.tasks["alice"]?.push(job);
        const stopping = await play([...remove, "--yes"], onAlice(account));
        expect([stopping.exitCode, account.changes]).to.deep.equal([2, []]);
        expect(stopping.transcript).to.contain("sles-ecs groups remove alice workers --allow-interruption");
        const unknown = await play(["groups", "remove", "alice", "nobody", "--yes"], onAlice(account));
        expect([unknown.exitCode, account.changes]).to.deep.equal([3, []]);
        expect(unknown.transcript).to.contain("no group nobody is on cluster alice: expected one of workers");
        const own = onAlice(account);
        const alice = own.stacks?.["alice"] ?? {};
        const group = { type: "aws:autoscaling/group:Group", name: "sles-ecs-hosts-group", id: "workers" };
        const stacks = { alice: { ...alice, resources: [...(alice.resources ?? []), group] } };
        const refused = await play([...remove, "--yes"], { ...own, stacks });
        expect([refused.exitCode, account.changes]).to.deep.equal([2, []]);
        expect(refused.transcript).to.contain("group workers is alice's own");
    });

    it("remove refuses while a service names the capacity provider, with the command that changes it", async () => {
        const account = attachedWorkers();
        account.state.services["alice"] = [service("web", { capacityProviders: ["workers"] })];
        const played = await play([...remove, "--yes", "--allow-interruption"], onAlice(account));
        expect([played.exitCode, account.changes]).to.deep.equal([2, []]);
        expect(played.transcript).to.contain(
            "Next: aws ecs update-service --cluster alice --service web --capacity-provider-strategy '[]' --force-new-deployment, then: sles-ecs groups remove alice workers --allow-interruption --yes\n",
        );
    });

    it("remove lets hosts take tasks again where ECS does not let the capacity provider go: exit code 5", async () => {
        const account = attachedWorkers();
        account.state.errors["ecs.detachCapacityProvider"] = new AppError("AWS_FAILED", {
            message: "ecs:PutClusterCapacityProviders failed: ResourceInUseException, in use",
        });
        const { exitCode, transcript } = await play([...remove, "--yes"], onAlice(account));
        expect(exitCode).to.equal(5);
        expect(withoutArns(account.changes)).to.deep.equal(["drain i-8,i-9", "activate i-8,i-9"]);
        expect(transcript)
            .to.contain("capacity provider workers is still on cluster alice after 10 min")
            .and.contain("ResourceInUseException");
    });

    it("remove waits until ECS has taken the capacity provider off, and proves that it has deleted it", async () => {
        const account = attachedWorkers();
        const { state, aws } = account;
        // As ECS answers a delete while the cluster still has it.
        const deletes = aws.ecs.removeCapacityProvider.bind(aws.ecs);
        let asked = 0;
        aws.ecs.removeCapacityProvider = async (arn) => {
            asked += 1;
            await (asked === 1 ? Promise.resolve() : deletes(arn));
            state.groupProviders = state.groupProviders.map((one) => ({
                ...one,
                updateStatus: "DELETE_FAILED",
            }));
        };
        const cluster = aws.ecs.cluster.bind(aws.ecs);
        const statuses = ["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE"];
        aws.ecs.cluster = async (name) => {
            const found = await cluster(name);
            return found && { ...found, attachmentsStatus: statuses.shift() };
        };
        expect((await play([...remove, "--yes"], onAlice(account))).exitCode).to.equal(0);
        expect([asked, state.groupProviders, statuses]).to.deep.equal([2, [], []]);
    });

    it("remove goes on wherever it was killed", async () => {
        for (let count = 1; count < 6; count += 1) {
            const account = attachedWorkers();
            const revive = killAfter(account, count);
            expect((await play([...remove, "--yes"], onAlice(account))).exitCode).to.equal(1);
            revive();
            const { exitCode, transcript } = await play([...remove, "--yes"], onAlice(account));
            expect(exitCode, `after ${count} changes: ${transcript}`).to.equal(0);
            const { groupProviders, namedGroups, clusterCapacityProviders, containerInstances } =
                account.state;
            expect([groupProviders, clusterCapacityProviders["alice"]]).to.deep.equal([[], []]);
            expect(namedGroups[0]?.tags).to.deep.equal({});
            expect(containerInstances["alice"]?.map(({ instanceId }) => instanceId)).to.not.include("i-8");
        }
    });

    it("remove refuses the group of another environment, and in an adopted cluster that of its owner", async () => {
        const foreign = { "sles-ecs:attached-to": "bob-id" };
        for (const [tags, isAdopted, said] of [
            [tagsOf("bob"), false, "is the own one of bob"],
            [foreign, false, "is attached to another environment, that of the stack id bob-id"],
            [{}, true, "is of those who have made cluster alice, which alice has adopted"],
        ] as const) {
            const account = attachedWorkers({ tags });
            account.state.groupProviders = account.state.groupProviders.map((one) => ({ ...one, tags: {} }));
            const played = await play([...remove, "--yes"], onAlice(account, { isAdopted }));
            expect(played.transcript).to.contain(said);
            expect([played.exitCode, account.changes]).to.deep.equal([2, []]);
        }
    });

    it("remove leaves all as it was where tasks do not move in time: exit code 5", async () => {
        const account = attachedWorkers();
        const options = onAlice(account, { tasksStay: true });
        const { exitCode, transcript } = await play([...remove, "--yes", "--deadline", "1m"], options);
        expect(exitCode).to.equal(5);
        expect(withoutArns(account.changes)).to.deep.equal(["drain i-8,i-9", "activate i-8,i-9"]);
        expect(transcript).to.contain("after that: sles-ecs groups remove alice workers --yes\n");
    });

    it("are functions for programs", async () => {
        const groups = groupVerbs(fakeContext(onAlice(attachedWorkers())), 0);
        expect((await groups.list("alice")).groups.map(({ kind }) => kind)).to.deep.equal(["attached"]);
        expect(await groups.remove("alice", "workers")).to.deep.include({ instanceIds: ["i-8", "i-9"] });
        expect((await groups.list("alice")).groups).to.deep.equal([]);
    });
});
