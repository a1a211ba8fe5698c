import { type StateLease } from "../../components/model/lease";
import {
    componentType,
    leaseResource,
    programComponent,
    stackIdResource,
} from "../../components/model/names";
import { readKeptSettings, type ResolvedSettings } from "../../components/model/settings";
import { hadCluster, type LeasedState, type Outputs, type StateResource } from "../ports/engine";
import { asRecord } from "../settings/project";
import { findNotOurs } from "./notOurs";

/** What the exported state of a stack says; only what this program reads of it. */
export interface StackState {
    readonly resources: readonly StateResource[];
    readonly outputs: Outputs;
    /** Names of the resources that a killed engine was working on. */
    readonly unfinished: readonly string[];
    /** Id of the stack, unless no update has made one yet. */
    readonly stackId?: string;
    /** Ids that clusters of a program of somebody's own have, which may be called anything. */
    readonly otherIds: readonly string[];
    /** What this product's program does not make, each as its type and name. */
    readonly notOurs: readonly string[];
    /** What the first update has made of the lease; missing where the environment has none. */
    readonly lease?: StateLease;
    /** Region that the engine works in; missing before the first resource of AWS. */
    readonly region?: string;
    /** What the last update was given; missing before the first. */
    readonly settings?: ResolvedSettings;
    /** URN of the stack itself as a resource; missing before the first update, and after everything is gone. */
    readonly root?: string;
}

export const emptyState: StackState = {
    resources: [],
    outputs: {},
    unfinished: [],
    otherIds: [],
    notOurs: [],
};

/** What of a state stands in AWS; where there is nothing, nothing in AWS can be the environment's own. */
export function standingIn({ resources }: StackState): readonly StateResource[] {
    return resources.filter(({ id }) => id !== "");
}

/** What the state tells of the lease, if there is one. */
export function leasedIn({ resources, lease, stackId, region }: StackState): LeasedState | undefined {
    return lease && { lease, stackId, hadCluster: hadCluster(resources), region };
}

/** Pulumi's mark of a secret value in states (sdk/go/common/resource/sig: secret). */
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const signatureKey = "4dabf18193072939515e22adb298388d";

/** Reads what `pulumi stack export` prints. Secret outputs are masked as Pulumi masks them. */
export function parseState(text: string): StackState {
    return stateOf(asRecord(asRecord(JSON.parse(text) as unknown)["deployment"]));
}

/** What a deployment says, as exports and files of states have it alike. */
export function stateOf(deployment: Readonly<Record<string, unknown>>): StackState {
    const resources = asList(deployment["resources"]).map(asRecord);
    const stack = resources.find((resource) => resource["type"] === "pulumi:pulumi:Stack");
    return {
        resources: resources
            .filter((resource) => resource["external"] !== true && !isEngineOwn(resource["type"]))
            .map((resource) => ({
                type: asText(resource["type"]),
                name: nameOf(resource),
                id: asText(resource["id"]),
                ...(resource["delete"] === true && { isPendingDeletion: true }),
            })),
        outputs: maskSecrets(asRecord(stack?.["outputs"])),
        unfinished: asList(deployment["pending_operations"]).map((operation) =>
            nameOf(asRecord(asRecord(operation)["resource"])),
        ),
        stackId: stackIdIn(resources),
        otherIds: otherIdsIn(resources),
        notOurs: findNotOurs(
            resources.map(({ urn, type, parent }) => ({
                urn: asText(urn),
                type: asText(type),
                parent: asText(parent),
            })),
        ),
        lease: leaseIn(resources),
        region: regionIn(resources),
        settings: settingsIn(resources),
        root: stack && asText(stack["urn"]),
    };
}

type Records = readonly Readonly<Record<string, unknown>>[];

/** What the program keeps as the id of its environment (components/stackId.ts). */
function stackIdIn(resources: Records): string | undefined {
    return asText(stashIn(resources, stackIdResource(programComponent))) || undefined;
}

/** Whatever is kept and may be an id: one too many only keeps something from being taken for lost. */
function otherIdsIn(resources: Records): readonly string[] {
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    return resources
        .filter((one) => isStash(one) && nameOf(one) !== stackIdResource(programComponent))
        .map((one) => asText(asRecord(one["outputs"])["output"]))
        .filter((text) => isId.test(text));
}

/** What the program keeps of the lease (components/lease.ts). */
function leaseIn(resources: Records): StateLease | undefined {
    const { owner, expiresAt, graceSeconds, longestTtlSeconds, accountId, region } = asRecord(
        stashIn(resources, leaseResource(programComponent)),
    );
    return typeof owner === "string" && typeof expiresAt === "string"
        ? {
              owner,
              expiresAt,
              accountId: asText(accountId) || undefined,
              region: asText(region) || undefined,
              graceSeconds: asNumber(graceSeconds) ?? 0,
              longestTtlSeconds: asNumber(longestTtlSeconds),
          }
        : undefined;
}

/** The inputs of the program's component (components/slesEcsCluster.ts), which an update writes as it begins. */
function settingsIn(resources: Records): ResolvedSettings | undefined {
    const component = resources.find(
        (one) => one["type"] === componentType && nameOf(one) === programComponent,
    );
    const { environment, settings } = asRecord(component?.["inputs"]);
    return readKeptSettings(settings, asText(environment));
}

function stashIn(resources: Records, name: string): unknown {
    const stash = resources.find((one) => isStash(one) && nameOf(one) === name);
    return asRecord(stash?.["outputs"])["output"];
}

function isStash(resource: Readonly<Record<string, unknown>>): boolean {
    return resource["type"] === "pulumi:index:Stash";
}

/** Of the provider, or of the first resource whose id is an ARN with a region. */
function regionIn(resources: Records): string | undefined {
    const provider = resources.find((one) => one["type"] === "pulumi:providers:aws");
    const region = asText(asRecord(provider?.["inputs"])["region"]);
    const arns = resources.map((one) => asText(one["id"]).split(":")[3] ?? "");
    return region || arns.find((one) => one !== "");
}

/** The stack itself and the providers are the engine's, not a person's. */
function isEngineOwn(type: unknown): boolean {
    return typeof type === "string" && type.startsWith("pulumi:");
}

function maskSecrets(outputs: Readonly<Record<string, unknown>>): Outputs {
    return Object.fromEntries(
        Object.entries(outputs).map(([name, value]) => [
            name,
            asRecord(value)[signatureKey] === secretSignature ? "[secret]" : value,
        ]),
    );
}

function nameOf(resource: Readonly<Record<string, unknown>>): string {
    return asText(resource["urn"]).split("::").at(-1) ?? "";
}

function asList(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

function asNumber(value: unknown): number | undefined {
    return typeof value === "number" ? value : undefined;
}

function asText(value: unknown): string {
    return typeof value === "string" ? value : "";
}
