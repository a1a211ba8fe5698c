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

    // IAM's simulator only answers (API_SimulatePrincipalPolicy.html); Service Authorization Reference: access level Read.
    it("call no question a change", () => {
        const iam = /^\| `iam` \|(.*)\|(.*)\|$/m.exec(readPage("docs/permissions.md"));
        expect(iam?.[1]).to.include("iam:SimulatePrincipalPolicy").and.to.not.include("Delete");
        expect(iam?.[2])
            .to.include("iam:DeleteRole")
            .and.to.not.match(/Get|List|Simulate/);
    });

    // Service Authorization Reference, Amazon EC2: CreateVpcEndpoint, dependent actions.
    it("tell what the private names of interface endpoints take", () => {
        expect(readPage("docs/permissions.md")).to.include("`route53:AssociateVPCWithHostedZone`");
    });

    it("tell of the role that a lease's schedules get whatever the hosts have", () => {
        expect(readPage("docs/permissions.md")).to.include(
            "unless `instanceRole` names an existing instance profile and the environment has neither lease nor hours",
        );
    });
});
