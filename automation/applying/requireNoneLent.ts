import { command } from "../../components/model/commandLine";
import type { SettledTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { isLentTo } from "../hosts/loans";
import { groupType, type StateResource } from "../ports/engine";

/**
 * Another `hosts.mode` makes or deletes the list of capacity providers of the cluster as a whole, with those of attached groups in
 * it, which tasks may use.
 * @param resources what the state has
 * @throws AppError GROUPS_ATTACHED where groups are attached and the mode is to be another one
 */
export async function requireNoneLent(
    { aws, clusterName, owner, environment, settings }: SettledTarget,
    resources: readonly StateResource[],
): Promise<void> {
    const { mode } = settings.hosts;
    const before = resources.some(({ type }) => type === groupType) ? "autoScaling" : "fixed";
    if (resources.length === 0 || mode === before) {
        return;
    }
    const lent = (await aws.ecs.groupProviders(clusterName)).filter(({ tags }) => isLentTo(tags, owner));
    const [first] = lent;
    if (first !== undefined) {
        throw new AppError("GROUPS_ATTACHED", {
            message: `hosts.mode is to be ${mode} instead of ${before}, which would take ${lent.map(({ group }) => group).join(", ")} off cluster ${clusterName}: expected no attached group; nothing has been changed`,
            hint: command("groups", "remove", environment, first.group),
        });
    }
}
