import { expect } from "chai";
import { resourceType } from "../../../local/provider/resources";
import { checkInputs, type Checked } from "../../../local/provider/schema/check";
import type { Naming } from "../../../local/provider/schema/naming";
import { unknownValue, type Properties } from "../../../local/provider/schema/property";

const naming: Naming = {
    resourceName: "web",
    oldInputs: {},
    seed: new Uint8Array([1, 2, 3]),
    policy: undefined,
};

function check(token: string, inputs: Properties, how: Partial<Naming> = {}): Checked {
    return checkInputs(resourceType(token), inputs, { ...naming, ...how });
}

const volume = "aws:ebs/volume:Volume";
const cluster = "aws:ecs/cluster:Cluster";
const instance = "aws:ec2/instance:Instance";

describe("checking inputs", () => {
    it("names an unknown property and the type it is not of", () => {
        const { problems } = check(volume, { availabilityZone: "us-east-1a", size: 1, colour: "blue" });
        expect(problems.map((problem) => problem.property)).to.deep.equal(["colour"]);
        expect(problems[0]?.reason).to.match(
            /^unknown property "colour" of aws:ebs\/volume:Volume: .*\bsize\b/,
        );
    });

    it("says once what the local cloud's provider serves, however many properties it does not know", () => {
        const { problems } = check("aws:ec2/routeTable:RouteTable", {
            vpcId: "vpc-1",
            routes: [],
            colour: "blue",
        });
        expect(problems).to.deep.equal([
            {
                property: "routes",
                reason:
                    'unknown properties "routes", "colour" of aws:ec2/routeTable:RouteTable: the local cloud\'s ' +
                    "provider does not know them, even where AWS does; it serves region, tags, vpcId",
            },
        ]);
    });

    it("names an unknown property inside a block by its path", () => {
        const given = { ami: "ami-1", instanceType: "t3.small", rootBlockDevice: { volumeSise: 30 } };
        expect(check(instance, given).problems[0]?.property).to.equal("rootBlockDevice.volumeSise");
    });

    it("names a missing property, also inside a list", () => {
        expect(check(volume, { size: 1 }).problems.map(({ property }) => property)).to.deep.equal([
            "availabilityZone",
        ]);
        const given = { settings: [{ name: "containerInsights" }] };
        expect(check(cluster, given).problems.map(({ property }) => property)).to.deep.equal([
            "settings[0].value",
        ]);
    });

    it("says what it got and what it expected when the kind of value is wrong", () => {
        const { problems } = check(volume, { availabilityZone: "us-east-1a", size: "big" });
        expect(problems[0]?.reason).to.equal(
            'property "size" of aws:ebs/volume:Volume: got "big", expected a whole number',
        );
    });

    it("takes numbers and booleans that are written as text, as the official provider does", () => {
        const { inputs } = check(volume, { availabilityZone: "us-east-1a", size: "10", encrypted: "true" });
        expect(inputs).to.include({ size: 10, encrypted: true });
    });

    it("lets pass what is not known yet", () => {
        const { inputs, problems } = check(volume, { availabilityZone: unknownValue, size: unknownValue });
        expect(problems).to.deep.equal([]);
        expect(inputs).to.include({ availabilityZone: unknownValue, size: unknownValue });
    });

    it("fills in defaults", () => {
        const { inputs } = check("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
        expect(inputs).to.deep.equal({
            cidrBlock: "10.0.0.0/16",
            enableDnsSupport: true,
        });
    });

    it("leaves out what the program sets to null", () => {
        expect(check(cluster, { name: "mine", tags: null }).inputs).to.deep.equal({ name: "mine" });
    });
});

describe("automatic names", () => {
    it("are the resource's name and seven hex digits", () => {
        expect(check(cluster, {}).inputs["name"]).to.match(/^web-[0-9a-f]{7}$/);
    });

    it("are the same for the same seed, and others for another", () => {
        const name = (seed: number[]): unknown =>
            check(cluster, {}, { seed: new Uint8Array(seed) }).inputs["name"];
        expect(name([1])).to.equal(name([1]));
        expect(name([1])).not.to.equal(name([2]));
    });

    it("stay what they are in the state", () => {
        const { inputs } = check(cluster, {}, { seed: new Uint8Array([1]) });
        const again = check(cluster, {}, { seed: new Uint8Array([9]), oldInputs: inputs });
        expect(again.inputs["name"]).to.equal(inputs["name"]);
    });

    it("do not stay when the name in the state was the program's own", () => {
        const again = check(cluster, {}, { oldInputs: { name: "given" } });
        expect(again.inputs["name"]).to.match(/^web-[0-9a-f]{7}$/);
    });

    it("are cut to what AWS takes", () => {
        const trust = { assumeRolePolicy: "{}" };
        const name = check("aws:iam/role:Role", trust, { resourceName: "r".repeat(100) }).inputs["name"];
        expect(name).to.have.lengthOf(64);
    });

    it("are not made where the program gives a name", () => {
        expect(check(cluster, { name: "mine" }).inputs["name"]).to.equal("mine");
    });

    it("follow the stack's naming settings", () => {
        const enforced = { mode: "enforce", proposedName: "web-of-alice" } as const;
        expect(check(cluster, {}, { policy: enforced }).inputs["name"]).to.equal("web-of-alice");
        const disabled = { mode: "disable", proposedName: "" } as const;
        const { inputs, problems } = check(cluster, {}, { policy: disabled });
        expect(inputs["name"]).to.equal(undefined);
        expect(problems.map((problem) => problem.reason)).to.deep.equal([
            'missing property "name" of aws:ecs/cluster:Cluster',
        ]);
    });
});
