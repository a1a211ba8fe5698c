import { expect } from "chai";

import {
    changesAsJson,
    countChanges,
    countPlan,
    destructiveSteps,
    planSteps,
} from "../../../automation/output/changes";
import { createTheme } from "../../../automation/output/theme";
import { changes, step } from "../../helpers/fakes";

const repository = (name: string) => step("delete", "aws:ecr/repository:Repository", name);
const retained = (name: string) => ({ ...repository(name), isRetained: true as const });
const volume = step("replace", "aws:ebs/volume:Volume", "sles-ecs-hosts-1-docker", ["encrypted"]);
const look = { theme: createTheme({ color: false }) };

describe("changes that leave something in place", () => {
    const both = changes([retained("web"), repository("old")], 2);

    it("are counted apart from what is deleted", () => {
        expect(countChanges(both)).to.equal("1 deleted, 1 left in place, 2 unchanged");
        expect(countPlan(both)).to.equal("delete 1, leave 1 in place; 2 stay as they are");
        expect(countChanges(changes([retained("web")]))).to.equal("1 left in place");
    });

    it("lose nothing but what goes", () => {
        expect(destructiveSteps(both).map(({ name }) => name)).to.deep.equal(["old"]);
    });

    it("say so for scripts", () => {
        const [web, old] = (changesAsJson(both) as typeof both).steps;
        expect(web).to.include({ operation: "delete", name: "web", isRetained: true });
        expect(old).to.not.have.property("isRetained");
        expect(both.counts).to.deep.equal({ delete: 1, retain: 1, same: 2 });
    });

    it("are no deletions in a plan, one by one or counted by kind", () => {
        expect(planSteps([retained("web"), repository("old")], look)).to.deep.equal([
            "  -  leave   repository web, out of the state alone: it stays in the account",
            "  -  delete  repository old",
        ]);
        const many = [1, 2, 3, 4, 5].map((number) => retained(`app-${number}`));
        expect(planSteps([...many, repository("old")], look)).to.deep.equal([
            "  -  leave   registry: 5 repositories, out of the state alone: they stay in the account",
            "  -  delete  repository old",
        ]);
    });

    it("tell of a replacement that the one before stays", () => {
        const [line] = planSteps([{ ...volume, isRetained: true }], look);
        expect(line).to.equal(
            "  +- replace docker volume of host 1 (encrypted), the one before stays in the account",
        );
    });
});
