import { expect } from "chai";

import { isWithinLimit, laterSeconds, showBoots, type MeasuredSetup } from "../../bench/boot/report";
import { bootSetups } from "../../bench/boot/setups";

const measured = (oursSeconds: number[], noneSeconds: number[], limitSeconds = 2): MeasuredSetup => ({
    setup: { name: "a host", limitSeconds },
    oursSeconds,
    noneSeconds,
});

describe("Measurements of boots", () => {
    it("compare medians: one slow boot counts no more than another", () => {
        expect(laterSeconds(measured([3, 99, 4], [2, 1, 50]))).to.equal(2);
    });

    it("are within their limit at the limit, and not above", () => {
        expect(isWithinLimit(measured([4], [2]))).to.equal(true);
        expect(isWithinLimit(measured([4.01], [2]))).to.equal(false);
        expect(isWithinLimit(measured([1], [2]))).to.equal(true);
    });

    it("show both sides, the difference and the verdict in one line a host", () => {
        const [header, line] = showBoots([measured([4, 5, 9], [2, 1, 3])]).split("\n");
        expect(header).to.match(/^HOST +OURS +NO USER DATA +LATER BY +LIMIT +VERDICT +RUNS$/);
        expect(line).to.match(
            /^a host +5\.00 s \(4\.00 to 9\.00\) +2\.00 s \(1\.00 to 3\.00\) +\+3\.00 s +\+2 s +too slow +3$/,
        );
        expect(showBoots([measured([1], [2])])).to.match(/-1\.00 s +\+2 s +ok/);
    });

    it("allow 2 s, and 4 s where the volume has to be formatted", () => {
        const allowed = bootSetups.map(({ disks, limitSeconds }) => [disks[0]?.content, limitSeconds]);
        expect(allowed).to.deep.equal([
            [undefined, 2],
            [undefined, 2],
            ["ours", 2],
            ["blank", 4],
        ]);
    });
});
