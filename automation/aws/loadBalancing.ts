import {
    CreateListenerCommand,
    CreateLoadBalancerCommand,
    CreateTargetGroupCommand,
    DeleteLoadBalancerCommand,
    DeleteTargetGroupCommand,
    DescribeTagsCommand,
    DescribeTargetGroupAttributesCommand,
    ElasticLoadBalancingV2Client,
    ModifyTargetGroupAttributesCommand,
    paginateDescribeLoadBalancers,
    paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import { carries, type Tags } from "../../components/model/tags";
import type { BalancerPart, LoadBalancingService } from "../ports/awsServices";
import { chunks, collect, tagsOf, unless } from "./collect";
import type { AwsSession } from "./session";

/** What a target group has that says nothing. Source: API reference of Elastic Load Balancing, TargetGroupAttribute. */
const usualDelaySeconds = 300;
const delayKey = "deregistration_delay.timeout_seconds";
/** DescribeTags takes 20 at once (API reference). */
const tagsPerCall = 20;

const noTargetGroup = ["TargetGroupNotFound", "TargetGroupNotFoundException"];
const gone = [...noTargetGroup, "LoadBalancerNotFound", "LoadBalancerNotFoundException"];

export function createLoadBalancingService(session: AwsSession): LoadBalancingService {
    const client = session.connect(
        new ElasticLoadBalancingV2Client(session.configuration("ELASTIC_LOAD_BALANCING_V2")),
        "ELASTIC_LOAD_BALANCING_V2",
        "elasticloadbalancing",
    );
    const delayOf = async (TargetGroupArn: string): Promise<number | undefined> => {
        const answer = await unless(noTargetGroup, undefined, () =>
            client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
        );
        const delay = answer?.Attributes?.find(({ Key }) => Key === delayKey);
        return answer === undefined ? undefined : Number(delay?.Value ?? usualDelaySeconds);
    };
    return {
        deregistrationDelays: async (arns) => {
            const delays = await Promise.all(
                [...new Set(arns)].map(async (arn) => ({ arn, delay: await delayOf(arn) })),
            );
            return new Map(delays.flatMap(({ arn, delay }) => (delay === undefined ? [] : [[arn, delay]])));
        },
        tagged: async (tags, fits) => {
            const parts = (await allParts(client)).filter(({ name }) => fits(name));
            const known = await tagsByArn(
                client,
                parts.map(({ arn }) => arn),
            );
            return parts
                .map((part) => ({ ...part, tags: known.get(part.arn) ?? {} }))
                .filter((part) => carries(part.tags, tags));
        },
        tags: async (arn) => (await tagsByArn(client, [arn])).get(arn),
        ...createMakers(client),
        remove: async (arn) => {
            await unless(gone, undefined, () =>
                arn.includes(":targetgroup/")
                    ? client.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }))
                    : client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn })),
            );
        },
    };
}

type Client = ElasticLoadBalancingV2Client;

function createMakers(
    client: Client,
): Pick<LoadBalancingService, "makeTargetGroup" | "makeLoadBalancer" | "makeListener"> {
    return {
        makeTargetGroup: async ({ name, vpcId, port, delaySeconds, tags }) => {
            const answer = await client.send(
                new CreateTargetGroupCommand({
                    Name: name,
                    VpcId: vpcId,
                    Port: port,
                    Protocol: "HTTP",
                    TargetType: "instance",
                    Matcher: { HttpCode: "200-399" },
                    HealthCheckIntervalSeconds: 10,
                    HealthyThresholdCount: 2,
                    Tags: listOf(tags),
                }),
            );
            const arn = answer.TargetGroups?.[0]?.TargetGroupArn ?? "";
            await client.send(
                new ModifyTargetGroupAttributesCommand({
                    TargetGroupArn: arn,
                    Attributes: [{ Key: delayKey, Value: String(delaySeconds) }],
                }),
            );
            return arn;
        },
        makeLoadBalancer: async ({ name, scheme, subnetIds, securityGroupIds, tags }) => {
            const answer = await client.send(
                new CreateLoadBalancerCommand({
                    Name: name,
                    Scheme: scheme,
                    Type: "application",
                    Subnets: [...subnetIds],
                    SecurityGroups: [...securityGroupIds],
                    Tags: listOf(tags),
                }),
            );
            const [made] = answer.LoadBalancers ?? [];
            const arn = made?.LoadBalancerArn ?? "";
            return { type: "loadbalancer", arn, name, tags, dnsName: made?.DNSName };
        },
        makeListener: async (LoadBalancerArn, TargetGroupArn, Port, tags) => {
            const answer = await client.send(
                new CreateListenerCommand({
                    LoadBalancerArn,
                    Port,
                    Protocol: "HTTP",
                    DefaultActions: [{ Type: "forward", TargetGroupArn }],
                    Tags: listOf(tags),
                }),
            );
            return answer.Listeners?.[0]?.ListenerArn ?? "";
        },
    };
}

async function allParts(client: Client): Promise<readonly Omit<BalancerPart, "tags">[]> {
    const [balancers, groups] = await Promise.all([
        collect(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers),
        collect(paginateDescribeTargetGroups({ client }, {}), (page) => page.TargetGroups),
    ]);
    return [
        ...balancers.map(
            ({
                LoadBalancerArn: arn = "",
                LoadBalancerName: name = "",
                DNSName: dnsName,
                Scheme: scheme,
                AvailabilityZones: zones = [],
            }) => ({
                ...{ type: "loadbalancer" as const, arn, name, dnsName, scheme },
                subnetIds: zones.flatMap(({ SubnetId }) => SubnetId ?? []),
            }),
        ),
        ...groups.map(({ TargetGroupArn: arn = "", TargetGroupName: name = "", Port: port }) => ({
            ...{ type: "targetgroup" as const, arn, name, port },
        })),
    ];
}

/** What is gone is left out, which costs a call each where one of several is. */
async function tagsByArn(client: Client, arns: readonly string[]): Promise<ReadonlyMap<string, Tags>> {
    const ask = async (ResourceArns: string[]): Promise<readonly (readonly [string, Tags])[]> => {
        const answer = await unless(gone, undefined, () =>
            client.send(new DescribeTagsCommand({ ResourceArns })),
        );
        if (answer === undefined) {
            return ResourceArns.length === 1
                ? []
                : (await Promise.all(ResourceArns.map((arn) => ask([arn])))).flat();
        }
        return (answer.TagDescriptions ?? []).map(
            ({ ResourceArn = "", Tags: list }) => [ResourceArn, tagsOf(list)] as const,
        );
    };
    return new Map((await Promise.all(chunks(arns, tagsPerCall).map(ask))).flat());
}

function listOf(tags: Tags): { Key: string; Value: string }[] {
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
