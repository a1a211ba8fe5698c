import { tagKeys } from "../../components/model/tags";
import { deleteProvider, takeOffCluster } from "../hosts/clusterProviders";
import { findLoans } from "../hosts/loans";
import { orWarn, type CleanUp } from "./cleanUp";

/**
 * Lets groups go that were attached: their capacity providers leave the cluster and are deleted, as a group can have one only.
 * The groups and their instances live on.
 */
export async function endLoans(cleanUp: CleanUp): Promise<void> {
    const { aws, owner, progress, removed } = cleanUp;
    await orWarn(cleanUp, "letting attached groups go", async () => {
        const { providers, groups } = await findLoans(aws, owner);
        for (const provider of providers) {
            const { name, arn, group } = provider;
            await takeOffCluster(cleanUp, name);
            await deleteProvider(cleanUp, provider);
            progress.note(`group ${group}: off the cluster, and lives on`);
            removed.push({ type: "ecs:capacity-provider", name, id: arn, reason: `group ${group} stays` });
        }
        // The tag goes last, so that a loan that ends half way is still known as one.
        for (const { name } of groups) {
            await aws.autoScaling.untagGroup(name, [tagKeys.attachedTo]);
        }
    });
}
