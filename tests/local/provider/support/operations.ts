import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";

/** What the engine did to each resource, by its name in the program. */
export type Operations = ReadonlyMap<string, ReadonlySet<string>>;

type Verb = "up" | "preview" | "refresh" | "destroy";

/** Runs the verb and answers what it did. */
export async function run(stack: Stack, verb: Verb): Promise<Operations> {
    const operations = new Map<string, Set<string>>();
    const onEvent = (event: EngineEvent): void => {
        // A preview has no outputs; a refresh knows what it did only when it has read the resource.
        const metadata =
            verb === "preview" ? event.resourcePreEvent?.metadata : event.resOutputsEvent?.metadata;
        const name = metadata?.urn.split("::").at(-1);
        if (metadata !== undefined && name !== undefined && !metadata.type.startsWith("pulumi:")) {
            operations.set(name, (operations.get(name) ?? new Set()).add(metadata.op));
        }
    };
    await stack[verb]({ onEvent });
    return operations;
}

/** Names of the resources to which the engine did something else than look at them, with what it did. */
export function changes(operations: Operations): Record<string, string[]> {
    return Object.fromEntries(
        [...operations]
            .map(([name, done]) => [name, [...done].filter((op) => op !== "same").sort()] as const)
            .filter(([, done]) => done.length > 0),
    );
}

/** A resource of the state. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The resources of the state. */
export async function resourcesOf(stack: Stack): Promise<readonly StateResource[]> {
    const deployment: unknown = (await stack.exportStack()).deployment;
    return (deployment as { readonly resources?: readonly StateResource[] }).resources ?? [];
}

/** The resources of the state, by name. */
export async function stateOf(stack: Stack): Promise<ReadonlyMap<string, StateResource>> {
    const resources = await resourcesOf(stack);
    return new Map(resources.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
}

/** The error that `work` fails with, in words. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
    try {
        await work;
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    throw new Error("it went well, expected a failure");
}
