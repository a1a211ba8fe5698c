import type { Tags } from "../../components/model/tags";
import type { Host } from "../ports/aws";
import type { Instance } from "../ports/awsServices";
import type { ScalingGroup } from "../ports/scalingServices";

/**
 * From which launch template an instance was launched. EC2 says so in tags that nobody else can set or take away
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html).
 */
export function launchTemplateOf(
    tags: Tags,
): { readonly id: string; readonly version: string | undefined } | undefined {
    const id = tags["aws:ec2launchtemplate:id"];
    return id === undefined ? undefined : { id, version: tags["aws:ec2launchtemplate:version"] };
}

/** A member of a group with what it was launched from, beside what the group starts hosts from now. */
export function withLaunchTemplate(
    instance: Instance,
    group: Pick<ScalingGroup, "launchTemplate"> | undefined,
): Instance {
    const launched = launchTemplateOf(instance.tags);
    const now = group?.launchTemplate;
    if (launched?.version === undefined || now === undefined) {
        return instance;
    }
    const { id, version } = launched;
    const isCurrent = id === now.id && version === now.version;
    return { ...instance, launchTemplate: { version, groupVersion: now.version, isCurrent } };
}

/** A host of a group that was launched from another version than the group starts hosts from by now. */
export function isOfOlderVersion({ launchTemplate }: Pick<Host, "launchTemplate">): boolean {
    return launchTemplate?.isCurrent === false;
}
