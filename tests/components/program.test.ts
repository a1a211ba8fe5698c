import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { slesEcsProgram } from "../../components";
import { parseSettings, type ResolvedSettings } from "../../components/model/settings";
import { Recorder } from "../helpers/pulumiMocks";
import { unwrap } from "./environment";

/** Runs the program with the text that Pulumi makes of a stack's settings. */
async function run(config: Readonly<Record<string, string>>, checked?: ResolvedSettings) {
    const recorder = await Recorder.start();
    pulumi.runtime.setAllConfig(config);
    try {
        const outputs = await slesEcsProgram({ checked }).then((made) => unwrap(pulumi.output(made)));
        return { recorder, outputs };
    } catch (error) {
        return { recorder, error };
    } finally {
        await pulumi.runtime.disconnect();
        pulumi.runtime.setAllConfig({});
    }
}

describe("the program", () => {
    it("builds what the settings of its stack say", async () => {
        const { recorder, outputs } = await run({
            "aws:region": "eu-west-1",
            "sles-ecs:clusterName": "shop",
            "sles-ecs:adoptCluster": "false",
            "sles-ecs:basedOn": "",
            "sles-ecs:hosts": '{"mode":"fixed","count":2}',
            "sles-ecs:tags": "{}",
        });
        expect(outputs).to.include({ clusterName: "shop" });
        expect(recorder.ofType("aws:ec2/instance:Instance")).to.have.length(2);
    });

    it("names the commands that change the settings of its stack", async () => {
        const { recorder } = await run({ "aws:region": "eu-west-1" });
        expect(recorder.warnings.join()).to.contain("(lock it: sles-ecs images lock dev)");
    });

    it("has resource names that never change, as they are the resources' identity", async () => {
        const { recorder } = await run({ "sles-ecs:dockerStorage": '{"mode":"volume"}' });
        expect(recorder.inventory()).to.deep.equal([
            "aws:ebs/volume:Volume sles-ecs-hosts-1-docker",
            "aws:ec2/instance:Instance sles-ecs-hosts-1",
            "aws:ec2/securityGroup:SecurityGroup sles-ecs-network-hosts",
            "aws:ec2/volumeAttachment:VolumeAttachment sles-ecs-hosts-1-docker-attachment",
            "aws:ecs/cluster:Cluster sles-ecs-cluster",
            "aws:iam/instanceProfile:InstanceProfile sles-ecs-instance-role-profile",
            "aws:iam/role:Role sles-ecs-instance-role",
            "aws:iam/rolePolicy:RolePolicy sles-ecs-instance-role-policy",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule sles-ecs-network-hosts-egress",
        ]);
    });

    it("makes nothing of other settings than those that were checked", async () => {
        const config = { "sles-ecs:clusterName": "83", "sles-ecs:hosts": '{"count":8}' };
        const { settings: other } = parseSettings({ clusterName: "0123", hosts: { count: 8 } }, "dev");
        const { recorder, error } = await run(config, other);
        expect(recorder.inventory()).to.deep.equal([]);
        expect(pulumi.RunError.isInstance(error)).to.equal(true);
        expect((error as Error).message).to.match(
            /^Pulumi hands over other settings than the ones that were checked: sles-ecs:clusterName; nothing/,
        );
        const { settings: same } = parseSettings({ clusterName: "83", hosts: { count: 8 } }, "dev");
        expect((await run(config, same)).outputs).to.include({ clusterName: "83" });
    });

    it("refuses wrong settings with every problem, before it asks AWS anything", async () => {
        const { recorder, error } = await run({
            "sles-ecs:hosts": '{"cuont":2}',
            "sles-ecs:netwrok": '{"mode":"default"}',
            "sles-ecs:dockerStorage": "{not json",
        });
        expect(pulumi.RunError.isInstance(error)).to.equal(true);
        expect((error as Error).message.split("\n")).to.deep.equal([
            "the settings in Pulumi.dev.yaml cannot be used:",
            "  sles-ecs:netwrok: unknown key netwrok, expected one of clusterName, adoptCluster, basedOn, hosts, hostImage, dockerStorage, agent, capabilities, instanceRole, network, proxy, containerRegistry, lease, hours, tags (did you mean network?)",
            "  sles-ecs:hosts.cuont: unknown key cuont, expected one of mode, count, instanceType, rootVolumeGiB, keyName, packages (did you mean count?)",
            '  sles-ecs:dockerStorage: got "{not json", expected a group of keys',
        ]);
        expect(recorder.calls).to.deep.equal([]);
        expect(recorder.resources).to.deep.equal([]);
    });
});
