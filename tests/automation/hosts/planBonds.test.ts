import { expect } from "chai";
import { planReplacement, type ReplacementStep } from "../../../automation/hosts/plan";
import type { ContainerInstance, Service, Task, TaskDefinition } from "../../../automation/ports/aws";
import { host, registered, service, task } from "../../helpers/awsObjects";

interface Given {
    readonly services?: readonly Service[];
    readonly definition?: Partial<TaskDefinition>;
    readonly matches?: Readonly<Record<string, readonly string[] | undefined>>;
    /** What i-1 and i-2 are beside roomy; both are to be replaced. */
    readonly agents?: readonly [Partial<ContainerInstance>, Partial<ContainerInstance>];
}

const web = (id: string, number: number, changes: Partial<Task> = {}): Task =>
    task(id, "service:web", { containerInstanceArn: registered(number).arn, ...changes });
const one = web("w1", 1);
const two = web("w2", 2);

function plan(tasks: readonly Task[], given: Given = {}): readonly ReplacementStep[] {
    const { services = [service("web")], agents = [{}, {}] } = given;
    const hosts = agents.map((agent, index) => host(index + 1, {}, agent));
    return planReplacement(
        {
            hosts,
            containerInstances: hosts.flatMap(({ containerInstance }) => containerInstance ?? []),
            tasks,
            services,
            taskDefinitions: new Map([
                ["web:3", { hostPorts: [], placementConstraints: [], ...given.definition }],
            ]),
            matches: new Map(Object.entries(given.matches ?? {})),
        },
        () => true,
    ).steps;
}

/** Why tasks stop with their hosts, a list for every host. */
const reasons = (steps: readonly ReplacementStep[]) =>
    steps.map(({ homeless }) => homeless.map(({ why }) => why));
const percent = (minimumHealthyPercent: number, maximumPercent: number, count = 2): Service =>
    service("web", { minimumHealthyPercent, maximumPercent, desired: count, running: count });

describe("what binds tasks to hosts in the plan of a replacement", () => {
    it("a fixed host port that is taken on every other host, by whomever", () => {
        const definition = { hostPorts: ["80/tcp"] };
        const taken = { takenPorts: ["22/tcp", "80/tcp"] };
        expect(reasons(plan([one, two], { definition, agents: [taken, taken] }))).to.deep.equal([
            ["no room elsewhere: host port 80/tcp is taken on i-2"],
            ["no room elsewhere: host port 80/tcp is taken on i-1"],
        ]);
        const udp = { takenPorts: ["80/udp"] };
        expect(reasons(plan([one], { definition, agents: [taken, udp] }))[0]).to.deep.equal([]);
    });

    it("a fixed host port that a task takes along when it moves", () => {
        const definition = { hostPorts: ["80/tcp"] };
        const steps = plan([one], { definition, agents: [{ takenPorts: ["80/tcp"] }, {}] });
        // It moves to i-2, and back to the new i-1, whose port is free by then.
        expect(steps.map(({ moving }) => moving)).to.deep.equal([[one], [one]]);
        expect(reasons(steps)).to.deep.equal([[], []]);
    });

    it("distinctInstance, once every host has a task of the service", () => {
        const services = [service("web", { placementConstraints: [{ type: "distinctInstance" }] })];
        expect(reasons(plan([one, two], { services }))).to.deep.equal([
            ["no room elsewhere: distinctInstance, and the service has a task on i-2"],
            ["no room elsewhere: distinctInstance, and the service has a task on i-1"],
        ]);
        expect(reasons(plan([one], { services }))[0]).to.deep.equal([]);
    });

    it("memberOf of the service or of the task definition, as ECS says where it holds", () => {
        const expression = "attribute:ecs.availability-zone == eu-central-1a";
        const placementConstraints = [{ type: "memberOf", expression } as const];
        const why = `no room elsewhere: placement constraint "${expression}" rules out i-2`;
        const matches = { [expression]: [registered(1).arn] };
        const services = [service("web", { placementConstraints })];
        expect(reasons(plan([one], { services, matches }))[0]).to.deep.equal([why]);
        expect(reasons(plan([one], { definition: { placementConstraints }, matches }))[0]).to.deep.equal([
            why,
        ]);
        const both = { [expression]: [registered(1).arn, registered(2).arn] };
        expect(reasons(plan([one], { services, matches: both }))[0]).to.deep.equal([]);
    });

    it("says of an expression that it is unknown where ECS does not tell, or what it looks at changes on the way", () => {
        const moving = "task:group != service:db";
        for (const expression of [moving, "attribute:ecs.ami-id == ami-1", "gibberish"]) {
            const services = [service("web", { placementConstraints: [{ type: "memberOf", expression }] })];
            const [step] = plan([one], { services, matches: { [moving]: [] } });
            expect([step?.homeless, step?.uncertain]).to.deep.equal([[], [{ task: one, expression }]]);
        }
    });

    it("a capacity provider, whose hosts alone its tasks run on", () => {
        const mine = web("w1", 1, { capacityProvider: "mine" });
        const agents = [{ capacityProvider: "mine" }, { capacityProvider: "theirs" }] as const;
        expect(reasons(plan([mine], { agents }))[0]).to.deep.equal([
            "no room elsewhere: not of its capacity provider mine: i-2",
        ]);
        expect(reasons(plan([one], { agents }))[0]).to.deep.equal([]);
    });

    // ECS developer guide: with both at 100 nothing moves; the minimum is rounded up, the maximum down.
    const stuck: readonly (readonly [string, Service, string])[] = [
        [
            "100 and 100",
            percent(100, 100),
            "with minimumHealthyPercent 100 and maximumPercent 100 of 2 tasks ECS may neither stop it nor start another first",
        ],
        [
            "50 and 150 of one task, where both are rounded to one",
            percent(50, 150, 1),
            "with minimumHealthyPercent 50 and maximumPercent 150 of 1 task ECS may neither stop it nor start another first",
        ],
    ];
    for (const [name, given, why] of stuck) {
        it(`percentages that let nothing move: ${name}`, () => {
            const [step] = plan([one], { services: [given] });
            expect(step?.homeless).to.deep.equal([{ task: one, why, stuckService: given }]);
        });
    }

    it("percentages that let a task move in one way or the other", () => {
        const firsts = ([step]: readonly ReplacementStep[]) => [step?.homeless, step?.stoppingFirst];
        expect(firsts(plan([one], { services: [percent(100, 150)] }))).to.deep.equal([[], []]);
        expect(firsts(plan([one], { services: [percent(50, 100)] }))).to.deep.equal([[], [one]]);
        // Two of four are to stay: 1.5 of 3 is two, so that one may stop.
        expect(firsts(plan([one], { services: [percent(50, 100, 3)] }))).to.deep.equal([[], [one]]);
        expect(firsts(plan([one], { services: [percent(67, 100, 3)] }))[0]).to.have.length(1);
    });

    it("names the room that is missing before percentages, as they are not to blame then", () => {
        const agents = [{}, { free: { cpuUnits: 128, memoryMiB: 4000 } }] as const;
        const [step] = plan([one], { services: [percent(100, 100)], agents });
        expect(step?.homeless).to.deep.equal([
            { task: one, why: "no room elsewhere: too little CPU on i-2" },
        ]);
    });

    it("brings a task that was stuck to another host once its own is gone", () => {
        const steps = plan([one], { services: [percent(100, 100, 1)] });
        expect(steps.map(({ moving }) => moving)).to.deep.equal([[one], [one]]);
    });

    it("blames the percentages of a service only where they alone are in the way", () => {
        const blamed = (tasks: readonly Task[], given: Given) =>
            plan(tasks, given)[0]?.homeless.map(({ stuckService, isOnSilentHost }) => [
                stuckService?.name,
                isOnSilentHost,
            ]);
        const services = [percent(100, 100)];
        expect(blamed([one, two], { services })).to.deep.equal([["web", undefined]]);
        const silent = { agentConnected: false };
        expect(blamed([one, two], { services, agents: [silent, {}] })).to.deep.equal([[undefined, true]]);
        const full = { free: { cpuUnits: 0, memoryMiB: 0 } };
        expect(blamed([one, two], { services, agents: [{}, full] })).to.deep.equal([[undefined, undefined]]);
    });

    it("says which services are down for a time, and which are not", () => {
        const down = (tasks: readonly Task[], services: readonly Service[]) =>
            plan(tasks, { services, definition: { hostPorts: ["80/tcp"] } })[0]?.down;
        expect(down([one], [percent(100, 200, 1)])).to.deep.equal([]);
        expect(down([one], [percent(100, 100, 1)])).to.deep.equal(["web"]);
        expect(down([one], [percent(0, 100, 1)])).to.deep.equal(["web"]);
        expect(down([one, two], [percent(100, 100)])).to.deep.equal([]);
    });

    it("tells of daemons, which stop with the host and come on its successor", () => {
        const daemon = task("d1", "service:logs", { containerInstanceArn: registered(1).arn });
        const services = [service("web"), service("logs", { schedulingStrategy: "DAEMON" })];
        const [step] = plan([one, daemon], { services });
        expect([step?.daemons, step?.moving, step?.down]).to.deep.equal([[daemon], [one], []]);
    });
});
