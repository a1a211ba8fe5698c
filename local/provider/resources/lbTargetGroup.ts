import type {
    ElasticLoadBalancingV2,
    ModifyTargetGroupInput,
    ProtocolEnum,
    TargetGroup,
    TargetTypeEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { hasCode, unlessGone } from "../aws/errors";
import { retagBalancing, tagsInBalancing, toTagList } from "../aws/tags";
import { retryWhile } from "../aws/wait";
import { flag, integer, object, region, required, tags, text, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** The official provider's own, for a target group that listeners still use. */
const limitSeconds = 120;
const delayKey = "deregistration_delay.timeout_seconds";

const computed = { computed: true } as const;

const inputs = {
    // In seconds; the default is that of the official provider and of AWS.
    deregistrationDelay: integer({ default: 300 }),
    healthCheck: object(
        {
            enabled: flag(computed),
            healthyThreshold: integer(computed),
            interval: integer(computed),
            matcher: text(computed),
            path: text(computed),
            port: text(computed),
            protocol: text(computed),
            timeout: integer(computed),
            unhealthyThreshold: integer(computed),
        },
        computed,
    ),
    name: required(text({ replaces: true })),
    port: integer({ replaces: true }),
    protocol: text({ replaces: true, computed: true }),
    region: region(),
    tags: tags(),
    targetType: text({ replaces: true, default: "instance" }),
    vpcId: text({ replaces: true }),
};

async function findGroup(elb: ElasticLoadBalancingV2, arn: string): Promise<TargetGroup | undefined> {
    const answer = await unlessGone(() => elb.describeTargetGroups({ TargetGroupArns: [arn] }));
    return answer?.TargetGroups?.[0];
}

async function delayOf(elb: ElasticLoadBalancingV2, TargetGroupArn: string): Promise<number> {
    const { Attributes = [] } = await elb.describeTargetGroupAttributes({ TargetGroupArn });
    return Number(
        Attributes.find(({ Key }) => Key === delayKey)?.Value ?? inputs.deregistrationDelay.traits.default,
    );
}

function healthCheckOf({
    healthCheck: check,
}: Values<typeof inputs>): Omit<ModifyTargetGroupInput, "TargetGroupArn"> {
    return {
        HealthCheckEnabled: check?.enabled,
        HealthCheckIntervalSeconds: check?.interval,
        HealthCheckPath: check?.path,
        HealthCheckPort: check?.port,
        HealthCheckProtocol: check?.protocol as ProtocolEnum | undefined,
        HealthCheckTimeoutSeconds: check?.timeout,
        HealthyThresholdCount: check?.healthyThreshold,
        Matcher: check?.matcher === undefined ? undefined : { HttpCode: check.matcher },
        UnhealthyThresholdCount: check?.unhealthyThreshold,
    };
}

/** `aws:lb/targetGroup:TargetGroup` */
export const lbTargetGroup = defineResource({
    token: "aws:lb/targetGroup:TargetGroup",
    inputs,
    outputs: ["arn", "arnSuffix"],
    autoNameMaxLength: 32,

    async create(context, wanted) {
        const made = await context.aws.elb.createTargetGroup({
            ...healthCheckOf(wanted),
            Name: wanted.name,
            Port: wanted.port,
            Protocol: wanted.protocol as ProtocolEnum,
            Tags: Object.keys(context.tags).length === 0 ? undefined : toTagList(context.tags),
            TargetType: wanted.targetType as TargetTypeEnum,
            VpcId: wanted.vpcId,
        });
        return made.TargetGroups?.[0]?.TargetGroupArn ?? "";
    },

    async settle(context, TargetGroupArn, { deregistrationDelay }) {
        const Attributes = [{ Key: delayKey, Value: String(deregistrationDelay) }];
        await context.aws.elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes });
    },

    async read(context, id) {
        const { elb } = context.aws;
        const found = await findGroup(elb, id);
        return (
            found && {
                arn: id,
                arnSuffix: id.replace(/^.*:(?=targetgroup\/)/, ""),
                deregistrationDelay: await delayOf(elb, id),
                healthCheck: {
                    enabled: found.HealthCheckEnabled,
                    healthyThreshold: found.HealthyThresholdCount,
                    interval: found.HealthCheckIntervalSeconds,
                    matcher: found.Matcher?.HttpCode,
                    path: found.HealthCheckPath,
                    port: found.HealthCheckPort,
                    protocol: found.HealthCheckProtocol,
                    timeout: found.HealthCheckTimeoutSeconds,
                    unhealthyThreshold: found.UnhealthyThresholdCount,
                },
                name: found.TargetGroupName,
                port: found.Port,
                protocol: found.Protocol,
                tags: await tagsInBalancing(context, id),
                targetType: found.TargetType,
                vpcId: found.VpcId,
            }
        );
    },

    async update(context, TargetGroupArn, change) {
        if (change.has("healthCheck")) {
            await context.aws.elb.modifyTargetGroup({ ...healthCheckOf(change.inputs), TargetGroupArn });
        }
    },

    retag: retagBalancing,

    async delete(context, id) {
        const wait = { what: `listeners to let go of ${id}`, limitSeconds };
        await retryWhile(context, wait, hasCode("ResourceInUse", "ResourceInUseException"), () =>
            unlessGone(() => context.aws.elb.deleteTargetGroup({ TargetGroupArn: id })),
        );
    },
});
