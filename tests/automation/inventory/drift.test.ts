import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { findDrift } from "../../../automation/inventory/drift";
import { survey } from "../../../automation/teardown/survey";
import { pauseText } from "../../../components/model/pause";
import { cluster } from "../../helpers/awsObjects";
import { createFakeAws, owner, ownTags } from "../../helpers/fakeAws";
import { fakeClock } from "../../helpers/io";

describe("a look at all that is an environment's", () => {
    const place = () => {
        const fake = createFakeAws();
        const target = {
            environment: "alice",
            owner,
            clusterName: "alice",
            stateIds: new Set<string>(),
            leased: true,
            inState: () => false,
            aws: fake.aws,
            clock: fakeClock(),
            signal: new AbortController().signal,
        };
        return { fake, target };
    };
    const unreadable = (): never => {
        throw new Error("the fake can be read");
    };

    it("asks AWS each of its questions once", async () => {
        const { fake, target } = place();
        await findDrift(target, [], unreadable);
        expect(fake.reads).to.include("autoScaling.groups").and.to.include("ec2.volumes");
        expect(fake.reads).to.have.length(new Set(fake.reads).size);
    });

    it("does so before a destroy as well", async () => {
        const { fake, target } = place();
        await survey({ ...target, adopted: false }, { note: unreadable });
        const twice = {
            "autoScaling.groups": "of its own, and of what is lent to it",
            "ec2.volumes": "of its own, and of what an earlier life has kept",
            "tagging.resources": "of its own, and of what an earlier life has kept",
        };
        for (const [read, why] of Object.entries(twice)) {
            expect(
                fake.reads.filter((one) => one === read),
                why,
            ).to.have.length(2);
        }
        const others = fake.reads.filter((read) => !(read in twice));
        expect(others).to.have.length(new Set(others).size);
    });

    it("stands what the caller may not list, and says so once", async () => {
        const { fake, target } = place();
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "no" });
        const { aws } = createFakeAws({ ...fake.state, errors: { "autoScaling.groups": denied } });
        const told: string[] = [];
        await findDrift({ ...target, aws }, [], (what) => void told.push(what));
        expect(told).to.deep.equal(["Auto Scaling groups"]);
    });

    // As where a first update with hours was killed before the state had it.
    it("knows a group of schedules by the tagging API where the state tells of none", async () => {
        const { fake, target } = place();
        const arn = "arn:aws:scheduler:us-east-1:123456789012:schedule-group/sles-ecs-alice-a11ce000";
        const { aws } = createFakeAws({ ...fake.state, tagged: [{ arn, tags: ownTags }] });
        const strays = async (leased: boolean) =>
            (await findDrift({ ...target, aws, leased }, [], unreadable)).strays.map(({ type, id }) => ({
                type,
                id,
            }));
        expect(await strays(false)).to.deep.equal([
            { type: "scheduler:schedule-group", id: "sles-ecs-alice-a11ce000" },
        ]);
        expect(await strays(true)).to.deep.equal([]);
    });

    // As where an update was killed before the state had the log group of tasks; people's own has no tag with its name.
    it("takes a log group that carries its own name for an update's, unless the state has it, and others for people's", async () => {
        const { fake, target } = place();
        const arnOf = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
        const groups = {
            [arnOf("/ecs/alice")]: { ...ownTags, Name: "/ecs/alice" },
            [arnOf("/by/hand")]: ownTags,
        };
        const tagged = Object.entries(groups).map(([arn, tags]) => ({ arn, tags }));
        const { aws } = createFakeAws({ ...fake.state, tagged, byArn: groups });
        const namesIn = async (inState: (type: string, id: string) => boolean) => {
            const { strays, others } = await findDrift({ ...target, aws, inState }, [], unreadable);
            return [strays, others].map((found) => found.map(({ name }) => name));
        };
        expect(await namesIn(() => false)).to.deep.equal([["/ecs/alice"], ["/by/hand"]]);
        const known = (type: string, id: string) =>
            type === "aws:cloudwatch/logGroup:LogGroup" && id === "/ecs/alice";
        expect(await namesIn(known)).to.deep.equal([[], ["/by/hand"]]);
    });

    it("takes a paused group for one to be set right by the engine where no tag tells its sizes", async () => {
        const { fake, target } = place();
        const group = {
            ...{ name: "g", desired: 0, min: 0, max: 0, instanceIds: [], protectedInstanceIds: [] },
            ...{ suspendedProcesses: [], leaving: false, tags: ownTags },
        };
        const emptied = async (paused: string) => {
            const tags = { ...ownTags, "sles-ecs:paused": paused };
            const clusters = [cluster({ name: "alice", tags })];
            const { aws } = createFakeAws({ ...fake.state, clusters, groups: [group] });
            const known = { ...target, aws, stateIds: new Set(["g"]) };
            return (await findDrift(known, [], unreadable)).emptied;
        };
        expect(await emptied("2026-11-23T09:00:00Z")).to.deep.equal(["g"]);
        expect(
            await emptied(
                pauseText({ since: new Date("2026-11-23T09:00:00Z"), group: { min: 1, max: 2, desired: 1 } }),
            ),
        ).to.deep.equal([]);
    });

    describe("into what can carry no tags", () => {
        const [table, other] = ["rtb-1", "rtb-2"];
        /** Both tables carry the id; the state has only one of them. */
        const own = [table, other].map((id) => ({ id, type: "route-table", leaving: false }));
        const parts = (associationIds: string[], hasDefaultRoute = true) => ({
            ec2Resources: own,
            routeTableParts: [
                { id: table, hasDefaultRoute, associationIds },
                { id: other, hasDefaultRoute: true, associationIds: ["rtbassoc-9"] },
            ],
        });
        const straysOf = async (
            account: Parameters<typeof createFakeAws>[0],
            state: Readonly<Record<string, string>> = {},
        ) => {
            const known = { ...state, [table]: "aws:ec2/routeTable:RouteTable", "sles-ecs-alice": "group" };
            const { aws } = createFakeAws(account);
            const { strays } = await findDrift(
                {
                    ...place().target,
                    aws,
                    stateIds: new Set(Object.keys(known)),
                    inState: (type, id) => known[id] === type,
                },
                [],
                unreadable,
            );
            // The table that the state does not have goes as a whole.
            return strays.map(({ id }) => id).filter((id) => id !== other);
        };

        it("finds a route and an association that the state does not have, in a table that it has", async () => {
            expect(await straysOf(parts(["rtbassoc-1"]))).to.deep.equal(["rtb-1_0.0.0.0/0", "rtbassoc-1"]);
            expect(await straysOf(parts([], false))).to.deep.equal([]);
        });

        it("leaves those that the state has", async () => {
            // As the provider names them: the CRC-32 of "0.0.0.0/0" is 1080289494.
            const state = {
                "r-rtb-11080289494": "aws:ec2/route:Route",
                "rtbassoc-1": "aws:ec2/routeTableAssociation:RouteTableAssociation",
            };
            expect(await straysOf(parts(["rtbassoc-1"]), state)).to.deep.equal([]);
            expect(await straysOf(parts(["rtbassoc-1", "rtbassoc-2"]), state)).to.deep.equal(["rtbassoc-2"]);
        });

        it("leaves all associations where a subnet was moved, which gives it another one than the state's", async () => {
            const state = { "rtbassoc-0": "aws:ec2/routeTableAssociation:RouteTableAssociation" };
            expect(await straysOf(parts(["rtbassoc-1"], false), state)).to.deep.equal([]);
        });

        it("finds schedules in a group of the environment's own", async () => {
            const account = {
                scheduleGroups: { "sles-ecs-alice": ownTags },
                schedulesIn: { "sles-ecs-alice": ["host-1", "host-2"] },
            };
            const state = { "sles-ecs-alice/host-1": "aws:scheduler/schedule:Schedule" };
            expect(await straysOf(account, state)).to.deep.equal(["sles-ecs-alice/host-2"]);
        });
    });
});
