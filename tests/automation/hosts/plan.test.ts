import { expect } from "chai";
import fc from "fast-check";
import { planReplacement } from "../../../automation/hosts/plan";
import type { Host, Task } from "../../../automation/ports/aws";
import { host, registered, service, task } from "../../helpers/awsObjects";

const services = [service("web"), service("logs", { schedulingStrategy: "DAEMON" })];
const on = (number: number, id: string, memoryMiB: number, group = "service:web"): Task =>
    task(id, group, {
        containerInstanceArn: registered(number).arn,
        needs: { cpuUnits: 128, memoryMiB },
    });
const hostWith = (number: number, memoryMiB: number, changes: Partial<Host> = {}): Host => ({
    ...host(number, {}, { free: { cpuUnits: 1024, memoryMiB } }),
    ...changes,
});
const instancesOf = (hosts: readonly Host[]) =>
    hosts.flatMap(({ containerInstance }) => (containerInstance === undefined ? [] : [containerInstance]));
const nothingBinds = { taskDefinitions: new Map(), matches: new Map() };
const idsOf = (tasks: readonly Task[]) => tasks.map(({ arn }) => arn.split("/").at(-1)).join(" ");
/** Every step as a line: moving, of these without a place, ending. */
const plan = (hosts: readonly Host[], tasks: readonly Task[]) =>
    planReplacement(
        { hosts, containerInstances: instancesOf(hosts), tasks, services, ...nothingBinds },
        ({ imageId }) => imageId === "ami-1",
    ).steps.map(
        ({ host: { instanceId }, moving, homeless, ending }) =>
            `${instanceId}: ${[moving, homeless.map((one) => one.task), ending].map(idsOf).join(" | ")}`,
    );

describe("the plan of a replacement", () => {
    it("moves the tasks of services, ends the others, and leaves daemons out, which every host has", () => {
        const tasks = [on(1, "w1", 512), on(1, "d1", 64, "service:logs"), on(1, "j1", 256, "family:job")];
        expect(plan([hostWith(1, 100), hostWith(2, 600)], tasks)).to.deep.equal([
            "i-1: w1 |  | j1",
            "i-2: w1 |  | ",
        ]);
    });

    it("says for which tasks no other host has room", () => {
        // i-2 has 600 MiB: one of the two tasks of 400 fits.
        const tasks = [on(1, "w1", 400), on(1, "w2", 400)];
        expect(plan([hostWith(1, 0), hostWith(2, 600, { imageId: "ami-2" })], tasks)).to.deep.equal([
            "i-1: w1 w2 | w2 | ",
        ]);
    });

    it("counts a successor as empty, so that what had to wait finds room on it", () => {
        // 300 MiB move from i-1 to i-2; the new i-1 has 800 free and takes all of i-2.
        const tasks = [on(1, "w1", 300), on(2, "w2", 400)];
        expect(plan([hostWith(1, 500), hostWith(2, 300)], tasks)).to.deep.equal([
            "i-1: w1 |  | ",
            "i-2: w2 w1 |  | ",
        ]);
    });

    it("has no place for anything on a single host", () => {
        expect(plan([hostWith(1, 3000)], [on(1, "w1", 128)])).to.deep.equal(["i-1: w1 | w1 | "]);
    });

    it("counts on no host that is draining, or whose agent is gone", () => {
        const tasks = [on(1, "w1", 128)];
        for (const changes of [{ status: "DRAINING" }, { agentConnected: false }]) {
            const other = host(2, { imageId: "ami-2" }, changes);
            expect(plan([hostWith(1, 3000), other], tasks)).to.deep.equal(["i-1: w1 | w1 | "]);
        }
    });

    it("counts the tasks of a host that is draining or whose agent is gone as well: these stop with it", () => {
        const other = hostWith(2, 3000, { imageId: "ami-2" });
        const gone = (changes: object) => host(1, {}, changes);
        expect(plan([gone({ status: "DRAINING" }), other], [on(1, "w1", 128)])).to.deep.equal([
            "i-1: w1 |  | ",
        ]);
        const tasks = [on(1, "w1", 128), on(1, "j1", 128, "family:job")];
        expect(plan([gone({ agentConnected: false }), other], tasks)).to.deep.equal(["i-1: w1 | w1 | j1"]);
    });

    it("gives successors of another instance type the memory of that type", () => {
        // Two hosts of 1000 MiB, each full with a task of 800; the successors have 1000 MiB more, or 500 less.
        const hosts = [hostWith(1, 200), hostWith(2, 200)];
        const homelessWith = (gainMiB: number, successorsFirst: boolean) =>
            planReplacement(
                {
                    ...{ hosts, containerInstances: instancesOf(hosts), services, ...nothingBinds },
                    tasks: [on(1, "w1", 800), on(2, "w2", 800)],
                    memoryGainsMiB: new Map([
                        ["i-1", gainMiB],
                        ["i-2", gainMiB],
                    ]),
                },
                () => true,
                { batchSize: 1, successorsFirst },
            ).steps.map(({ homeless }) => homeless.length);
        expect(homelessWith(0, true)).to.deep.equal([0, 0]);
        expect(homelessWith(-500, true)).to.deep.equal([1, 1]);
        // What has found no place starts on the successor, which then has room for the other one, too.
        expect(homelessWith(0, false)).to.deep.equal([1, 1]);
        expect(homelessWith(1000, false)).to.deep.equal([1, 0]);
    });

    it("moves tasks to hosts of other people in a cluster that is shared", () => {
        const mine = hostWith(1, 0);
        const theirs = hostWith(2, 3000);
        const { steps, current } = planReplacement(
            {
                hosts: [mine],
                containerInstances: instancesOf([mine, theirs]),
                tasks: [on(1, "w1", 128)],
                services,
                ...nothingBinds,
            },
            () => true,
        );
        expect([steps.length, steps[0]?.homeless.length, current]).to.deep.equal([1, 0, 0]);
    });

    const paced = (
        batchSize: number,
        successorsFirst: boolean,
        tasks: readonly Task[],
        free: readonly number[],
    ) => {
        const hosts = free.map((memory, index) => hostWith(index + 1, memory));
        return planReplacement(
            { hosts, containerInstances: instancesOf(hosts), tasks, services, ...nothingBinds },
            () => true,
            { batchSize, successorsFirst },
        ).steps.map(
            ({ host: { instanceId }, moving, homeless }) =>
                `${instanceId}: ${idsOf(moving)} | ${idsOf(homeless.map((one) => one.task))}`,
        );
    };

    it("counts on no host that goes in the same batch", () => {
        // One by one w1 would go to i-2; together only i-3 is left, with room for one of the two.
        const tasks = [on(1, "w1", 400), on(2, "w2", 400)];
        expect(paced(2, false, tasks, [0, 400, 500])).to.deep.equal([
            "i-1: w1 | ",
            "i-2: w2 | w2",
            "i-3: w1 | ",
        ]);
    });

    it("counts on successors where they come first, empty, and on nothing of the hosts that went", () => {
        const tasks = [on(1, "w1", 400), on(2, "w2", 400)];
        expect(paced(2, true, tasks, [0, 0])).to.deep.equal(["i-1: w1 | ", "i-2: w2 | "]);
        // The successor of i-1 has 400 MiB in all, as i-1 had: w1 fits, and w2 as well once that of i-2 is there.
        expect(paced(1, true, tasks, [0, 0])).to.deep.equal(["i-1: w1 | ", "i-2: w2 | "]);
        expect(paced(1, false, tasks, [0, 0])).to.deep.equal(["i-1: w1 | w1", "i-2: w2 | w2"]);
    });

    it("loses no task and invents none, whatever the cluster", () => {
        const sizes = fc.array(fc.record({ at: fc.integer({ min: 1, max: 4 }), memory: fc.nat(800) }), {
            maxLength: 12,
        });
        fc.assert(
            fc.property(sizes, fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }), (given, free) => {
                const tasks = given.map(({ at, memory }, n) => on(at, `t${n}`, memory));
                const hosts = free.map((memory, n) => hostWith(n + 1, memory));
                const { steps } = planReplacement(
                    { hosts, containerInstances: instancesOf(hosts), tasks, services, ...nothingBinds },
                    () => true,
                );
                for (const { moving, homeless } of steps) {
                    expect(new Set(moving).size).to.equal(moving.length);
                    expect(moving).to.include.members(homeless.map((one) => one.task));
                }
                // The first host has its own tasks and nothing else.
                expect(steps[0]?.moving).to.have.members(
                    tasks.filter(({ containerInstanceArn }) => containerInstanceArn === registered(1).arn),
                );
                expect([...new Set(steps.flatMap(({ moving }) => moving))]).to.have.members(tasks);
            }),
        );
    });
});
