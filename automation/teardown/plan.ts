import { clusterType, type StateResource } from "../ports/engine";
import { logGroupType } from "../inventory/drift";
import { repositoryStateType } from "../inventory/repositories";
import { counted } from "../output/counted";
import { oneLine } from "../output/oneLine";
import { planLines } from "../output/planLines";
import { countOf } from "../output/resourceWords";
import { lentGroups } from "../inventory/lentItems";
import type { InTheWay } from "./inTheWay";
import type { ClusterSurvey } from "./survey";

/** What a destroy would take away, and what it would leave, as lines for a person; empty where there is nothing to lose. */
export function destroyPlan(
    environment: string,
    resources: readonly StateResource[],
    survey: ClusterSurvey,
    clusterName: string,
    { holders, spared }: InTheWay,
): readonly string[] {
    const isClusterOwn = survey.clusterIsOwn || resources.some(({ type }) => type === clusterType);
    const inAws = resources.filter((resource) => resource.id !== "" && !resource.type.startsWith("pulumi:"));
    const goes = inAws.filter((resource) => !spared.includes(resource));
    const groups = [
        planLines(
            "host",
            survey.hosts.map((host) => `${host.instanceId} (${host.zone}, ${host.state})`),
        ),
        ...(isClusterOwn ? [planLines("cluster", [clusterName])] : []),
        ...clusterGroups(survey),
        planLines("volume", volumes(survey, false)),
        planLines("repository", repositories(survey, false)),
        planLines(
            "log group",
            goes.flatMap(({ type, id }) => (type === logGroupType ? [id] : [])),
        ),
        planLines(
            "not in the state",
            survey.strays
                .filter(({ id }) => !isClusterOwn || id !== survey.cluster?.arn)
                .map(({ type, id }) => `${type} ${id}`),
        ),
        planLines("other resources", countTypes(goes)),
    ].flat();
    const kept = [
        ...goesOn(environment, survey),
        ...volumes(survey, true).map((volume) => `  keeps volume ${volume}`),
        ...repositories(survey, true).map((repository) => `  keeps repository ${repository}`),
        ...(!isClusterOwn && survey.cluster !== undefined
            ? [`  keeps cluster ${clusterName} and what else runs in it: it is not this environment's own`]
            : []),
        ...holders.map(
            ({ type, name, id, reason = "" }) =>
                `  in the way: ${type} ${name} (${id}) is not of ${environment} and ${reason}`,
        ),
        ...(spared.length === 0 ? [] : [`  leaves for now: ${countTypes(spared).join("")}`]),
    ];
    const lines = [`Destroying ${environment} deletes:`, ...groups, ...kept];
    return groups.length === 0 ? [] : lines.map(oneLine);
}

/** What lives on elsewhere. */
function goesOn(environment: string, { additions, loans }: ClusterSurvey): readonly string[] {
    const { hostsOfOthers, attachedInstances, attached } = additions;
    const lent = lentGroups(loans);
    return [
        ...hostsOfOthers.map(
            ({ instanceId }) =>
                `  takes ${instanceId} off the cluster: not of ${environment}, its instance stays`,
        ),
        ...attachedInstances.map(
            ({ group, instanceIds }) =>
                `  lets ${instanceIds.join(", ")} leave the group ${group.name}: not of ${environment}`,
        ),
        ...(attached.length === 0
            ? []
            : [
                  `  takes capacity providers off the cluster, which stay: ${attached.map(({ name }) => name).join(", ")}`,
              ]),
        ...(lent.length === 0
            ? []
            : [
                  `  ends the loan of attached groups, which stay with their instances; their capacity providers are deleted: ${lent.map(({ name }) => name).join(", ")}`,
              ]),
    ];
}

function clusterGroups({ services, standaloneTasks, additions }: ClusterSurvey): string[][] {
    return [
        planLines(
            "service",
            services.map(
                ({ name, isExpress, running, desired }) =>
                    `${name} (${isExpress ? "an Express service, " : ""}${running} of ${desired} tasks running)`,
            ),
        ),
        planLines("task outside services", standaloneTasks),
        planLines(
            "managed daemon",
            additions.daemons.map(({ name }) => name),
        ),
        planLines(
            "capacity provider",
            additions.scoped.map(({ name }) => `${name}, with the hosts that ECS has started for it`),
        ),
        planLines(
            "lifecycle hook",
            additions.hooks.map(({ name, group }) => `${name} of ${group}, which holds no host then`),
        ),
    ];
}

function volumes(survey: ClusterSurvey, keep: boolean): string[] {
    return survey.volumes
        .filter((volume) => volume.keep === keep)
        .map((volume) => `${volume.name} (${volume.volumeId}, ${volume.sizeGiB} GiB)`)
        .sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
}

function repositories(survey: ClusterSurvey, keep: boolean): string[] {
    return survey.repositories
        .filter((one) => one.keep === keep)
        .map(({ name, images }) => `${name} (${images === 0 ? "empty" : counted(images, "image")})`);
}

const ownLines = new Set([
    clusterType,
    "aws:ec2/instance:Instance",
    "aws:ebs/volume:Volume",
    repositoryStateType,
    logGroupType,
]);

/** `2 roles, 1 security group`, in the order of their types, without what has a line of its own. */
function countTypes(resources: readonly StateResource[]): string[] {
    const counts = new Map<string, number>();
    for (const { type } of resources.filter((resource) => !ownLines.has(resource.type))) {
        counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    return counts.size === 0
        ? []
        : [
              [...counts]
                  .sort(([one], [other]) => one.localeCompare(other, "en"))
                  .map(([type, count]) => countOf(type, count))
                  .join(", "),
          ];
}
