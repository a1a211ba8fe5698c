import type { KeptVolume } from "../../../components/model/checks/keptVolumes";
import type { CommonOptions } from "../../command/command";
import { requireConsent } from "../../environment/consent";
import type { Target } from "../../environment/target";
import type { Context } from "../../ports/context";
import { upCommand, type SettingsRequest } from "../../settings/settingsChanges";

/**
 * Asks whether volumes of an earlier life are to be taken up, which the checks have named: only the name of their stack
 * tells whose they are. What the state has by now is not asked about again.
 * @throws AppError DECLINED, CONSENT_NEEDED
 */
export async function askBeforeTakingUp(
    { stateIds, environment }: Pick<Target, "stateIds" | "environment">,
    keptVolumes: readonly KeptVolume[],
    request: SettingsRequest & Pick<CommonOptions, "yes">,
    context: Context,
): Promise<void> {
    const asked = keptVolumes.filter(({ id, isOfEarlierLife }) => isOfEarlierLife && !stateIds.has(id));
    if (asked.length > 0) {
        const volumes = `kept volume${asked.length === 1 ? "" : "s"} ${asked.map(({ id }) => id).join(", ")}`;
        await requireConsent(
            context,
            request,
            `Take up ${volumes} in ${environment} again?`,
            upCommand(request),
        );
    }
}
