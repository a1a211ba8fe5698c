import { expect } from "chai";

import { requireNothingLeft } from "../../../automation/teardown/view";
import { AppError } from "../../../automation/errors/appError";
import type { Aws } from "../../../automation/ports/awsServices";
import { renderLine } from "../../../components/model/commandLine";
import { tagKeys } from "../../../components/model/tags";
import { cluster, host, instance, registered } from "../../helpers/awsObjects";
import { createFakeAws, owner, ownTags, stack } from "../../helpers/fakeAws";
import { gather, refusals } from "./gatherCase";

describe("gatherEvidence", () => {
    it("removes what carries the environment's id and the engine did not know, hosts first and networks last", async () => {
        const fake = createFakeAws({
            instances: [instance(1)],
            ec2Resources: [
                { id: "vpc-1", type: "vpc", leaving: false },
                { id: "sg-1", type: "security-group", leaving: false },
                { id: "lt-1", type: "launch-template", leaving: false },
            ],
            roles: { "sles-ecs-alice-eu-central-1-a11ce000": ownTags },
        });
        const { evidence } = await gather(fake);
        expect(fake.changes).to.deep.equal([
            "remove i-1",
            "remove lt-1",
            "remove sg-1",
            "remove vpc-1",
            "removeRole sles-ecs-alice-eu-central-1-a11ce000",
        ]);
        expect(evidence.left).to.deep.equal([]);
        expect(evidence.removed[1]).to.deep.include({ id: "i-1", reason: "it was not in the state" });
    });

    it("removes nothing that only has the name of its stack, and tells why AWS does not let go of its own", async () => {
        const vpc = { id: "vpc-1", type: "vpc", leaving: false };
        const older = createFakeAws({ ec2Resources: [vpc] });
        const { evidence } = await gather(older, { owner: { environment: "alice", stack } });
        expect(older.changes).to.deep.equal([]);
        expect(evidence.left.map(({ id }) => id)).to.deep.equal(["vpc-1"]);
        const used = new AppError("AWS_FAILED", { message: "DependencyViolation, vpc-1 has dependencies" });
        const held = await gather(createFakeAws({ ec2Resources: [vpc], errors: { "ec2.remove": used } }));
        expect(held.evidence.left).to.deep.equal([
            { type: "ec2:vpc", name: "vpc-1", id: "vpc-1", reason: used.message },
        ]);
        expect(held.seconds, "time for what holds it to go").to.be.within(120, 131);
    });

    it("does not wait for an instance that somebody has protected, and says how to let it go", async () => {
        const protectedOne = new AppError("AWS_FAILED", {
            message:
                "ec2:TerminateInstances failed: OperationNotPermitted, The instance 'i-0a1' may not be terminated. Modify its 'disableApiStop' instance attribute and try again.",
        });
        const ec2Resources = [{ id: "i-0a1", type: "instance", leaving: false }];
        const { evidence, seconds } = await gather(
            createFakeAws({ ec2Resources, errors: { "ec2.remove": protectedOne } }),
        );
        expect(seconds).to.be.below(120);
        try {
            requireNothingLeft({ alreadyGone: false, evidence });
            expect.fail("nothing was said of the instance");
        } catch (error) {
            expect((error as AppError).code).to.equal("LEFT_BEHIND");
            expect(renderLine((error as AppError).hint ?? "")).to.equal(
                "aws ec2 modify-instance-attribute --no-disable-api-stop --instance-id i-0a1, then: sles-ecs destroy alice",
            );
        }
    });

    it("records what went in its order, and that nothing is left", async () => {
        const engine = { type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "alice" };
        const { evidence } = await gather(createFakeAws(), { deletedByEngine: [engine] });
        expect(evidence).to.deep.equal({
            kind: "evidence",
            verb: "destroy",
            environment: "alice",
            stack,
            stackId: owner.stackId,
            accountId: "123456789012",
            region: "eu-central-1",
            startedAt: "2026-11-23T09:59:00.000Z",
            finishedAt: "2026-11-23T10:00:00.000Z",
            verdict: "gone",
            finished: true,
            before: [],
            steps: [],
            removed: [{ type: "ecs:service", name: "web", id: "arn:web" }, engine],
            after: [],
            kept: [],
            left: [],
            unseen: [],
        });
    });

    it("lists hosts and volumes that went with others, but none that somebody deleted by name or that is there", async () => {
        const volume = (id: string) => ({ volumeId: id, name: id, sizeGiB: 20, keep: false });
        const fake = createFakeAws({
            ec2Resources: [{ id: "vol-left", type: "volume", leaving: false }],
            errors: refusals,
        });
        const { evidence } = await gather(fake, {
            survey: {
                hosts: [host(1), host(2)],
                volumes: [volume("vol-gone"), volume("vol-left"), volume("vol-deleted")],
            },
            deletedByEngine: [
                { type: "aws:ec2/instance:Instance", name: "sles-ecs-hosts-1", id: "i-1" },
                { type: "aws:ebs/volume:Volume", name: "sles-ecs-docker-1", id: "vol-deleted" },
            ],
        });
        expect(evidence.removed.slice(3)).to.deep.equal([
            { type: "ec2:instance", name: "alice-host-2", id: "i-2", reason: "went with its group" },
            { type: "ec2:volume", name: "vol-gone", id: "vol-gone", reason: "went with its host" },
        ]);
        expect(evidence.left.map((item) => item.id)).to.deep.equal(["vol-left"]);
    });

    it("lists as left whatever still carries the tag and does not go, of every kind", async () => {
        const fake = createFakeAws({
            errors: refusals,
            clusters: [cluster()],
            ec2Resources: [{ id: "sg-1", type: "security-group", leaving: false }],
            capacityProviders: [{ arn: "arn:aws:ecs:eu-central-1:1:capacity-provider/alice", tags: ownTags }],
            groups: [
                {
                    name: "alice-hosts",
                    desired: 1,
                    min: 0,
                    max: 1,
                    instanceIds: [],
                    suspendedProcesses: [],
                    protectedInstanceIds: [],
                    leaving: false,
                    tags: ownTags,
                },
            ],
            roles: { "sles-ecs-alice": ownTags, "alice-of-others": {} },
            instanceProfiles: { "custom-name": ownTags },
            tagged: [
                { arn: "arn:aws:logs:eu-central-1:1:log-group/alice", tags: ownTags },
                { arn: "arn:aws:ec2:eu-central-1:1:vpc/vpc-forgotten", tags: ownTags },
            ],
        });
        const profile = {
            type: "aws:iam/instanceProfile:InstanceProfile",
            name: "profile",
            id: "custom-name",
        };
        const { evidence, seconds } = await gather(fake, { deletedByEngine: [profile] });
        expect(evidence.left.map((item) => [item.type, item.name])).to.have.deep.members([
            ["ec2:security-group", "sg-1"],
            ["ecs:cluster", "alice"],
            ["ecs:capacity-provider", "alice"],
            ["autoscaling:group", "alice-hosts"],
            ["iam:role", "sles-ecs-alice"],
            ["iam:instance-profile", "custom-name"],
            ["logs:resource", "alice"],
        ]);
        expect(seconds, "the tagging API gets time to catch up").to.be.within(120, 131);
    });

    it("lists a volume to be kept as kept, not as left, nor as removed where the engine let go of it", async () => {
        const tags = { ...ownTags, [tagKeys.name]: "alice-docker-1", [tagKeys.keep]: "true" };
        const fake = createFakeAws({
            ec2Resources: [{ id: "vol-1", type: "volume", leaving: false }],
            volumes: [{ id: "vol-1", sizeGiB: 100, tags }],
        });
        const letGo = { type: "aws:ebs/volume:Volume", name: "sles-ecs-hosts-1-docker", id: "vol-1" };
        const { evidence } = await gather(fake, { deletedByEngine: [letGo] });
        expect(evidence.left).to.deep.equal([]);
        expect(evidence.kept).to.deep.equal([
            { type: "ec2:volume", name: "alice-docker-1", id: "vol-1", reason: "keepOnDestroy" },
        ]);
        expect(evidence.removed.map(({ id }) => id)).to.deep.equal(["arn:web"]);
    });

    it("lists copies that backups made of tagged volumes and hosts as kept, and types it does not know as left", async () => {
        const resources = [
            { id: "snap-1", type: "snapshot" },
            { id: "ami-1", type: "image" },
            { id: "fleet-1", type: "fleet" },
        ];
        const fake = createFakeAws({ ec2Resources: resources.map((one) => ({ ...one, leaving: false })) });
        const { evidence, seconds } = await gather(fake);
        expect(evidence.kept).to.deep.equal([
            {
                type: "ec2:snapshot",
                name: "snap-1",
                id: "snap-1",
                reason: "a snapshot with copied tags, as backups make them; not made by this environment",
            },
            {
                type: "ec2:image",
                name: "ami-1",
                id: "ami-1",
                reason: "an image with copied tags, as backups make them; not made by this environment",
            },
        ]);
        expect(evidence.left.map((item) => item.id)).to.deep.equal(["fleet-1"]);
        expect(seconds).to.equal(0);
    });

    it("finishes for a caller who may read neither capacity providers nor the cluster default", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed" });
        const fake = createFakeAws({ errors: { "ecs.capacityProviders": denied } });
        const refuseDefault = (aws: Aws): Aws => ({
            ...aws,
            ecs: {
                ...aws.ecs,
                containerInstances: (name) =>
                    name === "default" ? Promise.reject(denied) : aws.ecs.containerInstances(name),
            },
        });
        const { evidence, recorded } = await gather({ ...fake, aws: refuseDefault(fake.aws) });
        expect(evidence.left).to.deep.equal([]);
        expect(recorded.notes).to.deep.equal([
            "warning: could not look for hosts in cluster default: not allowed",
            "warning: could not look for capacity providers: not allowed",
        ]);
        expect(evidence.verdict).to.equal("unseen");
        expect(evidence.unseen).to.deep.equal([
            { what: "hosts in cluster default", reason: "not allowed" },
            { what: "capacity providers", reason: "not allowed" },
        ]);
    });

    it("does not take a failed look into its own cluster for nothing", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed" });
        const failing = gather(createFakeAws({ errors: { "ecs.containerInstances": denied } }));
        expect(await failing.catch((error: unknown) => error)).to.equal(denied);
    });

    it("waits for what is on its way out, and for nothing else", async () => {
        const leaving = { id: "i-1", type: "instance", leaving: true };
        const staying = { id: "sg-1", type: "security-group", leaving: false };
        const errors = refusals;
        const going = await gather(createFakeAws({ ec2Resources: [leaving, staying], errors }), {
            onSleep: (seconds, state) => {
                state.ec2Resources = seconds >= 30 ? [staying] : state.ec2Resources;
            },
        });
        expect(going.evidence.left.map((item) => item.id)).to.deep.equal(["sg-1"]);
        expect(going.seconds).to.be.within(30, 41);
        const stuck = await gather(createFakeAws({ ec2Resources: [staying], errors }));
        expect(stuck.seconds).to.equal(0);
    });

    it("deregisters ghosts in its cluster and in default, and leaves strangers alone", async () => {
        const ghost = registered(1, { clusterName: "default", arn: "arn:ghost" });
        const stranger = registered(9, { clusterName: "default", arn: "arn:stranger" });
        const fake = createFakeAws({
            instances: [instance(1, { state: "terminated" }), instance(2)],
            containerInstances: { default: [ghost, stranger], alice: [registered(2)] },
            ec2Resources: [{ id: "i-2", type: "instance", leaving: false }],
        });
        const { evidence } = await gather(fake, { survey: { hosts: [host(1), host(2)] } });
        expect(fake.changes).to.deep.equal(["deregister arn:ghost", "remove i-2"]);
        expect(evidence.removed[1]).to.deep.equal({
            type: "ecs:container-instance",
            name: "i-1",
            id: "arn:ghost",
            reason: "its EC2 instance was gone",
        });
    });

    it("finds a host again that somebody took the tags from", async () => {
        const { evidence } = await gather(createFakeAws({ instances: [instance(1, { tags: {} })] }), {
            survey: { hosts: [host(1)] },
        });
        expect(evidence.left).to.deep.equal([
            { type: "ec2:instance", name: "i-1", id: "i-1", reason: "it has lost its tags, but it is there" },
        ]);
        expect(evidence.removed.map((item) => item.id)).not.to.include("i-1");
    });

    it("does not call an adopted cluster left behind", async () => {
        const { evidence } = await gather(createFakeAws({ clusters: [cluster()] }), { adopted: true });
        expect(evidence.left).to.deep.equal([]);
    });

    it("warns once of what it may not look for, but never takes a failed look at EC2 or ECS for nothing", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call iam:ListRoles" });
        const { recorded } = await gather(createFakeAws({ errors: { "iam.roles": denied } }));
        expect(recorded.notes).to.deep.equal([
            "warning: could not look for IAM roles: not allowed to call iam:ListRoles",
        ]);
        const failing = gather(createFakeAws({ errors: { "ec2.resources": denied } }));
        expect(await failing.catch((error: unknown) => error)).to.equal(denied);
    });
});
