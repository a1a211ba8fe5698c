import { loanOf, tagKeys } from "../../components/model/tags";
import { deleteProvider, takeOffCluster } from "../hosts/clusterProviders";
import { isLentTo } from "../hosts/loans";
import { orWarn, type CleanUp } from "./cleanUp";

/**
 * Lets groups go that were attached: their capacity providers leave the cluster and are deleted, as a group can have one only.
 * The groups and their instances live on.
 */
export async function endLoans(cleanUp: CleanUp): Promise<void> {
    const { aws, owner, progress, removed } = cleanUp;
    await orWarn(cleanUp, "letting attached groups go", async () => {
        const lent = (await aws.ecs.groupProviders()).filter(({ tags }) => isLentTo(tags, owner));
        for (const provider of lent) {
            const { name, arn, group } = provider;
            await takeOffCluster(cleanUp, name);
            await deleteProvider(cleanUp, provider);
            progress.note(`group ${group}: off the cluster, and lives on`);
            removed.push({ type: "ecs:capacity-provider", name, id: arn, reason: `group ${group} stays` });
        }
        for (const { name } of await aws.autoScaling.groups(loanOf(owner))) {
            await aws.autoScaling.untagGroup(name, [tagKeys.attachedTo]);
        }
    });
}
