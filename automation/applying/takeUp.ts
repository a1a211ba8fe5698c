import type { CommonOptions } from "../command/command";
import { requireConsent } from "../environment/consent";
import type { Target } from "../environment/target";
import type { Context } from "../ports/context";
import { upCommand } from "../settings/settingsChanges";
import type { SettingsRequest } from "../settings/settingsRequest";
import type { UpChecks } from "./checkUp";

/** What was kept, whose it is, and what becomes of it. */
interface Kept {
    readonly isInState: boolean;
    readonly isOfEarlierLife: boolean;
    readonly goesWithEnvironment: boolean;
}

/**
 * Asks whether kept volumes and repositories are to be taken up, which the checks have named, where that is not plain: only the name of
 * their stack tells whose they are, or their data would go with the environment. What the state has by now is not asked about again.
 * @throws AppError DECLINED, CONSENT_NEEDED
 */
export async function askBeforeTakingUp(
    { environment }: Pick<Target, "environment">,
    { keptVolumes, keptRepositories }: Pick<UpChecks, "keptVolumes" | "keptRepositories">,
    request: SettingsRequest & Pick<CommonOptions, "yes">,
    context: Context,
): Promise<void> {
    const volumes = keptVolumes.filter(isAsked);
    const repositories = keptRepositories.filter(isAsked);
    const asked = [
        ...naming(
            "volume",
            volumes.map(({ id }) => id),
        ),
        ...naming(
            "repository",
            repositories.map(({ name }) => name),
        ),
    ];
    if (asked.length > 0) {
        const losses = [
            ...(volumes.some(goes) ? ["data"] : []),
            ...(repositories.some(goes) ? ["images"] : []),
        ];
        const whose = volumes.length + repositories.length === 1 ? "its" : "their";
        const end =
            losses.length > 0
                ? `, to be deleted with ${whose} ${losses.join(" and ")} by the next destroy`
                : "";
        await requireConsent(
            context,
            request,
            `Take up ${asked.join(" and ")} in ${environment} again${end}?`,
            upCommand(request),
        );
    }
}

function isAsked({ isInState, isOfEarlierLife, goesWithEnvironment }: Kept): boolean {
    return !isInState && (isOfEarlierLife || goesWithEnvironment);
}

function goes({ goesWithEnvironment }: Kept): boolean {
    return goesWithEnvironment;
}

/** Such as `kept volumes vol-1, vol-2`. */
function naming(kind: "volume" | "repository", names: readonly string[]): readonly string[] {
    const many = kind === "volume" ? "volumes" : "repositories";
    return names.length === 0 ? [] : [`kept ${names.length === 1 ? kind : many} ${names.join(", ")}`];
}
