import { expect } from "chai";

import { useCloud } from "../local/cloud/testCloud";
import { boots } from "./cases/boots";
import { hosts } from "./cases/hosts";
import { networks } from "./cases/networks";
import { roles } from "./cases/roles";
import { running } from "./cases/running";
import { showMatrix } from "./showMatrix";
import { askDoctor, prepare } from "./ward";

const cases = [...boots, ...hosts, ...roles, ...networks, ...running];

describe("the doctor names the cause, and takes it for no other one, where", () => {
    const cloud = useCloud();
    const verdicts: (readonly [made: string, told: string])[] = [];

    after(() => {
        showMatrix([...new Set(cases.map(({ cause }) => cause))], verdicts);
    });

    for (const { cause, make } of cases) {
        it(`it is ${cause}`, async () => {
            await prepare(cloud());
            const { id, stateIds = [], shows, ...more } = await make(cloud());
            const { diagnoses, readyHosts, wantedHosts } = await askDoctor(cloud(), [id, ...stateIds], more);
            const told = diagnoses.find((one) => one.id === id);
            verdicts.push([cause, told?.cause ?? "UNKNOWN"]);
            expect(told?.cause, JSON.stringify(diagnoses)).to.equal(cause);
            expect(told?.evidence.join("\n")).to.match(shows);
            expect(told?.remedy).to.not.equal(undefined);
            expect(readyHosts).to.be.at.most(wantedHosts);
        });
    }

    it("there are at least 24", () => {
        expect(new Set(cases.map(({ cause }) => cause)).size).to.be.at.least(24);
    });
});
