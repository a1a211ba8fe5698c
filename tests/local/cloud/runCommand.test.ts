import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";
import type { Aws } from "../../../automation/ports/awsServices";
import { hostLogsCommand } from "../../../components/model/hostCommands/hostLogs";
import { moveHostCommand } from "../../../components/model/hostCommands/moveHost";
import { startAgentCommand } from "../../../components/model/hostCommands/startAgent";
import { ssmPolicy } from "../../../components/model/iam/ssmPolicy";
import { renderUserData, type HostFacts } from "../../../components/model/userData";
import { localCloudEnvironment } from "../../../local";
import { consoleOf, hostProfile, hostsOf, launchHost, namesCluster, verdictOn } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

const script = { text: startAgentCommand, comment: "start", timeoutSeconds: 60 };

function userData(changes: Partial<HostFacts> = {}): string {
    return renderUserData({
        clusterName: "dev",
        generation: 15,
        storage: { mode: "imageStore" },
        ...changes,
    });
}

describe("Run Command on the local cloud", () => {
    const cloud = useCloud();
    let aws: Aws;

    beforeEach(() => {
        aws = connectAws({ env: localCloudEnvironment(cloud().info) });
    });

    /** The profile for hosts, whose role lets Systems Manager in. */
    async function managedProfile(): Promise<string> {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const name = await hostProfile(cloud());
        await cloud().iam.putRolePolicy({
            RoleName: name,
            PolicyName: "ssm",
            PolicyDocument: JSON.stringify(ssmPolicy),
        });
        return name;
    }

    /** Waits until a script is over on a host. */
    async function ended(commandId: string, instanceId: string) {
        await eventually(
            () => aws.ssm.invocations(commandId),
            ([one]) => one?.status === "Success" || one?.status === "Failed",
        );
        const [{ status } = { status: "" }] = await aws.ssm.invocations(commandId);
        return { status, ...(await aws.ssm.invocationOutput(commandId, instanceId)) };
    }

    it("reaches hosts whose image has the SSM agent, and whose role lets it in", async () => {
        const profile = await managedProfile();
        const good = await launchHost(cloud(), { profile, userData: userData() });
        const sles16 = await launchHost(cloud(), {
            profile,
            image: "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64",
            userData: userData({ generation: 16 }),
        });
        const bare = await launchHost(cloud(), { userData: userData() });
        const nodes = await eventually(
            () => aws.ssm.managedNodes([good, sles16, bare]),
            (list) => list.length > 0,
        );
        expect(nodes.map(({ instanceId, pingStatus }) => [instanceId, pingStatus])).to.deep.equal([
            [good, "Online"],
        ]);
        expect(
            await errorOf(aws.ssm.runShellScript([good, sles16], script)),
            "one that is not reached keeps the command from all",
        ).to.equal("AppError");
    });

    it("is without a host that its role does not let it reach any more, and remembers it", async () => {
        const profile = await managedProfile();
        const id = await launchHost(cloud(), { profile, userData: userData() });
        await eventually(
            () => aws.ssm.managedNodes([id]),
            ([one]) => one?.pingStatus === "Online",
        );
        await cloud().iam.deleteRolePolicy({ RoleName: profile, PolicyName: "ssm" });
        const [node] = await aws.ssm.managedNodes([id]);
        expect(node?.pingStatus).to.equal("ConnectionLost");
    });

    it("starts a bootstrap again that waited in vain for a volume, without a boot", async () => {
        const profile = await managedProfile();
        await cloud().control("POST", "settings", { volumeWaitSeconds: 0.2 });
        const storage = { mode: "volume", deviceName: "/dev/sdf" } as const;
        const id = await launchHost(cloud(), { profile, userData: userData({ storage }) });
        expect(await verdictOn(cloud(), id)).to.include({ phase: "failed", step: "storage" });
        const vain = await ended(await aws.ssm.runShellScript([id], script), id);
        expect(vain).to.include({ status: "Failed", exitCode: 1, output: "" });
        expect(vain.errors).to.match(/\/dev\/sdf.* was not attached within/);
        const { Reservations } = await cloud().ec2.describeInstances({ InstanceIds: [id] });
        const AvailabilityZone = Reservations?.[0]?.Instances?.[0]?.Placement?.AvailabilityZone;
        const { VolumeId } = await cloud().ec2.createVolume({ AvailabilityZone, Size: 20 });
        await cloud().ec2.attachVolume({ VolumeId, InstanceId: id, Device: "/dev/sdf" });
        expect((await verdictOn(cloud(), id)).phase, "nobody has told it").to.equal("failed");
        const done = await ended(await aws.ssm.runShellScript([id], script), id);
        expect(done).to.include({ status: "Success", exitCode: 0 });
        expect((await verdictOn(cloud(), id, ["registered"])).phase, "a little after its agent").to.equal(
            "registered",
        );
        expect((await hostsOf(cloud(), "dev")).map(({ ec2InstanceId }) => ec2InstanceId)).to.deep.equal([id]);
        const console = await consoleOf(cloud(), id);
        expect(console.match(/Linux version/g), "one boot").to.have.lengthOf(1);
        expect(console.match(/step=hold result=ok/g), "three runs of its bootstrap").to.have.lengthOf(3);
    });

    it("brings a host to another cluster, where it stays after a boot, and leaves its old registration to be taken away", async () => {
        const profile = await managedProfile();
        await cloud().ecs.createCluster({ clusterName: "batch" });
        const id = await launchHost(cloud(), { profile, userData: userData() });
        expect((await verdictOn(cloud(), id)).clusterName).to.equal("dev");
        const text = moveHostCommand("batch");
        const done = await ended(await aws.ssm.runShellScript([id], { ...script, text }), id);
        expect(done.status).to.equal("Success");
        await eventually(
            () => hostsOf(cloud(), "batch"),
            ([one]) => one?.agentConnected === true,
        );
        const [old] = await hostsOf(cloud(), "dev");
        expect(old?.agentConnected).to.equal(false);
        await aws.ecs.deregister("dev", old?.containerInstanceArn ?? "");
        expect((await verdictOn(cloud(), id)).phase).to.equal("registered");
        await cloud().ec2.rebootInstances({ InstanceIds: [id] });
        await eventually(
            () => hostsOf(cloud(), "batch"),
            ([one]) => one?.agentConnected === true,
        );
        expect(await hostsOf(cloud(), "dev")).to.deep.equal([]);
    });

    it("moves no host that has no bootstrap, as nothing there would keep it in the other cluster", async () => {
        const profile = await managedProfile();
        const id = await launchHost(cloud(), { profile, userData: namesCluster("dev") });
        expect((await verdictOn(cloud(), id)).clusterName).to.equal("dev");
        const text = moveHostCommand("batch");
        const answer = await ended(await aws.ssm.runShellScript([id], { ...script, text }), id);
        expect(answer).to.include({ status: "Failed", errors: "this host has no bootstrap of sles-ecs\n" });
        expect((await hostsOf(cloud(), "dev")).map((one) => one.agentConnected)).to.deep.equal([true]);
    });

    it("prints the logs of a host: of its boots, or of its agent", async () => {
        const profile = await managedProfile();
        const id = await launchHost(cloud(), { profile, userData: userData() });
        expect((await verdictOn(cloud(), id)).phase).to.equal("registered");
        const print = async (text: string): Promise<readonly string[]> => {
            const { output = "" } = await ended(await aws.ssm.runShellScript([id], { ...script, text }), id);
            return output.trimEnd().split("\n");
        };
        const boots = await print(hostLogsCommand("boot", 200));
        expect(boots.map((line) => /step=(\w+) result=ok/.exec(line)?.[1])).to.deep.equal([
            ...["hold", "storage", "configure", "start"],
        ]);
        const agent = await print(hostLogsCommand("agent", 200));
        expect(agent.at(-1)).to.contain("Connected to ACS endpoint");
        expect(agent.filter((line) => line.includes("sles-ecs-bootstrap"))).to.deep.equal([]);
        expect(await print(hostLogsCommand("agent", 1))).to.have.lengthOf(1);
    });

    it("takes the end of a command that it knows, and of no other", async () => {
        const id = await launchHost(cloud(), { profile: await managedProfile(), userData: userData() });
        await eventually(
            () => aws.ssm.managedNodes([id]),
            ([one]) => one?.pingStatus === "Online",
        );
        const sent = await aws.ssm.runShellScript([id], script);
        await aws.ssm.cancelCommand(sent);
        expect(await ended(sent, id), "as SSM gives no guarantee").to.include({ status: "Success" });
        const unknown = "00000000-0000-0000-0000-000000000000";
        expect(await errorOf(aws.ssm.cancelCommand(unknown))).to.equal("AppError");
    });

    it("has no shell for what is no command of ours, and says so", async () => {
        const profile = await managedProfile();
        const id = await launchHost(cloud(), { profile, userData: userData() });
        await eventually(
            () => aws.ssm.managedNodes([id]),
            (list) => list.length === 1,
        );
        const sent = await aws.ssm.runShellScript([id], { ...script, text: "uptime" });
        const answer = await ended(sent, id);
        expect(answer).to.include({ status: "Failed", exitCode: 127, output: "" });
        expect(answer.errors).to.contain("have no shell");
    });
});
