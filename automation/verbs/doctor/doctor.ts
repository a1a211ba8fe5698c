import type { Diagnosis } from "../../../components/model/diagnosis/cause";
import { diagnoseGroup } from "../../../components/model/diagnosis/causes/group";
import { isAccident } from "../../../components/model/diagnosis/causes/instance";
import { diagnose } from "../../../components/model/diagnosis/diagnose";
import { proofOf } from "../../../components/model/tags";
import type { CommonOptions } from "../../command/command";
import { gatherEvidence } from "../../diagnosis/gather";
import { openEnvironment, requireStack, type SettledTarget } from "../../environment/target";
import { countWantedHosts, findHosts, isGone } from "../../hosts/find";
import { judgeHost } from "../../hosts/judge";
import { requireNotPaused } from "../../pause/paused";
import type { Host } from "../../ports/aws";
import type { Context } from "../../ports/context";
import type { ScalingGroup } from "../../ports/scalingServices";
import { readHostLogs } from "./hostLogs";

export interface DoctorRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

/** A host, or a group, with why it is not as it should be. */
export interface Diagnosed extends Diagnosis {
    /** Id of an instance, or name of a group. */
    readonly id: string;
    readonly zone?: string;
}

export interface DoctorResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly wantedHosts: number;
    readonly readyHosts: number;
    readonly diagnoses: readonly Diagnosed[];
}

/**
 * Names for each host that is not ready the one cause, with its evidence and a remedy. Changes nothing.
 * @throws AppError PAUSED where hosts stand still on purpose, SETTINGS_INVALID, ENVIRONMENT_NOT_FOUND
 */
export async function examine(request: DoctorRequest, context: Context): Promise<DoctorResult> {
    const target = await openEnvironment(context, request, { reading: { unread: ["hostImage"] } });
    requireStack(target.stack);
    await requireNotPaused(target);
    return examineHosts(target);
}

type Ward = Pick<
    SettledTarget,
    "aws" | "clock" | "signal" | "owner" | "environment" | "clusterName" | "stateIds" | "settings"
>;

/** The hosts, and the group, of an environment. */
export async function examineHosts(target: Ward): Promise<DoctorResult> {
    const { aws, owner, settings, clusterName, environment } = target;
    const listed = aws.autoScaling.groups(proofOf(owner));
    const [found, groups, capacityProvider] = await Promise.all([
        findHosts(target, listed),
        listed,
        ownCapacityProvider(target),
    ]);
    const group = groups.find(({ name }) => target.stateIds.has(name));
    const wanted = { clusterName, dockerStorage: settings.dockerStorage };
    const isWell = (host: Host): boolean =>
        judgeHost(host, wanted).ready &&
        (capacityProvider === undefined || host.containerInstance?.capacityProvider !== undefined);
    // A group that may have none wants none; what it should have the settings tell.
    const wantedHosts = countWantedHosts(settings.hosts, group?.max === 0 ? {} : found);
    const standing = found.hosts.filter((host) => !isGone(host));
    const readyHosts = standing.filter(isWell).length;
    // EC2 shows the terminated for an hour: they tell something only where a host is missing.
    const missing = Math.max(0, wantedHosts - standing.length);
    const gone = missing === 0 ? [] : found.hosts.filter(isGone).filter(isAccident).slice(-missing);
    const ill = [...standing.filter((host) => !isWell(host)), ...gone];
    const evidence =
        ill.length === 0
            ? []
            : await gatherEvidence(
                  {
                      ...target,
                      ...wanted,
                      capacityProvider,
                      readLogs: (instanceIds) => readHostLogs(target, instanceIds),
                  },
                  ill,
              );
    return {
        environment,
        clusterName,
        wantedHosts,
        readyHosts,
        diagnoses: [
            ...evidence.map((host, index) => ({
                id: host.instanceId,
                zone: ill[index]?.zone,
                ...diagnose(host, environment),
            })),
            ...(group !== undefined && standing.length < wantedHosts
                ? await examineGroup(target, group)
                : []),
        ],
    };
}

/** The capacity provider through which the cluster uses the environment's group. */
async function ownCapacityProvider({
    aws,
    clusterName,
    settings,
    stateIds,
}: Ward): Promise<string | undefined> {
    if (settings.hosts.mode !== "autoScaling") {
        return undefined;
    }
    const used = await aws.ecs.clusterCapacityProviders(clusterName);
    return used.find(({ arn }) => stateIds.has(arn))?.name;
}

async function examineGroup(
    { aws, environment }: Pick<Ward, "aws" | "environment">,
    group: ScalingGroup,
): Promise<readonly Diagnosed[]> {
    const failedLaunch = await aws.autoScaling.failedLaunch(group.name);
    const diagnosis = diagnoseGroup({ ...group, failedLaunch }, environment);
    return diagnosis === undefined ? [] : [{ id: group.name, ...diagnosis }];
}
