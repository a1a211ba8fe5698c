import fs from "node:fs";
import path from "node:path";

import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";

import { stackIdOf, tagsOf } from "../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../helpers/project";
import { useCloud } from "../cloud/testCloud";
import { Alice } from "./onCloud";

interface Listed {
    readonly environments: readonly {
        readonly environment: string;
        readonly state: string;
        readonly resources?: readonly { readonly type: string; readonly id: string }[];
    }[];
}

describe("an environment of which one part of a service is left", () => {
    const cloud = useCloud();
    afterEach(removeFolders);

    const tags = { ...tagsOf("alice"), "sles-ecs:service": "web" };
    const tagList = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const name = `sles-ecs-${stackIdOf("alice").slice(0, 8)}-web`;
    const balancing = (): ElasticLoadBalancingV2 =>
        new ElasticLoadBalancingV2({
            endpoint: cloud().info.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        });
    const vpcId = async (): Promise<string> => {
        const { Vpcs: [vpc] = [] } = await cloud().ec2.describeVpcs({});
        return vpc?.VpcId ?? "";
    };

    const parts: Readonly<Record<string, () => Promise<unknown>>> = {
        "elasticloadbalancing:loadbalancer": async () => {
            const { Subnets = [] } = await cloud().ec2.describeSubnets({});
            const subnets = Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId);
            await balancing().createLoadBalancer({ Name: name, Subnets: subnets, Tags: tagList });
        },
        "elasticloadbalancing:targetgroup": async () => {
            await balancing().createTargetGroup({
                ...{ Name: name, Protocol: "HTTP", Port: 80, VpcId: await vpcId() },
                Tags: tagList,
            });
        },
        "ec2:security-group": async () => {
            await cloud().ec2.createSecurityGroup({
                ...{ GroupName: name, Description: "of web", VpcId: await vpcId() },
                TagSpecifications: [{ ResourceType: "security-group", Tags: tagList }],
            });
        },
        "ecs:task-definition": async () => {
            await cloud().ecs.registerTaskDefinition({
                family: `sles-ecs-service-${stackIdOf("alice").slice(0, 8)}-web`,
                containerDefinitions: [{ name: "app", image: "registry.suse.com/suse/nginx", memory: 64 }],
                tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
            });
        },
    };

    for (const [type, make] of Object.entries(parts)) {
        it(`${type} is found by orphans, removed by the id, and proven gone`, async () => {
            await make();
            // Its state is gone: this backend knows no environment.
            const nobody = new Alice(cloud(), { stacks: {} });
            const listed = await nobody.play("orphans", "--region", "us-east-1", "-o", "json");
            expect(listed.exitCode, listed.err).to.equal(0);
            const [alice, ...more] = (JSON.parse(listed.out) as Listed).environments;
            expect(more).to.deep.equal([]);
            expect(alice).to.include({ environment: "alice", state: "none" });
            const types = new Set(alice?.resources?.map((one) => one.type));
            expect(types).to.include(type);

            const record = path.join(makeProject(), "gone.json");
            const removed = await nobody.play(
                ...["orphans", "--remove", "--id", stackIdOf("alice"), "--region", "us-east-1"],
                ...["--yes", "--evidence", record],
            );
            expect(removed.exitCode, removed.err).to.equal(0);
            const { removed: items } = JSON.parse(fs.readFileSync(record, "utf8")) as {
                readonly removed: readonly { readonly type: string }[];
            };
            expect(items.map((one) => one.type)).to.include(type);
            const checked = await nobody.play("evidence", "check", record);
            expect(checked.exitCode, checked.err).to.equal(0);
            const again = await nobody.play("orphans", "--region", "us-east-1", "-o", "json");
            expect((JSON.parse(again.out) as Listed).environments).to.deep.equal([]);

            // One that carries the tags again is seen, also under another id.
            await make();
            const anew = await nobody.play("evidence", "check", record);
            expect(anew.exitCode, anew.err).to.equal(7);
            expect(anew.err).to.contain(type);
        });
    }
});
