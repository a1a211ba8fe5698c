import { command } from "../../../components/model/commandLine";
import { callerName, hasEnded, instant } from "../../../components/model/lease";
import { projectOf } from "../../../components/model/tags";
import { AppError } from "../../errors/appError";
import { endWithPulumi } from "../../errors/ownProgram";
import type { FoundOwner } from "../../inventory/owners";
import type { Aws } from "../../ports/awsServices";
import type { EnvironmentSummary } from "../../ports/engine";
import type { Project } from "../../settings/project";
import { stateOf } from "./orphans";

/** An environment that may be removed, and where it is. */
export interface Chosen {
    readonly found: FoundOwner;
    readonly region: string;
    readonly aws: Aws;
}

/**
 * Refuses what somebody may still work with.
 * @throws AppError ORPHAN_NOT_PROVEN with the reason
 */
export async function requireProven(
    { found, aws }: Chosen,
    project: Project,
    summaries: readonly EnvironmentSummary[],
): Promise<void> {
    const { environment, stack, stackId, lease } = found;
    const refuse = (why: string, hint: AppError["hint"] = command("orphans")): never => {
        throw new AppError("ORPHAN_NOT_PROVEN", {
            message: `${environment} (${stack}) is not removed: ${why}`,
            hint,
        });
    };
    if (stackId === undefined) {
        return refuse("it is older than stack ids, and nothing proves whose it is");
    }
    const state = stateOf(found, summaries);
    if (state === "here") {
        const known = summaries.find((one) => stateOf(found, [one]) === "here");
        const name = known?.name ?? environment;
        return known?.ofOwnProgram === true
            ? refuse(
                  `the stack ${name} of this backend knows it, which a program of your own has made`,
                  endWithPulumi(name),
              )
            : refuse("a state of this backend knows it", command("destroy", name));
    }
    if (state === "unreadable") {
        const broken = summaries.filter(({ unreadable }) => unreadable !== undefined).map(({ name }) => name);
        return refuse(`the state of ${broken.join(", ")} cannot be read, and may know it`, command("list"));
    }
    const ofProject = projectOf(found);
    if (ofProject !== project.name) {
        return refuse(
            `it is of project ${ofProject ?? "unknown"}, and the states of ${project.name} were looked at`,
            `run the same command in a folder of project ${ofProject ?? "unknown"}`,
        );
    }
    if (lease === "none" || lease === "unreadable") {
        return;
    }
    const [now, caller] = await Promise.all([aws.identity.time(), aws.identity.caller()]);
    if (!isLeaseOver(found, now) && lease.owner !== callerName(caller.arn)) {
        const until =
            lease.expiresAt === undefined ? "is to stay" : `lives until ${instant(lease.expiresAt)}`;
        return refuse(`it ${until}, by the lease of ${lease.owner}, who may have its state elsewhere`);
    }
}

export function isLeaseOver({ lease }: Pick<FoundOwner, "lease">, now: Date): boolean {
    return typeof lease !== "string" && hasEnded(lease, now);
}
