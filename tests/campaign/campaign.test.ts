import { expect } from "chai";

import { playLives } from "./campaign";
import { parsePoint, planLives, pointText } from "./points";

/** Of each kind of place one, and what earlier campaigns have found; `npm run campaign` goes through all the others. */
const points = [
    "volumes/create/ec2.RunInstances#1:made",
    "volumes/change/ec2.ModifyVolume#1:made",
    "volumes/update/ec2.TerminateInstances#1:answered",
    "volumes/destroy/state#3:cut",
    "network/create/ec2.CreateRoute#2:made",
    "network/change/ec2.CreateSubnet#1:answered",
    "network/update/ec2.TerminateInstances#1:answered",
    "network/destroy/ec2.DeleteNatGateway#1:made",
    "group/create/scheduler.POST~schedules#1:made",
    "group/change/state#2:attrs",
    "group/update/ecs.UpdateContainerInstancesState#1:before",
    "group/destroy/ecs.DeleteCluster#1:before",
];

describe("a machine that loses power in the middle of a command", () => {
    it("is taken up by what is printed next: converged, nothing lost, nothing left, nobody else touched", async () => {
        const lives = planLives(points.map(parsePoint));
        const results = await playLives(lives, { workers: 2, report: () => undefined });
        const wrong = results.filter(({ troubles, isMissed }) => isMissed || troubles.length > 0);
        expect(wrong, JSON.stringify(wrong, undefined, 4)).to.deep.equal([]);
        expect(results.map(({ point }) => point).sort()).to.deep.equal([...points].sort());
    });
});

describe("the points of a campaign", () => {
    it("are what they were when they are read again", () => {
        expect(points.map((text) => pointText(parsePoint(text)))).to.deep.equal(points);
    });

    for (const [text, what] of [
        ["castle/create/state#1:cut", "castle"],
        ["group/birth/state#1:cut", "birth"],
        ["group/create/state#1:made", "written, cut, attrs"],
        ["group/create/ec2.RunInstances#1:cut", "before, made, answered"],
    ] as const) {
        it(`are not ${text}`, () => {
            expect(() => parsePoint(text)).to.throw(what);
        });
    }
});
