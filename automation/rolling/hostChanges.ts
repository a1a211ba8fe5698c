import { command, line, type CommandLine, type Line } from "../../components/model/commandLine";
import type { ImageLock } from "../../components/model/images/imageLock";
import type { Host } from "../ports/aws";
import { groupType, instanceType, type ResourceEvent, type StateResource } from "../ports/engine";
import { describeStep } from "../output/changes";
import { isLoss } from "../output/fates";

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const volumeType = "aws:ebs/volume:Volume";
const attachmentType = "aws:ec2/volumeAttachment:VolumeAttachment";

/** What a change of the host image, and of the user data that goes with it, does to each type of resource. */
const expected: Readonly<
    Record<string, Pick<ResourceEvent, "operation"> & { readonly properties: readonly string[] }>
> = {
    [instanceType]: { operation: "replace", properties: ["ami", "userData", "userDataBase64"] },
    [attachmentType]: { operation: "replace", properties: ["instanceId"] },
    [templateType]: {
        operation: "update",
        properties: ["imageId", "userData", "latestVersion", "defaultVersion"],
    },
    // What stops a host at the end of a lease names the host.
    "aws:scheduler/schedule:Schedule": { operation: "update", properties: ["target"] },
    [groupType]: { operation: "update", properties: ["launchTemplate"] },
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

/** Steps that hosts and their successors have nothing to do with; one line each. */
export function changesBesideHosts(steps: readonly ResourceEvent[]): readonly string[] {
    const withHosts = [instanceType, attachmentType, templateType];
    return steps
        .filter(
            (step) => !isExpected(step) && !(withHosts.includes(step.type) && step.operation !== "delete"),
        )
        .map(describeStep);
}

/** The engine's names of a group and its launch template, where a preview changes what the group starts hosts from. */
export function templateChanges(steps: readonly ResourceEvent[]): readonly string[] {
    return steps.filter(({ type }) => type === templateType || type === groupType).map(({ urn }) => urn);
}

/** Steps that put other hosts in the place of fixed ones. */
export function replacedHosts(steps: readonly ResourceEvent[]): readonly ResourceEvent[] {
    return steps.filter(({ type, operation }) => type === instanceType && operation === "replace");
}

/** What replaces hosts one by one, where a change would replace them all at once, or leave them as they are. */
export interface Instead {
    /** What it does better, as the beginning of a line. */
    readonly words: string;
    readonly command: CommandLine;
}

interface Standing {
    readonly environment: string;
    readonly lock?: ImageLock | undefined;
    /** The `up` that makes the change. */
    readonly up: CommandLine;
}

/** Undefined where the steps replace no host, and leave none of a group behind; and where hosts can only go all at once. */
export function rollInstead(
    { environment, lock, up }: Standing,
    steps: readonly ResourceEvent[],
): Instead | undefined {
    const replaced = steps.filter(isHostReplaced);
    if (replaced.length > 0 && replaced.every(isForImage)) {
        return {
            words: "to another image host by host, and tasks first",
            command: command("images", "update", environment, lock !== undefined && ["--to", lock.name]),
        };
    }
    if (heldByHosts(steps).length > 0) {
        return undefined;
    }
    if (replaced.length > 0) {
        return { words: "host by host, and tasks first", command: rollCommand(up) };
    }
    return changesLaunchTemplate(steps) ? groupInstead(up) : undefined;
}

/** What replaces hosts of a group that run, which a change of its launch template alone leaves as they are. */
export function groupInstead(up: CommandLine): Instead {
    const words = "hosts of the group that run stay as they are; to replace them in turn, and tasks first";
    return { words, command: rollCommand(up) };
}

/** A line on that command. */
export function insteadLine({ words, command }: Instead): Line {
    return line`${words}: ${command}`;
}

/** The same `up`, which replaces hosts one by one. */
export function rollCommand(up: CommandLine): CommandLine {
    return command(...up.words, "--roll");
}

/** A group starts hosts from another version of its launch template from then on. */
export function changesLaunchTemplate(steps: readonly ResourceEvent[]): boolean {
    return steps.some(
        ({ type, changedProperties }) =>
            type === groupType && changedProperties.some((property) => rootOf(property) === "launchTemplate"),
    );
}

/** What goes with a fixed host that is replaced, and is left with it while the engine makes the rest. */
export function excludedWith({ urns, changes, steps }: HostChanges): readonly string[] {
    const rolled = new Set(steps.flatMap(({ host }) => urns.get(host.instanceId) ?? []));
    return changes.filter((step) => goesWith(rolled, changes, step)).map(({ urn }) => urn);
}

/** What would be lost beside the hosts that are replaced, and what goes with them. */
export function lossesBesideHosts(plan: HostChanges): readonly ResourceEvent[] {
    const excluded = new Set(excludedWith(plan));
    return plan.changes.filter((step) => isLoss(step) && !excluded.has(step.urn));
}

/** What cannot go before the hosts that use it. */
const heldTypes = [
    groupType,
    templateType,
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpc:Vpc",
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:ecs/cluster:Cluster",
];

/**
 * What would go or be replaced while hosts use it. A docker volume is held by its host alone, which may go along with it;
 * roles and schedules of hours and leases are held by none.
 */
export function heldByHosts(changes: readonly ResourceEvent[]): readonly ResourceEvent[] {
    const rolled = changes.filter(isHostReplaced);
    return changes.filter(
        ({ type, name, operation }) =>
            (operation === "delete" || operation === "replace") &&
            (heldTypes.includes(type) ||
                (type === volumeType && rolled.some((host) => name.startsWith(`${host.name}-`)))),
    );
}

/** Names of the fixed hosts that a preview deletes, and no other takes the place of. */
export function deletedHosts(steps: readonly ResourceEvent[]): ReadonlySet<string> {
    return new Set(
        steps
            .filter(({ type, operation }) => type === instanceType && operation === "delete")
            .map(({ name }) => name),
    );
}

/** For each host that is replaced, why; the rest of a sentence. */
export function reasonsOf({ urns, changes }: HostChanges): (host: Host) => string {
    const template = changes.find(({ type }) => type === templateType);
    return ({ instanceId, launchTemplate }) => {
        const own = changes.find(({ urn }) => urn === urns.get(instanceId)) ?? template;
        if (own !== undefined) {
            return `for a change of ${[...new Set(own.changedProperties.map(rootOf))].join(", ") || "its properties"}`;
        }
        return launchTemplate === undefined
            ? "of an older launch template"
            : `of version ${launchTemplate.version} of the launch template, which is at ${launchTemplate.groupVersion}`;
    };
}

function goesWith(
    rolled: ReadonlySet<string>,
    changes: readonly ResourceEvent[],
    { type, name, urn }: ResourceEvent,
): boolean {
    const hosts = changes.filter((step) => rolled.has(step.urn));
    return (
        rolled.has(urn) || (type === attachmentType && hosts.some((host) => name.startsWith(`${host.name}-`)))
    );
}

/** Hosts of a plan, and all that the engine would do. */
interface HostChanges {
    /** The engine's name of each fixed host that it would replace, by its instance. */
    readonly urns: ReadonlyMap<string, string>;
    readonly changes: readonly ResourceEvent[];
    readonly steps: readonly { readonly host: Pick<Host, "instanceId"> }[];
}

/** A step of a fixed host. */
export function isHost({ type }: Pick<ResourceEvent, "type">): boolean {
    return type === instanceType;
}

function isHostReplaced({ type, operation }: ResourceEvent): boolean {
    return type === instanceType && operation === "replace";
}

/** Whether a host is replaced for its image, and for nothing that does not go with it. */
function isForImage(step: ResourceEvent): boolean {
    return step.changedProperties.some((property) => rootOf(property) === "ami") && isExpected(step);
}

/** `launchTemplate.version` is a change of `launchTemplate`. */
function rootOf(property: string): string {
    return property.split(/[.[]/)[0] ?? property;
}

/** The engine's name of each fixed host that a preview replaces, by the name of its resource. */
export function urnsOfHosts(steps: readonly ResourceEvent[]): ReadonlyMap<string, string> {
    return new Map(steps.filter(isHostReplaced).map(({ name, urn }) => [name, urn]));
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
        ({ type, name, operation }) =>
            operation !== "delete" &&
            (type === instanceType || type === attachmentType) &&
            !standing.some((host) => name === host || name.startsWith(`${host}-`)),
    );
    return {
        urns: left.map(({ urn }) => urn),
        names: left.map(({ name }) => name),
        hosts: left.filter(({ type }) => type === instanceType).length,
    };
}

/** A fixed host as its state has it. @param name that of its resource */
export function fixedHost(name: string): Pick<StateResource, "type" | "name"> {
    return { type: instanceType, name };
}

/** The same by the engine's name of it. */
export function hostOfUrn(urn: string): Pick<StateResource, "type" | "name"> {
    return fixedHost(urn.split("::").at(-1) ?? urn);
}

/** The name of the resource of each fixed host, by its instance. */
export function namesOfHosts(
    resources: readonly { readonly type: string; readonly name: string; readonly id: string }[],
): ReadonlyMap<string, string> {
    return new Map(resources.filter(({ type }) => type === instanceType).map(({ id, name }) => [id, name]));
}
