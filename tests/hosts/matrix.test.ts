import { expect } from "chai";
import { hostCases, matrixCases } from "./cases";
import { testCases } from "./caseTests";

describe("a host that really boots", () => {
    testCases([...matrixCases, ...hostCases], ({ facts }, { boots }) => {
        const { packages = {} } = boots.at(-1) ?? {};
        expect(Object.keys(packages)).to.have.members(facts.packages ?? []);
        for (const [name, secondsAfterRegistration] of Object.entries(packages)) {
            expect(secondsAfterRegistration, `${name} after the registration`).to.be.above(0);
        }
    });
});
