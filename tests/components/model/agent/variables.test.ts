import { expect } from "chai";
import type { AgentVariable } from "../../../../components/model/agent/agentVariable";
import { agentFields, agentVariables } from "../../../../components/model/agent/agentVariables";
import { leftOut } from "../../../../components/model/agent/unknownSetting";
import { documentedVariables } from "./documentedVariables";

const rows: readonly AgentVariable[] = Object.values(agentVariables);

describe("the table of the agent's settings", () => {
    it("has every variable that the agent documents, or leaves it out with a reason; never both", () => {
        const covered = rows.map(({ variable }) => variable);
        expect([...covered, ...Object.keys(leftOut)].sort()).to.deep.equal([...documentedVariables].sort());
        for (const [variable, reason] of Object.entries(leftOut)) {
            expect(reason, variable).to.match(/\w{2,} \w{2,}/);
        }
    });

    it("leaves out what only Windows has, and what would put a password into user data", () => {
        expect(documentedVariables.filter((name) => name.includes("WINDOWS"))).to.have.length(3);
        for (const name of documentedVariables.filter((one) => /WINDOWS|AUTH_/.test(one))) {
            expect(leftOut, name).to.have.property(name);
        }
    });

    it("names settings as the agent names its variables, but for a few that are shorter or have a unit", () => {
        const plain = (name: string) => name.replace(/^ECS_/, "").replaceAll("_", "").toLowerCase();
        const renamed = agentFields.filter((field) => plain(field) !== plain(agentVariables[field].variable));
        expect(renamed).to.deep.equal(["attributes", "tags", "propagateTagsFrom", "reservedMemoryMiB"]);
    });

    it("says of every setting what it means and where that is documented", () => {
        for (const { variable, meaning, source } of rows) {
            expect(meaning, variable).to.match(/^[A-Z`].*\.$/s);
            expect(source, variable).to.match(/^https:\/\/github\.com\/aws\/amazon-ecs-agent\/blob\/v/);
        }
    });

    it("lets a setting depend on a flag of the table only", () => {
        for (const { variable, onlyWith } of rows) {
            if (onlyWith !== undefined) {
                expect(agentFields, variable).to.include(onlyWith.field);
                const { kind }: AgentVariable = agentVariables[onlyWith.field as keyof typeof agentVariables];
                expect(kind.schema.safeParse(true).success, variable).to.equal(true);
            }
        }
    });
});
