import { expect } from "chai";
import { attributeNames } from "../../../components/model/attributes";
import {
    clusterWithHosts,
    hostProfile,
    hostsOf,
    imageId,
    launchHost,
    namesCluster,
    trustPolicy,
    verdictOn,
} from "../cloud/hostHelpers";
import { eventually, useCloud } from "../cloud/testCloud";
import { productUserData, stepsOf } from "./productHosts";

describe("hosts of the local cloud", () => {
    const cloud = useCloud();

    for (const [generation, image] of [
        [12, "suse-sles-12-sp5-v*-ecs-*"],
        [15, "suse-sles-15-sp6-v*-ecs-*"],
        [16, "suse-sles-16-0-v*-ecs-*"],
    ] as const) {
        it(`SLES ${generation} joins its cluster from the product's user data, with its attributes`, async () => {
            const { ecs } = cloud();
            await ecs.createCluster({ clusterName: "dev" });
            const userData = productUserData({ generation });
            const id = await launchHost(cloud(), { userData, profile: await hostProfile(cloud()), image });
            expect(await verdictOn(cloud(), id)).to.include({ phase: "registered", clusterName: "dev" });
            const [host] = await hostsOf(cloud(), "dev");
            const attributes = new Map(host?.attributes?.map(({ name, value }) => [name, value]));
            expect(attributes.get(attributeNames.generation)).to.equal(String(generation));
            expect(attributes.get(attributeNames.dockerStorage)).to.equal("imageStore");
            expect(await stepsOf(cloud(), id)).to.deep.equal([
                "hold ok",
                "storage ok",
                "configure ok",
                "start ok",
            ]);
        });
    }

    it("joins default where no cluster is configured, and makes it where the role may", async () => {
        const id = await launchHost(cloud(), { profile: await hostProfile(cloud()) });
        expect(await verdictOn(cloud(), id)).to.include({ phase: "registered", clusterName: "default" });
        expect(await hostsOf(cloud(), "default")).to.have.length(1);
    });

    it("does not join without an instance profile, and joins when it gets one", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const id = await launchHost(cloud(), { userData: productUserData() });
        const verdict = await verdictOn(cloud(), id);
        expect(verdict).to.include({ phase: "failed", step: "credentials" });
        expect(verdict.reason).to.include("NoCredentialProviders");
        await cloud().ec2.associateIamInstanceProfile({
            InstanceId: id,
            IamInstanceProfile: { Name: await hostProfile(cloud()) },
        });
        expect(await verdictOn(cloud(), id, ["registered"])).to.include({ clusterName: "dev" });
    });

    it("joins as soon as its role may; a role that does not trust EC2 is of no use", async () => {
        const { ecs, iam } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        await iam.createRole({
            RoleName: "r",
            AssumeRolePolicyDocument: trustPolicy("ecs-tasks.amazonaws.com"),
        });
        await iam.createInstanceProfile({ InstanceProfileName: "p" });
        await iam.addRoleToInstanceProfile({ InstanceProfileName: "p", RoleName: "r" });
        const id = await launchHost(cloud(), { userData: productUserData(), profile: "p" });
        expect((await verdictOn(cloud(), id)).reason).to.include("does not trust ec2.amazonaws.com");
        await iam.updateAssumeRolePolicy({ RoleName: "r", PolicyDocument: trustPolicy("ec2.amazonaws.com") });
        await eventually(
            async () => (await verdictOn(cloud(), id)).reason ?? "",
            (reason) => reason.includes("ecs:RegisterContainerInstance"),
        );
        const Statement = [{ Effect: "Allow", Action: ["ecs:*"], Resource: ["*"] }];
        const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
        await iam.putRolePolicy({ RoleName: "r", PolicyName: "hosts", PolicyDocument });
        expect(await verdictOn(cloud(), id, ["registered"])).to.include({ clusterName: "dev" });
    });

    it("does not join a cluster that does not exist", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const userData = productUserData({ clusterName: "deev" });
        const id = await launchHost(cloud(), { userData, profile: await hostProfile(cloud()) });
        const verdict = await verdictOn(cloud(), id);
        expect(verdict).to.include({ phase: "failed", step: "register" });
        expect(verdict.reason).to.include("ClusterNotFoundException").and.to.include("deev");
        expect(await hostsOf(cloud(), "dev")).to.deep.equal([]);
    });

    it("does not join from an image without the agent", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const image = "suse-sles-15-sp7-v*-hvm-ssd-x86_64";
        const wrong = await imageId(cloud(), "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64");
        expect(wrong).not.to.equal(await imageId(cloud(), image.replace("-hvm", "-ecs-hvm")));
        const id = await launchHost(cloud(), {
            userData: productUserData(),
            profile: await hostProfile(cloud()),
            image: "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64",
        });
        expect(await verdictOn(cloud(), id)).to.include({ phase: "failed", step: "image" });
        expect(await stepsOf(cloud(), id)).to.deep.equal([
            "hold ok",
            "storage ok",
            "configure ok",
            "start failed",
        ]);
    });

    it("does not boot for instances that are gone before they are up", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const id = await launchHost(cloud(), {
            userData: productUserData(),
            profile: await hostProfile(cloud()),
        });
        await cloud().ec2.terminateInstances({ InstanceIds: [id] });
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(await hostsOf(cloud(), "dev")).to.deep.equal([]);
        expect(await verdictOn(cloud(), id, ["terminated"])).to.include({ phase: "terminated" });
    });

    it("looks at nothing while nothing happens, also with a host that keeps trying", async () => {
        const timers = async () =>
            ((await cloud().control("GET", "health")) as { pendingTimers: number }).pendingTimers;
        await clusterWithHosts(cloud(), "dev", 1);
        const id = await launchHost(cloud(), {
            userData: namesCluster("nobody"),
            profile: "ecsInstanceRole",
        });
        expect(await timers()).to.be.greaterThan(0);
        expect(await verdictOn(cloud(), id)).to.include({ step: "register" });
        await eventually(timers, (count) => count === 0);
        await cloud().ec2.describeInstances({});
        expect(await timers()).to.equal(0);
    });
});
