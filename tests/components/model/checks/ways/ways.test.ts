import { expect } from "chai";

import { findWays, targets, type Target } from "../../../../../components/model/checks/ways/ways";
import type { SuseServer } from "../../../../../components/model/suseServers";
import { networksOfEndpoints } from "./networksOfEndpoints";
import { networksOfFilters } from "./networksOfFilters";
import { networksOfPolicies } from "./networksOfPolicies";
import { networksOfRoutes } from "./networksOfRoutes";
import { drawNetwork, told, type Sketch } from "./sketch";

/** What a network is, its sketch, and the beginning of each verdict; a verdict that is missing is that of S3. */
export type Case = readonly [
    what: string,
    sketch: Sketch,
    verdicts: { readonly s3: string } & Readonly<Partial<Record<Target, string>>>,
    region?: string,
];

// Two of pint's records for eu-central-1, and one of the region servers.
const suseServers: readonly SuseServer[] = [
    { kind: "region", ip: "34.197.223.242", region: "us-east-1" },
    { kind: "update", ip: "54.93.130.182", region: "eu-central-1", name: "smt-ec2.susecloud.net" },
    { kind: "update", ip: "52.28.214.37", region: "eu-central-1", name: "smt-ec2.susecloud.net" },
];

describe("the ways of a network", () => {
    const networks: readonly (readonly [string, readonly Case[]])[] = [
        ["by its routes", networksOfRoutes],
        ["by its endpoints", networksOfEndpoints],
        ["by the policies of its endpoints", networksOfPolicies],
        ["by its ACLs and security groups", networksOfFilters],
    ];
    for (const [by, cases] of networks) {
        describe(by, () => {
            for (const [what, sketch, verdicts, region = "eu-central-1"] of cases) {
                it(what, () => {
                    const { parts, host } = drawNetwork(sketch);
                    const location = { region, partition: "aws" };
                    const ways = findWays(parts, host, { location, suseServers });
                    const found = Object.fromEntries(targets.map((target) => [target, told(ways[target])]));
                    const expected = { ecs: verdicts.s3, suse: verdicts.s3, ...verdicts };
                    for (const target of targets) {
                        const verdict = expected[target];
                        const fits = verdict.endsWith("…")
                            ? found[target]?.startsWith(verdict.slice(0, -1))
                            : found[target] === verdict;
                        expect(fits, `${target}: got "${found[target]}", expected "${verdict}"`).to.equal(
                            true,
                        );
                    }
                });
            }
        });
    }

    it("are worked out of 40 networks and more", () => {
        const all = networks.flatMap(([, cases]) => cases.map(([what]) => what));
        expect(new Set(all).size).to.equal(all.length);
        expect(all.length).to.be.at.least(40);
    });
});
