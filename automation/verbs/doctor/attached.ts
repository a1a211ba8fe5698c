import { diagnose } from "../../../components/model/diagnosis/diagnose";
import { gatherEvidence } from "../../diagnosis/gather";
import type { SettledTarget } from "../../environment/target";
import { findClusterGroups } from "../../hosts/loans";
import type { Diagnosed } from "./diagnosed";

type Lent = Pick<
    SettledTarget,
    "aws" | "clock" | "clusterName" | "owner" | "environment" | "stateIds" | "settings"
>;

/**
 * Why hosts of attached groups have not joined. How they are made, and where docker keeps its data there, is their owner's affair; so
 * no command of this program mends them.
 */
export async function diagnoseAttached(target: Lent): Promise<readonly Diagnosed[]> {
    const { aws, clock, clusterName, owner, environment } = target;
    const attached = (await findClusterGroups(target)).filter(({ kind }) => kind === "attached");
    const silent = attached.flatMap(({ provider, hosts }) =>
        hosts
            .filter(({ containerInstance }) => containerInstance?.agentConnected !== true)
            .map((host) => ({ host, group: provider.group })),
    );
    if (silent.length === 0) {
        return [];
    }
    const evidence = await gatherEvidence(
        { aws, clock, clusterName, owner },
        silent.map(({ host }) => host),
    );
    return silent.map(({ host, group }, index) => {
        const { instanceId, zone } = host;
        const found = evidence[index];
        const { cause, evidence: shown } =
            found === undefined ? { cause: undefined, evidence: [] } : diagnose(found, environment);
        const whose = `a host of the attached group ${group}, whose owner has to mend it`;
        return { id: instanceId, zone, cause, evidence: [...shown, whose] };
    });
}
