import { command, line, type CommandLine, type Line } from "../../components/model/commandLine";
import type { ImageLock } from "../../components/model/images/imageLock";
import type { ResourceEvent } from "../ports/engine";
import { describeStep } from "../output/changes";

const instanceType = "aws:ec2/instance:Instance";
const attachmentType = "aws:ec2/volumeAttachment:VolumeAttachment";

/** What a change of the host image, and of the user data that goes with it, does to each type of resource. */
const expected: Readonly<
    Record<string, Pick<ResourceEvent, "operation"> & { readonly properties: readonly string[] }>
> = {
    [instanceType]: { operation: "replace", properties: ["ami", "userData", "userDataBase64"] },
    [attachmentType]: { operation: "replace", properties: ["instanceId"] },
    "aws:ec2/launchTemplate:LaunchTemplate": {
        operation: "update",
        properties: ["imageId", "userData", "latestVersion", "defaultVersion"],
    },
    // What stops a host at the end of a lease names the host.
    "aws:scheduler/schedule:Schedule": { operation: "update", properties: ["target"] },
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

/** The command that replaces hosts one by one; undefined where no host would be replaced for another image. */
export function updateInstead(
    { environment, lock }: { readonly environment: string; readonly lock?: ImageLock | undefined },
    steps: readonly ResourceEvent[],
): CommandLine | undefined {
    const isForImage = steps.some(
        ({ type, operation, changedProperties }) =>
            type === instanceType && operation === "replace" && changedProperties.some(isImage),
    );
    return isForImage
        ? command("images", "update", environment, lock !== undefined && ["--to", lock.name])
        : undefined;
}

/** A line on that command. */
export function updateAdvice(instead: CommandLine): Line {
    return line`to another image host by host, and tasks first: ${instead}`;
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

/** What an update that ended half way has left to be made: hosts that are missing, and volumes without their hosts. */
export interface Unfinished {
    readonly urns: readonly string[];
    /** Names of the resources. */
    readonly names: readonly string[];
    /** How many of them are hosts. */
    readonly hosts: number;
}

/**
 * Steps of a preview that make what is not there. A host that stands, and the attachment of its volume, are replaced in
 * their turn.
 * @param standing names of the resources of hosts that are to be replaced
 */
export function unfinishedSteps(steps: readonly ResourceEvent[], standing: readonly string[]): Unfinished {
    const left = steps.filter(
        ({ type, name }) =>
            (type === instanceType || type === attachmentType) &&
            !standing.some((host) => name === host || name.startsWith(`${host}-`)),
    );
    return {
        urns: left.map(({ urn }) => urn),
        names: left.map(({ name }) => name),
        hosts: left.filter(({ type }) => type === instanceType).length,
    };
}

/** The name of the resource of each fixed host, by its instance. */
export function namesOfHosts(
    resources: readonly { readonly type: string; readonly name: string; readonly id: string }[],
): ReadonlyMap<string, string> {
    return new Map(resources.filter(({ type }) => type === instanceType).map(({ id, name }) => [id, name]));
}
