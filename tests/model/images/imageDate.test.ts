import { expect } from "chai";
import {
    daysBetween,
    imageDate,
    isImageDate,
    showImageDate,
    yearsLater,
} from "../../../components/model/images/imageDate";

describe("the date of an image", () => {
    it("is a day that exists, without hyphens", () => {
        expect(["20240229", "20261231"].every(isImageDate)).to.equal(true);
        expect(["20260229", "20261301", "2026-1-1", "", "2026122x", "020261231"].some(isImageDate)).to.equal(
            false,
        );
    });

    it("is UTC's of a moment, and is shown with hyphens", () => {
        expect(imageDate(new Date("2026-11-23T23:30:00-02:00"))).to.equal("20261124");
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
    });
});
