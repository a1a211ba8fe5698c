import { expect } from "chai";
import { calendarDate, isCalendarDate } from "../../../../components/model/images/imageDate";

describe("a day of the calendar", () => {
    it("exists, and is written without hyphens", () => {
        for (const day of ["20240229", "20261231", "20000229"]) {
            expect(isCalendarDate(day), day).to.equal(true);
        }
        for (const text of [
            "20260229",
            "21000229",
            "20261301",
            "20260010",
            "2026-1-1",
            "",
            "2026122x",
            "020261231",
        ]) {
            expect(isCalendarDate(text), text).to.equal(false);
        }
    });

    it("is UTC's of a moment", () => {
        expect(calendarDate(new Date("2026-11-23T23:30:00-02:00"))).to.equal("20261124");
    });
});
