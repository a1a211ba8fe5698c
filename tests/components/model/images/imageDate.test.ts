import { expect } from "chai";
import {
    dateOfTimestamp,
    daysBetween,
    showImageDate,
    yearsLater,
} from "../../../../components/model/images/imageDate";

describe("the date of an image", () => {
    it("is taken out of AWS's timestamps, and is shown with hyphens", () => {
        expect(dateOfTimestamp("2026-11-24T08:00:00.000Z")).to.equal("20261124");
        expect(["2026-02-30T08:00:00.000Z", "soon", ""].map(dateOfTimestamp)).to.deep.equal([
            undefined,
            undefined,
            undefined,
        ]);
        expect(showImageDate("20261124")).to.equal("2026-11-24");
    });

    it("is so many days from another", () => {
        expect(daysBetween("20261123", "20261223")).to.equal(30);
        expect(daysBetween("20280228", "20280301")).to.equal(2);
        expect(daysBetween("20270101", "20261231")).to.equal(-1);
    });

    it("is the same day years later, and the day after for the day that leap years have", () => {
        expect(yearsLater("20260617", 2)).to.equal("20280617");
        expect(yearsLater("20240229", 2)).to.equal("20260228");
        expect(yearsLater("99991231", 2)).to.equal("99991231");
    });
});
