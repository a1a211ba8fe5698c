import { expect } from "chai";

import { parseSettings } from "../../../../components/model/settings";

function problemsOf(tags: Readonly<Record<string, string>>): readonly string[] {
    return parseSettings({ tags }, "dev").problems.map(({ path, message }) => `${path}: ${message}`);
}

// IAM user guide, "Tags for AWS Identity and Access Management resources": keys are not case-sensitive. The role has
// the tags of the settings, and a Name.
describe("tags that IAM would refuse half way through an up", () => {
    it("are keys that differ in case alone", () => {
        expect(problemsOf({ Team: "a", Owner: "b", team: "c" })).to.deep.equal([
            'tags.team: got "c", expected a key that differs from Team by more than upper and lower case, which IAM does not tell apart',
        ]);
        expect(problemsOf({ team: "a", teams: "b" })).to.deep.equal([]);
    });

    for (const key of ["Name", "name", "NAME"]) {
        it(`are ${key}, which the product gives each resource`, () => {
            const [problem, ...more] = problemsOf({ [key]: "web" });
            expect(more).to.deep.equal([]);
            expect(problem).to.include(`${key} is set for each resource by this product`);
        });
    }
});
