import { command } from "../../../../components/model/commandLine";
import { storageOfHost } from "../../../../components/model/settings";
import { hostNumberIn } from "../../../../components/model/tags";
import { checkSettings, doubtsAbout, tellWarnings } from "../../../environment/checks";
import { planOnly, withProgress } from "../../../environment/progressPhases";
import type { SettledTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { isGone } from "../../../hosts/find";
import { judgeHost } from "../../../hosts/judge";
import { wantedHost } from "../../../hosts/wanted";
import { readCluster } from "../../../hosts/readPlan";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import { describeSteps } from "../../../rolling/describeSteps";
import { changesBesideHosts, fixedHost, namesOfHosts } from "../../../rolling/hostChanges";
import { planRoll, type RollPlan } from "../../../rolling/planRoll";
import { interruptionLines } from "../../../rolling/requireRoom";
import type { ReplaceRequest } from "./request";

/** A target, and the hosts of it that are to be replaced. */
export interface ReplaceTarget extends SettledTarget {
    readonly chosen: readonly Host[];
}

/**
 * Plans the hosts that were named, from what the engine would do. Changes nothing.
 * @throws AppError OTHER_CHANGES where settings and AWS differ by more than hosts; the preflight's errors
 */
export async function planReplace(
    target: ReplaceTarget,
    { parallel, batch }: Pick<ReplaceRequest, "parallel" | "batch">,
    context: Context,
): Promise<RollPlan> {
    const { settings, stack, chosen } = target;
    const ids = new Set(chosen.map(({ instanceId }) => instanceId));
    const isOutdated = ({ instanceId }: Pick<Host, "instanceId">): boolean => ids.has(instanceId);
    const plan = await withProgress(context, async (progress) => {
        progress.phase("checking");
        const { warnings } = await checkSettings(target);
        tellWarnings(target, [...doubtsAbout(target), ...warnings], progress, context);
        progress.phase("looking at hosts and their tasks");
        const names = namesOfHosts(await stack.resources());
        const replaced = chosen.flatMap(({ instanceId }) => {
            const name = names.get(instanceId);
            return name === undefined ? [] : [fixedHost(name)];
        });
        const preview = stack.preview({ settings, observer: planOnly(progress), parallel, replaced });
        return planRoll(target, { preview, batch, judge: () => isOutdated });
    });
    requireHostsAlone(target, plan);
    return {
        ...plan,
        named: true,
        hosts: plan.steps.length,
        ...(await countOthers(target, (host) => !isOutdated(host))),
    };
}

function requireHostsAlone({ environment }: SettledTarget, { changes }: RollPlan): void {
    const others = changesBesideHosts(changes);
    if (others.length > 0) {
        throw new AppError("OTHER_CHANGES", {
            message: `the settings of ${environment} differ from what stands by more than hosts, which is to be made first; nothing has been changed`,
            details: others,
            hint: command("up", environment, "--roll"),
        });
    }
}

/** Of those that are not named only these are waited for: the others may have stood still for long. */
async function countOthers(
    target: SettledTarget,
    counts: (host: Host) => boolean,
): Promise<Pick<RollPlan, "done" | "ignored">> {
    const { hosts } = await readCluster(target);
    const wanted = wantedHost(target, target.settings);
    const others = hosts.filter((host) => counts(host) && !isGone(host));
    const still = others.filter((host) => !judgeHost(host, wanted).ready);
    return {
        done: others.length - still.length,
        ignored: new Set(still.map(({ instanceId }) => instanceId)),
    };
}

/** Every host in its turn, what becomes of its tasks, and whether it keeps a docker volume. */
export function describeReplace(
    target: ReplaceTarget,
    plan: RollPlan,
    allowInterruption: boolean,
): readonly string[] {
    const { environment, settings } = target;
    const wanted = wantedHost(target, settings);
    const about = (host: Host): string => {
        const number = hostNumberIn(host.tags);
        const keepsVolume =
            number !== undefined && storageOfHost(settings.dockerStorage, number).mode === "volume";
        return [
            ...(number === undefined ? [] : [`host ${number}`]),
            ...(keepsVolume ? ["its docker volume passes to its successor"] : []),
            judgeHost(host, wanted).reached,
        ].join(", ");
    };
    const { steps } = plan;
    return [
        `${environment}: ${steps.length === 1 ? "a host is" : `${steps.length} hosts are`} to be replaced`,
        ...describeSteps(plan, about),
        ...interruptionLines(steps, allowInterruption),
    ];
}
