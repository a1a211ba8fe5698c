import type { KeptVolume } from "../../components/model/checks/keptVolumes";
import type { CommonOptions } from "../command/command";
import { requireConsent } from "../environment/consent";
import type { Target } from "../environment/target";
import type { Context } from "../ports/context";
import { upCommand, type SettingsRequest } from "../settings/settingsChanges";

/**
 * Asks whether kept volumes are to be taken up, which the checks have named, where that is not plain: only the name of their
 * stack tells whose they are, or their data would go with the environment. What the state has by now is not asked about again.
 * @throws AppError DECLINED, CONSENT_NEEDED
 */
export async function askBeforeTakingUp(
    { environment }: Pick<Target, "environment">,
    keptVolumes: readonly KeptVolume[],
    request: SettingsRequest & Pick<CommonOptions, "yes">,
    context: Context,
): Promise<void> {
    const asked = keptVolumes.filter(
        ({ isInState, isOfEarlierLife, goesWithEnvironment }) =>
            !isInState && (isOfEarlierLife || goesWithEnvironment),
    );
    if (asked.length > 0) {
        const isOne = asked.length === 1;
        const volumes = `kept volume${isOne ? "" : "s"} ${asked.map(({ id }) => id).join(", ")}`;
        const end = asked.some(({ goesWithEnvironment }) => goesWithEnvironment)
            ? `, to be deleted with ${isOne ? "its" : "their"} data by the next destroy`
            : "";
        await requireConsent(
            context,
            request,
            `Take up ${volumes} in ${environment} again${end}?`,
            upCommand(request),
        );
    }
}
