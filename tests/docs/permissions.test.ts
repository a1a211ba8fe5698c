import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { readPage, root } from "./pages";

describe("The permissions of the caller", () => {
    it("name every call of the adapters", () => {
        const folder = path.join(root, "automation", "aws");
        const calls = readdirSync(folder).flatMap((name) => {
            const source = readFileSync(path.join(folder, name), "utf8");
            return [...source.matchAll(/\bnew (\w+)Command\(|\bpaginate(\w+)\(/g)].map(
                ([, command, paginated]) => command ?? paginated ?? "",
            );
        });
        expect(calls).to.include.members([
            "RegisterScalableTarget",
            "GetCallerIdentity",
            "DescribeInstances",
        ]);
        const page = readPage("docs/permissions.md");
        expect(calls.filter((call) => !page.includes(`:${call}\``))).to.deep.equal([]);
    });
});
