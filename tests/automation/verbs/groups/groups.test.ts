import { expect } from "chai";

import { groupVerbs } from "../../../../automation/verbs/groups/forPrograms";
import { task } from "../../../helpers/awsObjects";
import { fakeContext } from "../../../helpers/fakes";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { onAlice } from "../../pause/pauseCase";
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
            "deregister i-8",
            "deregister i-9",
            "detachCapacityProvider alice workers",
            "removeCapacityProvider /workers",
            "untagGroup workers sles-ecs:attached-to",
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
