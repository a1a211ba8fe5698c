import { expect } from "chai";
import fc from "fast-check";
import { resourceType } from "../../../local/provider/resources";
import { allTags, difference, type Difference } from "../../../local/provider/schema/difference";
import { inputsFrom } from "../../../local/provider/schema/observe";
import { unknownValue, type Properties, type Tags } from "../../../local/provider/schema/property";

function compare(token: string, old: Properties, wanted: Properties, defaultTags: Tags = {}): Difference {
    const state = { ...old, tagsAll: allTags({}, old["tags"]) };
    return difference(resourceType(token), { inputs: old, state }, wanted, defaultTags);
}

const changed = (found: Difference): string[] => found.changes.map((change) => change.property);
const replacing = (found: Difference): string[] =>
    found.changes.filter((change) => change.replaces).map((change) => change.property);

const role = "aws:iam/role:Role";
const instance = "aws:ec2/instance:Instance";
const group = "aws:ec2/securityGroup:SecurityGroup";

describe("the difference between state and program", () => {
    it("is nothing for the same inputs", () => {
        const inputs = { ami: "ami-1", instanceType: "t3.small", tags: { a: "b" } };
        expect(compare(instance, inputs, inputs).changes).to.deep.equal([]);
    });

    it("is nothing when the program leaves to AWS what AWS has filled in", () => {
        const old = { ami: "ami-1", instanceType: "t3.small", subnetId: "subnet-1" };
        expect(changed(compare(instance, old, { ami: "ami-1", instanceType: "t3.small" }))).to.deep.equal([]);
    });

    it("is nothing when a policy only looks different", () => {
        const policy = (action: unknown): string =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
            });
        const reordered =
            '{"Statement": {"Resource": ["*"], "Action": ["b", "a"], "Effect": "Allow"},\n "Version": "2012-10-17"}';
        const old = { assumeRolePolicy: policy(["a", "b"]) };
        expect(changed(compare(role, old, { assumeRolePolicy: reordered }))).to.deep.equal([]);
        expect(changed(compare(role, old, { assumeRolePolicy: policy("a") }))).to.deep.equal([
            "assumeRolePolicy",
        ]);
    });

    it("is nothing when a set is only in another order", () => {
        fc.assert(
            fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), (ids) => {
                const base = { ami: "ami-1", instanceType: "t3.small" };
                const old = { ...base, vpcSecurityGroupIds: ids };
                const wanted = { ...base, vpcSecurityGroupIds: [...ids].reverse() };
                expect(changed(compare(instance, old, wanted))).to.deep.equal([]);
            }),
        );
    });

    it("replaces where the official provider replaces", () => {
        const old = { ami: "ami-1", instanceType: "t3.small", subnetId: "subnet-1" };
        expect(replacing(compare(instance, old, { ...old, ami: "ami-2" }))).to.deep.equal(["ami"]);
        expect(replacing(compare(instance, old, { ...old, subnetId: "subnet-2" }))).to.deep.equal([
            "subnetId",
        ]);
        expect(replacing(compare(instance, old, { ...old, instanceType: "t3.large" }))).to.deep.equal([]);
    });

    it("replaces for a value that is not known yet", () => {
        const old = { ami: "ami-1", instanceType: "t3.small", subnetId: "subnet-1" };
        expect(replacing(compare(instance, old, { ...old, subnetId: unknownValue }))).to.deep.equal([
            "subnetId",
        ]);
    });

    it("replaces an instance for other user data only when the program wants it so", () => {
        const old = { ami: "ami-1", instanceType: "t3.small", userData: "a" };
        expect(replacing(compare(instance, old, { ...old, userData: "b" }))).to.deep.equal([]);
        const wanted = { ...old, userData: "b", userDataReplaceOnChange: true };
        expect(replacing(compare(instance, old, wanted))).to.deep.equal(["userData"]);
    });

    it("replaces an instance for an encrypted root volume, not for a larger one", () => {
        const root = (more: Properties): Properties => ({
            ami: "ami-1",
            instanceType: "t3.small",
            rootBlockDevice: { volumeSize: 30, ...more },
        });
        expect(replacing(compare(instance, root({}), root({ volumeSize: 40 })))).to.deep.equal([]);
        expect(replacing(compare(instance, root({}), root({ encrypted: true })))).to.deep.equal([
            "rootBlockDevice",
        ]);
    });

    it("deletes first when the name is the program's own, since two cannot have it", () => {
        const old = { name: "mine", vpcId: "vpc-1" };
        expect(compare(group, old, { ...old, vpcId: "vpc-2" }).deleteBeforeReplace).to.equal(true);
        const automatic = { ...old, __defaults: ["name"] };
        expect(compare(group, automatic, { ...automatic, vpcId: "vpc-2" }).deleteBeforeReplace).to.equal(
            false,
        );
        expect(compare(group, old, { ...old, name: "yours" }).deleteBeforeReplace).to.equal(false);
    });

    it("deletes a policy attachment first, whatever its name", () => {
        const old = { role: "a", policyArn: "arn:1" };
        const found = compare("aws:iam/rolePolicyAttachment:RolePolicyAttachment", old, {
            ...old,
            policyArn: "arn:2",
        });
        expect(found.deleteBeforeReplace).to.equal(true);
    });

    it("is seen when only the provider's default tags change", () => {
        const old = { assumeRolePolicy: "{}", tags: { a: "b" } };
        const found = compare(role, old, old, { team: "red" });
        expect(found.changes).to.deep.equal([
            { property: "tagsAll", kind: "update", replaces: false, isInput: false },
        ]);
    });
});

describe("inputs after a refresh", () => {
    const type = resourceType(instance);
    const inputs = { ami: "ami-1", rootBlockDevice: { volumeSize: 30 }, userDataReplaceOnChange: true };
    const state = {
        ...inputs,
        id: "i-1",
        keyName: "",
        privateIp: "10.0.0.5",
        rootBlockDevice: { volumeSize: 30, volumeType: "gp2", volumeId: "vol-1" },
        sourceDestCheck: true,
        userDataReplaceOnChange: true,
    };

    it("are the old ones where nothing drifted", () => {
        expect(inputsFrom(type, { ...state, sourceDestCheck: false }, inputs)).to.deep.equal(inputs);
    });

    it("have what drifted, but not what the program leaves to AWS", () => {
        const drifted = { ...state, rootBlockDevice: { ...state.rootBlockDevice, volumeSize: 40 } };
        expect(inputsFrom(type, drifted, inputs)["rootBlockDevice"]).to.deep.equal({ volumeSize: 40 });
    });

    it("have what somebody added that the program never had", () => {
        const tagged = { ...state, tags: { by: "hand" } };
        expect(inputsFrom(type, tagged, inputs)["tags"]).to.deep.equal({ by: "hand" });
    });

    it("are everything that is set, in an import", () => {
        const imported = inputsFrom(type, state, undefined);
        expect(imported).to.include({ ami: "ami-1", privateIp: "10.0.0.5", sourceDestCheck: true });
        expect(imported).not.to.have.property("keyName");
    });
});
