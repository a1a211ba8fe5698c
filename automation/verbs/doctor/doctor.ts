import { ignoredSettings, type IgnoredSetting } from "../../../components/model/agent/ignoredSettings";
import { isAccident } from "../../../components/model/diagnosis/causes/instance";
import { diagnose } from "../../../components/model/diagnosis/diagnose";
import { proofOf } from "../../../components/model/tags";
import type { CommonOptions } from "../../command/command";
import { gatherEvidence } from "../../diagnosis/gather";
import { examineGroup } from "../../diagnosis/group";
import { readerTo } from "../../diagnosis/readerTo";
import { openToRead, type SettingsDoubt, type SettingsToRead } from "../../environment/reading";
import { requireStack, type SettledTarget } from "../../environment/target";
import { countWantedHosts, findHosts, isGone, isOff } from "../../hosts/find";
import { judgeHost, type WantedHost } from "../../hosts/judge";
import { readWantedHost } from "../../hosts/wanted";
import type { Host } from "../../ports/aws";
import type { Context } from "../../ports/context";
import { diagnoseAttached } from "./attached";
import type { Diagnosed } from "./diagnosed";
import { readHostLogs } from "./hostLogs";
import { readRest, type Rest } from "./rest";

export interface DoctorRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface DoctorResult extends SettingsDoubt, Pick<SettingsToRead, "settingsRemedy"> {
    readonly environment: string;
    readonly clusterName: string;
    readonly wantedHosts: number;
    readonly readyHosts: number;
    /** Why hosts are off on purpose; missing where none are, or nobody means it. */
    readonly rest?: Rest;
    /** Hosts that should exist, off or not, and that EC2 tells nothing of. */
    readonly missingHosts: number;
    readonly diagnoses: readonly Diagnosed[];
    /** What could not be read of the environment as a whole, with AWS's reason. */
    readonly unread: readonly string[];
    /** Hosts whose agent ignores settings, ready or not: no failure. */
    readonly ignoring: readonly Ignoring[];
}

/** A host whose agent is older than some of its settings. */
export interface Ignoring {
    readonly id: string;
    readonly agentVersion: string;
    readonly settings: readonly IgnoredSetting[];
}

/**
 * Names for each host that is not ready the one cause, with its evidence and a remedy. Changes nothing.
 * @throws AppError SETTINGS_INVALID, ENVIRONMENT_NOT_FOUND
 */
export async function examine(request: DoctorRequest, context: Context): Promise<DoctorResult> {
    const target = await openToRead(context, request);
    requireStack(target.stack);
    const examined = await examineHosts(target, () => readRest(target));
    const { settingsInvalid, settingsRemedy } = target;
    return { ...examined, settingsInvalid, settingsRemedy };
}

type Ward = Pick<
    SettledTarget,
    "aws" | "clock" | "signal" | "owner" | "environment" | "clusterName" | "stateIds" | "settings"
>;

/**
 * The hosts, and the group, of an environment.
 * @param whyOff asked only where hosts are missing
 */
export async function examineHosts(
    target: Ward,
    whyOff: () => Promise<Rest | undefined> = () => Promise.resolve(undefined),
): Promise<DoctorResult> {
    const { aws, owner, settings, clusterName, environment } = target;
    const unread: string[] = [];
    const read = readerTo(unread);
    const listed = aws.autoScaling.groups(proofOf(owner));
    const [found, groups, wanted] = await Promise.all([
        findHosts(target, listed),
        read("its Auto Scaling groups", listed),
        readWantedHost(target, settings),
    ]);
    const group = groups?.find(({ name }) => target.stateIds.has(name));
    const isWell = (host: Host): boolean => judgeHost(host, wanted).ready;
    const standing = found.hosts.filter((host) => !isGone(host));
    const readyHosts = standing.filter(isWell).length;
    // A group that may have none wants none; what it should have the settings tell.
    const wantedHosts = countWantedHosts(settings.hosts, group?.max === 0 ? {} : found);
    const off = standing.filter(isOff);
    const areSomeOff = off.length > 0 || standing.length < wantedHosts || standing.length === 0;
    const rest = areSomeOff ? await whyOff() : undefined;
    // What takes a group to zero terminates its hosts; fixed ones are only ever stopped.
    const isTakenToZero =
        rest !== undefined && settings.hosts.mode === "autoScaling" && (group?.max ?? 0) === 0;
    const missing = isTakenToZero ? 0 : Math.max(0, wantedHosts - standing.length);
    // EC2 shows the terminated for an hour: they tell something only where a host is missing.
    const gone = missing === 0 ? [] : found.hosts.filter(isGone).filter(isAccident).slice(-missing);
    const ill = [
        ...standing.filter((host) => !isWell(host) && (rest === undefined || !isOff(host))),
        ...gone,
    ];
    const diagnosis =
        group !== undefined && missing > 0
            ? await read("why its group launches no host", examineGroup(target, group))
            : undefined;
    const [own, attached] = await Promise.all([
        diagnoseHosts(target, wanted, ill),
        read("hosts of attached groups", diagnoseAttached(target)),
    ]);
    return {
        environment,
        clusterName,
        wantedHosts,
        readyHosts,
        rest,
        missingHosts: missing - gone.length,
        unread: [...(wanted.unread ?? []), ...unread],
        ignoring: standing.flatMap((host) => ignoringOf(host, settings)),
        diagnoses: [
            ...own,
            ...(group === undefined || diagnosis === undefined ? [] : [{ id: group.name, ...diagnosis }]),
            ...(attached ?? []),
        ],
    };
}

function ignoringOf(
    { instanceId, containerInstance }: Host,
    { agent }: Pick<SettledTarget["settings"], "agent">,
): readonly Ignoring[] {
    const { agentVersion } = containerInstance ?? {};
    const settings = agentVersion === undefined ? [] : ignoredSettings(agent, agentVersion);
    return agentVersion === undefined || settings.length === 0
        ? []
        : [{ id: instanceId, agentVersion, settings }];
}

async function diagnoseHosts(
    target: Ward,
    wanted: WantedHost,
    ill: readonly Host[],
): Promise<readonly Diagnosed[]> {
    if (ill.length === 0) {
        return [];
    }
    const readLogs = (instanceIds: readonly string[]) => readHostLogs(target, instanceIds);
    const evidence = await gatherEvidence({ ...target, ...wanted, readLogs }, ill);
    return evidence.map((host, index) => ({
        id: host.instanceId,
        zone: ill[index]?.zone,
        ...diagnose(host, target.environment),
    }));
}
