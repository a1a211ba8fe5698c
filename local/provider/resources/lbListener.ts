import type {
    Action,
    ActionTypeEnum,
    ModifyListenerInput,
    ProtocolEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { unlessGone } from "../aws/errors";
import { retagBalancing, tagsInBalancing, toTagList } from "../aws/tags";
import { integer, list, object, region, required, tags, text, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    defaultActions: required(
        list(
            object({
                fixedResponse: object({
                    contentType: required(text()),
                    messageBody: text(),
                    statusCode: text({ computed: true }),
                }),
                order: integer({ computed: true }),
                targetGroupArn: text(),
                type: required(text()),
            }),
        ),
    ),
    loadBalancerArn: required(text({ replaces: true })),
    port: integer(),
    // Listeners with TLS, which need a certificate, are not served.
    protocol: text({ computed: true }),
    region: region(),
    tags: tags(),
};

function requestOf(
    wanted: Values<typeof inputs>,
): Omit<ModifyListenerInput, "ListenerArn"> & Required<Pick<ModifyListenerInput, "DefaultActions">> {
    return {
        DefaultActions: wanted.defaultActions.map(
            ({ fixedResponse: answer, order, targetGroupArn, type }) => ({
                FixedResponseConfig: answer && {
                    ContentType: answer.contentType,
                    MessageBody: answer.messageBody,
                    StatusCode: answer.statusCode,
                },
                Order: order,
                TargetGroupArn: targetGroupArn,
                Type: type as ActionTypeEnum,
            }),
        ),
        Port: wanted.port,
        Protocol: wanted.protocol as ProtocolEnum | undefined,
    };
}

function actionFrom({
    FixedResponseConfig: answer,
    ForwardConfig,
    Order,
    TargetGroupArn,
    Type,
}: Action): object {
    return {
        fixedResponse: answer && {
            contentType: answer.ContentType,
            messageBody: answer.MessageBody,
            statusCode: answer.StatusCode,
        },
        order: Order,
        targetGroupArn: TargetGroupArn ?? ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn,
        type: Type,
    };
}

/** `aws:lb/listener:Listener` */
export const lbListener = defineResource({
    token: "aws:lb/listener:Listener",
    inputs,
    outputs: ["arn"],

    async create(context, wanted) {
        const made = await context.aws.elb.createListener({
            ...requestOf(wanted),
            // The official provider's choice for an application load balancer.
            Protocol: (wanted.protocol ?? "HTTP") as ProtocolEnum,

            LoadBalancerArn: wanted.loadBalancerArn,
            Tags: Object.keys(context.tags).length === 0 ? undefined : toTagList(context.tags),
        });
        return made.Listeners?.[0]?.ListenerArn ?? "";
    },

    async read(context, id) {
        const answer = await unlessGone(() => context.aws.elb.describeListeners({ ListenerArns: [id] }));
        const found = answer?.Listeners?.[0];
        return (
            found && {
                arn: id,
                defaultActions: (found.DefaultActions ?? []).map(actionFrom),
                loadBalancerArn: found.LoadBalancerArn,
                port: found.Port,
                protocol: found.Protocol,
                tags: await tagsInBalancing(context, id),
            }
        );
    },

    async update(context, ListenerArn, change) {
        await context.aws.elb.modifyListener({ ...requestOf(change.inputs), ListenerArn });
    },

    retag: retagBalancing,

    async delete(context, id) {
        await unlessGone(() => context.aws.elb.deleteListener({ ListenerArn: id }));
    },
});
