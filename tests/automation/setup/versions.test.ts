import { expect } from "chai";
import fc from "fast-check";

import { cacheDirectory } from "../../../automation/setup";
import { isAtLeast } from "../../../automation/setup/versions";

describe("Versions in the set-up", () => {
    for (const [version, minimum, expected] of [
        ["3.246.0", "3.246.0", true],
        ["3.245.9", "3.246.0", false],
        ["3.1000.0", "3.246.0", true],
        ["4.0.0-alpha.1", "3.246.0", true],
        ["3.9", "3.9", true],
        ["3.10", "3.9", true],
        ["1.26", "1.21", true],
        ["", "3.9", false],
        ["unknown", "3.9", false],
    ] as const) {
        it(`${version || "nothing"} is ${expected ? "" : "not "}at least ${minimum}`, () => {
            expect(isAtLeast(version, minimum)).to.equal(expected);
        });
    }

    it("of two versions one is at least the other, and both only when they are equal", () => {
        const version = fc.array(fc.nat(300), { minLength: 3, maxLength: 3 }).map((parts) => parts.join("."));
        fc.assert(
            fc.property(version, version, (left, right) => {
                const both = isAtLeast(left, right) && isAtLeast(right, left);
                return (isAtLeast(left, right) || isAtLeast(right, left)) && both === (left === right);
            }),
        );
    });
});

describe("Cache directory", () => {
    it("is what SLES_ECS_CACHE says, before anything else", () => {
        expect(cacheDirectory({ SLES_ECS_CACHE: "/c", XDG_CACHE_HOME: "/x", HOME: "/h" })).to.equal("/c");
    });
    it("is below XDG_CACHE_HOME, unless that is a relative path", () => {
        expect(cacheDirectory({ XDG_CACHE_HOME: "/x", HOME: "/h" })).to.equal("/x/sles-ecs");
        expect(cacheDirectory({ XDG_CACHE_HOME: "x", HOME: "/h" })).to.equal("/h/.cache/sles-ecs");
    });
    it("is below the home directory otherwise", () => {
        expect(cacheDirectory({ HOME: "/h" })).to.equal("/h/.cache/sles-ecs");
    });
});
