import { carries, tagKeys, type TagQuery, type Tags } from "../../components/model/tags";
import type { TaggedResource } from "../ports/aws";
import type { Aws, ByArnService } from "../ports/awsServices";
import { addedTypes, found, scheduleGroup, type Found } from "./found";

/** Services that were asked themselves, and by whom the tagging API's older knowledge is therefore overruled. */
const askedDirectly = new Set(["ec2", "autoscaling", "iam", "ecs", "ecr", "elasticloadbalancing"]);

/** What of other services is asked for by its ARN, and can be removed. */
const kinds: readonly {
    readonly arn: RegExp;
    readonly type: string;
    readonly service: (aws: Aws) => ByArnService;
}[] = [
    { arn: /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/, type: addedTypes.logGroup, service: ({ logs }) => logs },
    {
        arn: /^arn:[^:]+:servicediscovery:[^:]*:[^:]*:namespace\//,
        type: addedTypes.namespace,
        service: ({ cloudMap }) => cloudMap,
    },
];

/**
 * What the tagging API knows and nobody else was asked for. It lags behind, so that what can be asked for its tags has to
 * have them still.
 * @param leased Scheduler was asked itself; else a group that the state does not tell of is known by the tagging API alone
 */
export async function findOthers(
    aws: Aws,
    tags: TagQuery,
    resources: readonly TaggedResource[],
    leased: boolean,
): Promise<readonly Found[]> {
    const lists = await Promise.all(
        resources.map(async ({ arn }): Promise<readonly Found[]> => {
            const service = arn.split(":")[2] ?? "aws";
            if (askedDirectly.has(service) || (service === "scheduler" && leased)) {
                return [];
            }
            const kind = kinds.find((one) => one.arn.test(arn));
            if (kind !== undefined) {
                const own = await kind.service(aws).tags(arn);
                return own !== undefined && carries(own, tags) ? [asFound(kind.type, arn, own)] : [];
            }
            const group = /^arn:[^:]+:scheduler:.*:schedule-group\/(.+)$/.exec(arn)?.[1];
            const reason = "named by the Resource Groups Tagging API, which may lag behind";
            return group === undefined
                ? [{ ...found(`${service}:resource`, arn, true), reason }]
                : [found(scheduleGroup, group)];
        }),
    );
    return lists.flat();
}

/** Tags of the log groups and namespaces among these resources that are there, as their own services tell them. */
export async function tagsOfAdded(
    aws: Aws,
    resources: readonly TaggedResource[],
): Promise<readonly { readonly tags: Tags }[]> {
    const all = await Promise.all(
        resources.map(async ({ arn }) =>
            kinds
                .find((one) => one.arn.test(arn))
                ?.service(aws)
                .tags(arn),
        ),
    );
    return all.flatMap((tags) => (tags === undefined ? [] : [{ tags }]));
}

/** A log group is called by the rest of its ARN, such as `/ecs/web`. */
function asFound(type: string, arn: string, tags: Readonly<Record<string, string>>): Found {
    const one = found(type, arn);
    const name = type === addedTypes.logGroup ? (arn.split(":")[6] ?? one.name) : one.name;
    return { ...one, name, isNamed: type === addedTypes.logGroup && tags[tagKeys.name] === name };
}
