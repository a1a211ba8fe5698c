import { expect } from "chai";

import { parseState } from "../../../automation/engine/state";

const at = (chain: string, name: string): string => `urn:pulumi:dev::p::${chain}::${name}`;
const clusterType = "sles-ecs:components:SlesEcsCluster";
const root = at("pulumi:pulumi:Stack", "p-dev");
const stash = "pulumi:index:Stash";

interface Part {
    readonly urn: string;
    readonly parent?: string;
    readonly output?: string;
}

const stateOf = (...parts: readonly Part[]) =>
    parseState(
        JSON.stringify({
            deployment: {
                resources: [{ urn: root }, ...parts].map(({ urn, ...rest }: Part) => ({
                    ...{ urn, type: urn.split("::")[2]?.split("$").at(-1), parent: rest.parent },
                    outputs: { output: rest.output },
                })),
            },
        }),
    );

/** What the program makes: its component, and within it the rest, with the providers that the engine adds. */
const ours: readonly Part[] = [
    { urn: at("pulumi:providers:aws", "default_7_48_0") },
    { urn: at(clusterType, "sles-ecs"), parent: root },
    { urn: at(`${clusterType}$${stash}`, "sles-ecs-stack-id"), parent: at(clusterType, "sles-ecs") },
    {
        urn: at(
            `${clusterType}$sles-ecs:components:FixedHosts$aws:ec2/instance:Instance`,
            "sles-ecs-hosts-1",
        ),
        parent: at(`${clusterType}$sles-ecs:components:FixedHosts`, "sles-ecs-hosts"),
    },
];
const ids = ["0b5a2f9e-6c1d-4f1c-9d3c-2a7a5d0e9b11", "5f0e7c62-93f4-4d9e-8a55-8d3f3f6b7c20"] as const;

describe("whether a state is of this product's own program", () => {
    it("is so where all of it is its one component and what that holds, or nothing is there yet", () => {
        expect(stateOf(...ours).notOurs).to.deep.equal([]);
        expect(stateOf().notOurs).to.deep.equal([]);
        expect(parseState(JSON.stringify({ deployment: {} })).notOurs).to.deep.equal([]);
    });

    it("is not so where something stands beside it: a resource, one that is only read, or a provider with a name", () => {
        const bucket = { urn: at("aws:s3/bucket:Bucket", "files"), parent: root };
        const provider = { urn: at("pulumi:providers:aws", "frankfurt"), parent: root };
        expect(stateOf(...ours, bucket, provider).notOurs).to.deep.equal([
            "aws:s3/bucket:Bucket files",
            "pulumi:providers:aws frankfurt",
        ]);
        expect(stateOf(...ours, { urn: at("pulumi:pulumi:StackReference", "dns") }).notOurs).to.have.lengthOf(
            1,
        );
    });

    it("is not so for clusters of other names, for one within a component of others, and for parts alone", () => {
        const web = at(clusterType, "web");
        const other = [
            { urn: web, parent: root },
            { urn: at(`${clusterType}$aws:ecs/cluster:Cluster`, "web-cluster"), parent: web },
        ];
        expect(stateOf(...other).notOurs).to.have.lengthOf(2);
        expect(stateOf({ urn: at(`acme:Platform$${clusterType}`, "sles-ecs") }).notOurs).to.have.lengthOf(1);
        expect(stateOf({ urn: at("sles-ecs:components:FixedHosts", "hosts") }).notOurs).to.have.lengthOf(1);
    });

    it("leaves no cluster of such a program for lost: the state tells the ids of all", () => {
        const [one, two] = ids;
        const parts = [
            { urn: at(`${clusterType}$${stash}`, "web-stack-id"), output: one },
            { urn: at(stash, "mine"), output: two },
            { urn: at(stash, "note"), output: "no id" },
        ];
        expect(stateOf(...parts).otherIds).to.deep.equal([one, two]);
    });
});
