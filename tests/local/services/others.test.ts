import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";

import { serviceNames } from "../../../components/model/services/serviceNames";
import { stackIdOf } from "../../helpers/fakeWorld";
import { removeFolders } from "../../helpers/project";
import { useCloud } from "../cloud/testCloud";
import { Alice, changesAsked } from "./onCloud";

const image = "registry.suse.com/suse/nginx:1.27";
const web = ["service", "deploy", "alice", "--image", image, "--name", "web", "--yes"];

describe("service deploy beside what is of others", () => {
    const cloud = useCloud();
    afterEach(removeFolders);

    it("leaves a service of others alone", async () => {
        const alice = await Alice.up(cloud(), 1);
        await cloud().ecs.registerTaskDefinition({
            family: "other",
            containerDefinitions: [{ name: "a", image: "a", memory: 64 }],
        });
        await cloud().ecs.createService({
            ...{ cluster: "alice", serviceName: "web", taskDefinition: "other", desiredCount: 0 },
        });
        for (const words of [
            web,
            ["service", "scale", "alice", "web", "2"],
            ["service", "remove", "alice", "web", "--yes"],
        ]) {
            const { exitCode, err } = await alice.play(...words);
            expect([exitCode, words[1]], err).to.deep.equal([2, words[1]]);
            expect(err).to.contain("was not made by service deploy for alice");
        }
        const { services = [] } = await cloud().ecs.describeServices({ cluster: "alice", services: ["web"] });
        expect(services[0]?.desiredCount).to.equal(0);
    });

    for (const part of ["load balancer", "target group"] as const) {
        it(`leaves a ${part} of others alone that is called as the service's would be, and changes nothing`, async () => {
            const alice = await Alice.up(cloud(), 2);
            const balancing = new ElasticLoadBalancingV2({
                endpoint: cloud().info.endpoint,
                region: "us-east-1",
                credentials: { accessKeyId: "test", secretAccessKey: "test" },
            });
            const Name = serviceNames(stackIdOf("alice"), "alice", "web").balancer;
            const { Subnets = [] } = await cloud().ec2.describeSubnets({});
            const Tags = [{ Key: "team", Value: "shop" }];
            await (part === "load balancer"
                ? balancing.createLoadBalancer({
                      ...{ Name, Tags },
                      Subnets: Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId),
                  })
                : balancing.createTargetGroup({
                      ...{ Name, Tags, Port: 8080, Protocol: "HTTP", VpcId: Subnets[0]?.VpcId },
                  }));
            const standing = async () => [
                (await balancing.describeLoadBalancers({})).LoadBalancers,
                (await balancing.describeTargetGroups({})).TargetGroups,
            ];
            const before = await standing();
            await cloud().control("DELETE", "requests");
            const { exitCode, err } = await alice.play(...web, "--port", "80", "--public");
            expect(exitCode, err).to.equal(2);
            expect(err).to.contain("SERVICE_OF_OTHERS");
            expect(await changesAsked(cloud())).to.deep.equal([]);
            expect(await standing()).to.deep.equal(before);
        });
    }
});
