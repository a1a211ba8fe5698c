import { readEcrReference, type EcrReference } from "../containers/ecrReference";
import { repositoryName } from "../names";
import type { ResolvedSettings } from "../settings";
import { warning, type Findings } from "./finding";
import type { Caller } from "./reads";

/** A service with the images that the role of its hosts pulls; with an execution role it is that one's matter. */
export interface PulledImages {
    readonly service: string;
    readonly images: readonly string[];
}

type PullSettings = Pick<ResolvedSettings, "clusterName" | "containerRegistry" | "instanceRole">;

/** Whether these settings let hosts pull from the environment's own repositories alone. */
export function narrowsPulls({ containerRegistry, instanceRole }: PullSettings): boolean {
    return (
        containerRegistry !== undefined &&
        instanceRole.mode === "create" &&
        instanceRole.policy === "leastPrivilege"
    );
}

/** What of Amazon ECR services run and their hosts could not pull with these settings, such as on a new host. */
export function lostPulls(
    settings: PullSettings,
    { accountId, region }: Pick<Caller, "accountId" | "region">,
    services: readonly PulledImages[],
): Findings {
    const names = (settings.containerRegistry?.repositories ?? []).map((one) =>
        repositoryName(settings.clusterName, one),
    );
    const isOwn = (place: EcrReference): boolean =>
        place.accountId === accountId && place.region === region && names.includes(place.repository);
    const lost = services.flatMap(({ service, images }) =>
        images
            .filter((image) => {
                const place = readEcrReference(image);
                return place !== undefined && !isOwn(place);
            })
            .map((image) => `${image} (service ${service})`),
    );
    if (!narrowsPulls(settings) || lost.length === 0) {
        return [];
    }
    const message = `hosts with the policy leastPrivilege pull from these repositories alone, unless the policy of another one names their role: what runs could not be pulled again of ${lost.join(", ")}`;
    const hint =
        "set instanceRole.policy to awsManaged, have the services name an execution role that may pull, or bring the images into the environment's repositories";
    return [warning("IMAGES_OUT_OF_REACH", "containerRegistry", message, hint)];
}
