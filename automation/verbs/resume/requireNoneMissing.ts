import { command } from "../../../components/model/commandLine";
import type { OpenTarget } from "../../environment/target";
import { AppError } from "../../errors/appError";
import { isGone, isOff } from "../../hosts/find";
import { counted } from "../../output/counted";
import type { PauseSurvey } from "../../pause/survey";
import type { Instance } from "../../ports/awsServices";
import { instanceType } from "../../ports/engine";

/**
 * A fixed host that was terminated while it stood still comes by no waiting, nor does one that nobody finds to start it, and
 * services may not fit on the others. The pause goes on, so that the update which sets it right finds what services had.
 * @throws AppError NOT_READY
 */
export async function requireNoneMissing(
    { aws, stack, environment }: OpenTarget,
    { hosts, group }: PauseSurvey,
): Promise<void> {
    if (group !== undefined) {
        return;
    }
    const known = new Set(hosts.map(({ instanceId }) => instanceId));
    const made = (await stack.resources())
        .filter(({ type, id, isPendingDeletion }) => type === instanceType && id !== "" && !isPendingDeletion)
        .map(({ id }) => id);
    const missing = made.filter((id) => !known.has(id));
    if (missing.length === 0) {
        return;
    }
    const found = await aws.ec2.instancesById(missing);
    const idsOf = (are: (host: Instance) => boolean) => found.filter(are).map(({ instanceId }) => instanceId);
    const there = new Set(idsOf((host) => !isGone(host)));
    const tell = (ids: readonly string[], one: string, more: string): readonly string[] =>
        ids.length === 0
            ? []
            : [
                  `${ids.length} of ${counted(made.length, "host")} of ${environment} ${ids.length === 1 ? one : more}: ${ids.join(", ")}`,
              ];
    const told = [
        ...tell(
            missing.filter((id) => !there.has(id)),
            "is gone from EC2",
            "are gone from EC2",
        ),
        ...tell(
            idsOf(isOff),
            "is stopped and has lost the tags by which it is found",
            "are stopped and have lost the tags by which they are found",
        ),
    ];
    if (told.length > 0) {
        throw new AppError("NOT_READY", { message: told.join("; "), hint: command("up", environment) });
    }
}
