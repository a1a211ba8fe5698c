import type {
    Compatibility,
    ContainerDefinition,
    ECS,
    NetworkMode,
    TaskDefinition,
} from "@aws-sdk/client-ecs";
import { hasMessage } from "../aws/errors";
import { fromEcsTags, retagEcs, toEcsTags } from "../aws/tags";
import {
    asText,
    document,
    flag,
    isUnknown,
    list,
    object,
    region,
    required,
    set,
    tags,
    text,
    type Properties,
    type Tags,
} from "../schema/property";
import { defineResource, type InputProblem } from "../schema/resourceType";

const fixed = { replaces: true } as const;

// A revision never changes. ECS answers containers with what it has filled in, which the official provider takes off
// again; here they stay as the program gave them.
const inputs = {
    containerDefinitions: required(document({ ...fixed, remembered: true })),
    cpu: text(fixed),
    executionRoleArn: text(fixed),
    family: required(text(fixed)),
    memory: text(fixed),
    networkMode: text({ ...fixed, computed: true }),
    placementConstraints: set(object({ expression: text(fixed), type: required(text(fixed)) }), fixed),
    region: region(),
    requiresCompatibilities: set(text(fixed), { ...fixed, remembered: true }),
    skipDestroy: flag({ remembered: true }),
    tags: tags(),
    taskRoleArn: text(fixed),
    volumes: list(object({ hostPath: text(fixed), name: required(text(fixed)) }), fixed),
};

interface Found extends TaskDefinition {
    readonly ownTags: Tags;
}

/** The revision, or `undefined` when it is gone: a deregistered one is INACTIVE. */
async function findRevision(ecs: ECS, taskDefinition: string): Promise<Found | undefined> {
    try {
        const answer = await ecs.describeTaskDefinition({ taskDefinition, include: ["TAGS"] });
        const { taskDefinition: found, tags: given } = answer;
        return found?.status === "ACTIVE" ? { ...found, ownTags: fromEcsTags(given) } : undefined;
    } catch (error) {
        if (hasMessage("ClientException", /Unable to describe task definition|does not exist/i)(error)) {
            return undefined;
        }
        throw error;
    }
}

function containersOf(definitions: string): ContainerDefinition[] | undefined {
    try {
        const parsed = JSON.parse(definitions) as unknown;
        return Array.isArray(parsed) ? (parsed as ContainerDefinition[]) : undefined;
    } catch {
        return undefined;
    }
}

function checkContainers({ containerDefinitions: given }: Properties): readonly InputProblem[] {
    const isRight = given === undefined || isUnknown(given) || containersOf(asText(given)) !== undefined;
    const reason = 'property "containerDefinitions": expected a list of containers as JSON';
    return isRight ? [] : [{ property: "containerDefinitions", reason }];
}

/** `aws:ecs/taskDefinition:TaskDefinition` */
export const ecsTaskDefinition = defineResource({
    token: "aws:ecs/taskDefinition:TaskDefinition",
    inputs,
    outputs: ["arn", "arnWithoutRevision", "revision"],
    check: checkContainers,

    async create(context, wanted) {
        await context.aws.ecs.registerTaskDefinition({
            containerDefinitions: containersOf(wanted.containerDefinitions),
            cpu: wanted.cpu,
            executionRoleArn: wanted.executionRoleArn,
            family: wanted.family,
            memory: wanted.memory,
            networkMode: wanted.networkMode as NetworkMode,
            placementConstraints: wanted.placementConstraints?.map(({ expression }) => ({
                expression,
                type: "memberOf",
            })),
            requiresCompatibilities: wanted.requiresCompatibilities as Compatibility[] | undefined,
            tags: toEcsTags(context.tags),
            taskRoleArn: wanted.taskRoleArn,
            volumes: wanted.volumes?.map(({ hostPath, name }) => ({
                name,
                host: hostPath === undefined ? undefined : { sourcePath: hostPath },
            })),
        });
        // As in the official package: the revision is told by `arn`.
        return wanted.family;
    },

    async read(context, id, known) {
        // A family is its latest revision, which after the making is the one that was made.
        const found = await findRevision(context.aws.ecs, asText(known["arn"], id));
        return (
            found && {
                arn: found.taskDefinitionArn,
                arnWithoutRevision: found.taskDefinitionArn?.replace(/:\d+$/, ""),
                cpu: found.cpu,
                executionRoleArn: found.executionRoleArn,
                family: found.family,
                memory: found.memory,
                networkMode: found.networkMode,
                placementConstraints: found.placementConstraints ?? [],
                revision: found.revision,
                tags: found.ownTags,
                taskRoleArn: found.taskRoleArn,
                volumes: (found.volumes ?? []).map(({ host, name }) => ({
                    hostPath: host?.sourcePath,
                    name,
                })),
            }
        );
    },

    retag: (context, _id, change, state) => retagEcs(context, asText(state["arn"]), change),

    async delete(context, id, state) {
        const taskDefinition = asText(state["arn"], id);
        const { ecs } = context.aws;
        if (state["skipDestroy"] !== true && (await findRevision(ecs, taskDefinition)) !== undefined) {
            await ecs.deregisterTaskDefinition({ taskDefinition });
        }
    },
});
