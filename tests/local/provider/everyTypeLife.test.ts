import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import { resourceTypes } from "../../../local/provider/resources";
import { drifts, gone } from "./support/drifts";
import { everyType, type Phase } from "./support/everyType";
import { changes, run, stateOf } from "./support/operations";
import { startWorld, type World } from "./support/world";

/** What only its tags tell apart, or nothing at all: an update has nothing to do there. */
const unchangedByUpdate = ["attachment", "bare", "other", "spare", "volumeAttachment"];

/** Never replaced in the program of these tests: a VPC, what hangs on it alone, an address, and what only its tags tell apart. */
const neverReplaced = ["eip", "gateway", "group", "other", "retagged", "subnet", "table", "trimmed", "vpc"];

const replacement = ["create-replacement", "delete-replaced", "replace"];

describe("every resource type of the local provider", () => {
    let world: World;
    let stack: Stack;
    let phase: Phase = "first";

    before(async () => {
        world = await startWorld();
        stack = await world.stack("every-type", () => everyType(phase));
    });
    after(async () => {
        await world.close();
    });

    it("is in the program of these tests", async () => {
        await stack.up();
        const types = new Set([...(await stateOf(stack)).values()].map((resource) => resource.type));
        expect([...types].filter((type) => type.startsWith("aws:"))).to.have.members(
            resourceTypes.map((type) => type.token),
        );
    });

    it("shows no change in a preview after it was made", async () => {
        expect(changes(await run(stack, "preview"))).to.deep.equal({});
    });

    it("shows no change in a refresh after it was made", async () => {
        expect(changes(await run(stack, "refresh"))).to.deep.equal({});
        expect(changes(await run(stack, "preview"))).to.deep.equal({});
    });

    it("is updated in place, then shows no change", async () => {
        phase = "updated";
        const done = changes(await run(stack, "up"));
        const names = [...(await stateOf(stack)).keys()].filter(
            (name) => !/^(every-type|default|provider-test)/.test(name),
        );
        const expected = names.filter((name) => !unchangedByUpdate.includes(name));
        expect(done).to.deep.equal(Object.fromEntries(expected.map((name) => [name, ["update"]])));
        expect(changes(await run(stack, "preview"))).to.deep.equal({});
        expect(changes(await run(stack, "refresh"))).to.deep.equal({});
    });

    it("drifts, is seen to by refresh, and put right by the next update", async () => {
        const state = await stateOf(stack);
        for (const drift of Object.values(drifts)) {
            await drift(world.aws, state);
        }
        const seen = changes(await run(stack, "refresh"));
        const expected = Object.keys(drifts).map((name) => [
            name,
            [gone.includes(name) ? "delete" : "update"],
        ]);
        expect(seen).to.deep.equal(Object.fromEntries(expected));
        const repaired = changes(await run(stack, "up"));
        expect(repaired).to.include.keys(Object.keys(drifts));
        expect(changes(await run(stack, "preview"))).to.deep.equal({});
        expect(changes(await run(stack, "refresh"))).to.deep.equal({});
    });

    it("is replaced where a change cannot be made in place, then shows no change", async () => {
        phase = "replaced";
        const done = changes(await run(stack, "up"));
        const names = [...(await stateOf(stack)).keys()].filter(
            (name) => !/^(every-type|default|provider-test)/.test(name),
        );
        for (const name of names.filter((candidate) => !neverReplaced.includes(candidate))) {
            expect(done[name], name).to.include.members(replacement);
        }
        expect(Object.keys(done)).to.have.members(names.filter((name) => !neverReplaced.includes(name)));
        expect(changes(await run(stack, "preview"))).to.deep.equal({});
        expect(changes(await run(stack, "refresh"))).to.deep.equal({});
    });

    it("is gone after destroy", async () => {
        await stack.destroy();
        const { ec2, ecs, iam, autoScaling } = world.aws;
        const running = {
            Filters: [{ Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] }],
        };
        expect((await ec2.describeInstances(running)).Reservations).to.deep.equal([]);
        // Untagged are the root volumes of the group's instances, which moto does not delete with them.
        const tagged = { Filters: [{ Name: "tag-key", Values: ["phase"] }] };
        expect((await ec2.describeVolumes(tagged)).Volumes).to.deep.equal([]);
        expect((await ec2.describeAddresses({})).Addresses).to.deep.equal([]);
        expect((await ec2.describeLaunchTemplates({})).LaunchTemplates).to.deep.equal([]);
        const own = { Filters: [{ Name: "cidr", Values: ["10.7.0.0/16"] }] };
        expect((await ec2.describeVpcs(own)).Vpcs).to.deep.equal([]);
        expect((await autoScaling.describeAutoScalingGroups({})).AutoScalingGroups).to.deep.equal([]);
        expect(
            (await ecs.describeClusters({ clusters: ["another"] })).clusters?.[0]?.status ?? "INACTIVE",
        ).to.equal("INACTIVE");
        expect((await iam.listRoles({})).Roles).to.deep.equal([]);
        expect((await iam.listInstanceProfiles({})).InstanceProfiles).to.deep.equal([]);
    });
});
