import { expect } from "chai";
import { jsonCall, queryCall } from "./rawCalls";
import { eventually, useCloud } from "./testCloud";

describe("services of the local cloud that are all moto's", () => {
    const cloud = useCloud();

    async function taggedArns(ResourceTypeFilters: string[]): Promise<string[]> {
        const { ResourceTagMappingList: found = [] } = await cloud().tagging.getResources({
            TagFilters: [{ Key: "team", Values: ["shop"] }],
            ResourceTypeFilters,
        });
        return found.map(({ ResourceARN = "" }) => ResourceARN);
    }

    it("log groups are made, found by their tags, and deleted", async () => {
        const logs = (action: string, input: object) =>
            jsonCall(cloud(), "logs", `Logs_20140328.${action}`, input);
        await logs("CreateLogGroup", { logGroupName: "/ecs/shop", tags: { team: "shop" } });
        expect(await taggedArns(["logs:log-group"])).to.deep.equal([
            "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/shop",
        ]);
        await logs("DeleteLogGroup", { logGroupName: "/ecs/shop" });
        expect(await taggedArns([])).to.deep.equal([]);
    });

    it("namespaces of Cloud Map are made, found by their tags, and deleted", async () => {
        const cloudMap = (action: string, input: object) =>
            jsonCall(cloud(), "servicediscovery", `Route53AutoNaming_v20170314.${action}`, input);
        const Tags = [{ Key: "team", Value: "shop" }];
        await cloudMap("CreateHttpNamespace", { Name: "shop", Tags });
        const { Namespaces: all } = (await cloudMap("ListNamespaces", {})) as {
            Namespaces: { Id: string; Arn: string }[];
        };
        const arns = all.map(({ Arn }) => Arn);
        expect(arns).to.have.length(1);
        expect(await taggedArns(["servicediscovery"])).to.deep.equal(arns);
        await cloudMap("DeleteNamespace", { Id: all[0]?.Id });
        await eventually(
            () => taggedArns([]),
            (left) => left.length === 0,
        );
    });

    it("target groups are made, and found by their tags", async () => {
        const { Vpcs: vpcs } = await cloud().ec2.describeVpcs({});
        const answer = await queryCall(cloud(), "elasticloadbalancing", {
            Action: "CreateTargetGroup",
            Version: "2015-12-01",
            Name: "shop",
            Protocol: "HTTP",
            Port: "80",
            VpcId: vpcs?.[0]?.VpcId ?? "",
            "Tags.member.1.Key": "team",
            "Tags.member.1.Value": "shop",
        });
        expect(await taggedArns(["elasticloadbalancing:targetgroup"])).to.deep.equal([
            /<TargetGroupArn>([^<]*)</.exec(answer)?.[1],
        ]);
    });
});
