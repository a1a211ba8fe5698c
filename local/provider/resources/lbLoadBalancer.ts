import type {
    ElasticLoadBalancingV2,
    LoadBalancer,
    LoadBalancerTypeEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { unlessGone } from "../aws/errors";
import { retagBalancing, tagsInBalancing, toTagList } from "../aws/tags";
import { untilState } from "../aws/wait";
import { flag, region, required, set, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** The official provider's own, for each of its operations. */
const limitSeconds = 600;

const inputs = {
    internal: flag({ replaces: true, computed: true }),
    loadBalancerType: text({ replaces: true, default: "application" }),
    name: required(text({ replaces: true })),
    region: region(),
    securityGroups: set(text(), { computed: true }),
    subnets: set(text(), { computed: true }),
    tags: tags(),
};

async function findBalancer(elb: ElasticLoadBalancingV2, arn: string): Promise<LoadBalancer | undefined> {
    const answer = await unlessGone(() => elb.describeLoadBalancers({ LoadBalancerArns: [arn] }));
    return answer?.LoadBalancers?.[0];
}

/** `aws:lb/loadBalancer:LoadBalancer` */
export const lbLoadBalancer = defineResource({
    token: "aws:lb/loadBalancer:LoadBalancer",
    inputs,
    outputs: ["arn", "arnSuffix", "dnsName", "vpcId", "zoneId"],
    autoNameMaxLength: 32,

    async create(context, wanted) {
        const made = await context.aws.elb.createLoadBalancer({
            Name: wanted.name,
            Scheme: wanted.internal === true ? "internal" : "internet-facing",
            SecurityGroups: wanted.securityGroups && [...wanted.securityGroups],
            Subnets: wanted.subnets && [...wanted.subnets],
            Tags: Object.keys(context.tags).length === 0 ? undefined : toTagList(context.tags),
            Type: wanted.loadBalancerType as LoadBalancerTypeEnum,
        });
        return made.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
    },

    async settle(context, id) {
        const wait = { id, states: ["active"], limitSeconds };
        await untilState(context, wait, async () => (await findBalancer(context.aws.elb, id))?.State?.Code);
    },

    async read(context, id) {
        const found = await findBalancer(context.aws.elb, id);
        return (
            found && {
                arn: id,
                arnSuffix: id.replace(/^.*:loadbalancer\//, ""),
                dnsName: found.DNSName,
                internal: found.Scheme === "internal",
                loadBalancerType: found.Type,
                name: found.LoadBalancerName,
                securityGroups: found.SecurityGroups ?? [],
                subnets: (found.AvailabilityZones ?? []).map(({ SubnetId }) => SubnetId),
                tags: await tagsInBalancing(context, id),
                vpcId: found.VpcId,
                zoneId: found.CanonicalHostedZoneId,
            }
        );
    },

    async update(context, LoadBalancerArn, change) {
        const { elb } = context.aws;
        const { securityGroups: SecurityGroups, subnets: Subnets } = change.inputs;
        if (change.has("securityGroups") && SecurityGroups !== undefined) {
            await elb.setSecurityGroups({ LoadBalancerArn, SecurityGroups: [...SecurityGroups] });
        }
        if (change.has("subnets") && Subnets !== undefined) {
            await elb.setSubnets({ LoadBalancerArn, Subnets: [...Subnets] });
        }
    },

    retag: retagBalancing,

    async delete(context, id) {
        const { elb } = context.aws;
        await unlessGone(() => elb.deleteLoadBalancer({ LoadBalancerArn: id }));
        await untilState(
            context,
            { id, limitSeconds },
            async () => (await findBalancer(elb, id))?.State?.Code,
        );
    },
});
