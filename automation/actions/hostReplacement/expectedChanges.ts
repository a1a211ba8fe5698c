import type { ResourceEvent } from "../../ports/engine";
import { describeStep } from "../changes";

const instanceType = "aws:ec2/instance:Instance";

/** What a change of the host image, and of the user data that goes with it, does to each type of resource. */
const expected: Readonly<
    Record<string, Pick<ResourceEvent, "operation"> & { readonly properties: readonly string[] }>
> = {
    [instanceType]: { operation: "replace", properties: ["ami", "userData"] },
    "aws:ec2/volumeAttachment:VolumeAttachment": { operation: "replace", properties: ["instanceId"] },
    "aws:ec2/launchTemplate:LaunchTemplate": {
        operation: "update",
        properties: ["imageId", "userData", "latestVersion", "defaultVersion"],
    },
    "aws:autoscaling/group:Group": { operation: "update", properties: ["launchTemplate"] },
};

/** Steps of a preview that are more than a change of the host image; one line each. */
export function otherChanges(steps: readonly ResourceEvent[]): readonly string[] {
    return steps.filter((step) => !isExpected(step)).map(describeStep);
}

function isExpected({ type, operation, changedProperties }: ResourceEvent): boolean {
    // Components hold the settings and nothing of AWS.
    if (type.startsWith("sles-ecs:") || type.startsWith("pulumi:")) {
        return true;
    }
    const change = expected[type];
    return (
        change?.operation === operation &&
        changedProperties.every((property) => change.properties.includes(rootOf(property)))
    );
}

/** What to do rather than to replace all hosts at once for another image; undefined where that is not planned. */
export function updateAdvice(environment: string, steps: readonly ResourceEvent[]): string | undefined {
    const count = steps.filter(
        ({ type, operation, changedProperties }) =>
            type === instanceType && operation === "replace" && changedProperties.some(isImage),
    ).length;
    return count === 0
        ? undefined
        : `${count === 1 ? "a host" : `${count} hosts`} would be replaced for another image; host by host, and tasks first: sles-ecs images update ${environment}`;
}

function isImage(property: string): boolean {
    return rootOf(property) === "ami";
}

/** `launchTemplate.version` is a change of `launchTemplate`. */
function rootOf(property: string): string {
    return property.split(/[.[]/)[0] ?? property;
}

/** The engine's name of each fixed host that a preview replaces, by the name of its resource. */
export function urnsOfHosts(steps: readonly ResourceEvent[]): ReadonlyMap<string, string> {
    return new Map(steps.filter(({ type }) => type === instanceType).map(({ name, urn }) => [name, urn]));
}

/** The name of the resource of each fixed host, by its instance. */
export function namesOfHosts(
    resources: readonly { readonly type: string; readonly name: string; readonly id: string }[],
): ReadonlyMap<string, string> {
    return new Map(resources.filter(({ type }) => type === instanceType).map(({ id, name }) => [id, name]));
}
