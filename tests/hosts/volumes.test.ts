import { expect } from "chai";
import { volumeCases } from "./cases";
import { testCases } from "./caseTests";
import { survivingImage } from "./runCase";

describe("a host that really boots with a volume", () => {
    testCases(volumeCases, ({ isReplaced }, { boots }) => {
        if (isReplaced) {
            expect(boots.at(-1)?.docker?.images).to.include(survivingImage);
        }
    });
});
