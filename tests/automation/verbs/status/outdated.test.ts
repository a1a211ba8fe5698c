import { expect } from "chai";

import { cluster, instance, registered } from "../../../helpers/awsObjects";
import { createFakeAws, ownTags, type FakeAws } from "../../../helpers/fakeAws";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

/** A group at version 5 of its launch template, with hosts of version 3, of version 5, and one that somebody attached. */
function grouped(launchTemplate: { id: string; version: string } | undefined): FakeAws {
    const from = (version: string) => ({
        "aws:ec2launchtemplate:id": "lt-1",
        "aws:ec2launchtemplate:version": version,
    });
    return createFakeAws({
        clusters: [cluster({ registeredHosts: 3 })],
        instances: [
            instance(1, { tags: { ...instance(1).tags, ...from("3") } }),
            instance(2, { tags: { ...instance(2).tags, ...from("5") } }),
            instance(3),
        ],
        containerInstances: { alice: [registered(1), registered(2), registered(3)] },
        groups: [
            {
                ...{ name: "alice-hosts", desired: 3, min: 1, max: 4, tags: ownTags, leaving: false },
                ...{ instanceIds: ["i-1", "i-2", "i-3"], protectedInstanceIds: [], suspendedProcesses: [] },
                launchTemplate,
            },
        ],
    });
}

function status(argv: readonly string[], launchTemplate?: { id: string; version: string }) {
    const settings = "config:\n    sles-ecs:hosts: { mode: autoScaling, min: 1, max: 4 }\n";
    const group = { type: "aws:autoscaling/group:Group", name: "sles-ecs-hosts-group", id: "alice-hosts" };
    return play(["status", "alice", ...argv], {
        directory: makeProject({ "Pulumi.alice.yaml": settings }),
        stacks: { alice: { resources: [group], outputs: { clusterName: "alice" } } },
        aws: grouped(launchTemplate),
    });
}

describe("status of a group whose launch template has changed", () => {
    after(removeFolders);

    it("shows which hosts were launched from an older version", async () => {
        const { transcript } = await status([], { id: "lt-1", version: "5" });
        expectGolden("status/outdated.txt", transcript);
    });

    it("tells scripts both versions", async () => {
        const { context } = await status(["-o", "json"], { id: "lt-1", version: "5" });
        const { hosts } = JSON.parse(context.io.out()) as {
            readonly hosts: readonly { readonly launchTemplate?: unknown }[];
        };
        expect(hosts.map(({ launchTemplate }) => launchTemplate)).to.deep.equal([
            { version: "3", groupVersion: "5", isCurrent: false },
            { version: "5", groupVersion: "5", isCurrent: true },
            undefined,
        ]);
    });

    it("tells a template that was made anew from one of the same version", async () => {
        const { context } = await status([], { id: "lt-2", version: "3" });
        expect(context.io.out()).to.contain("i-1: outdated:");
    });

    it("calls no host outdated where the group follows its template by itself", async () => {
        const { context } = await status([]);
        expect(context.io.out()).to.contain("3 of 3 hosts ready").and.not.contain("outdated");
    });
});
