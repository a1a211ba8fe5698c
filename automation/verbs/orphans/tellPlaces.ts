import { askPlace, tellPlace } from "../../lock/tellPlace";
import type { Aws } from "../../ports/awsServices";
import type { Context } from "../../ports/context";
import { awsTarget } from "../../settings/environmentSettings";
import type { Project } from "../../settings/project";

/** Whose account is about to be changed, a line a region. */
export async function tellPlaces(
    changed: readonly { readonly aws: Aws; readonly region: string }[],
    project: Pick<Project, "config">,
    context: Context,
): Promise<void> {
    const place = awsTarget(project.config);
    for (const one of new Map(changed.map((each) => [each.region, each])).values()) {
        tellPlace({ place }, await askPlace(one, context), context);
    }
}
