import * as pulumi from "@pulumi/pulumi";
import { locationOf, type Location } from "./model/location";
import { stackIdResource } from "./model/names";
import { environmentTags, tagKeys, type Ownership } from "./model/tags";
import { requireOneOfItsName } from "./oneOfItsName";
import { readPart } from "./partSettings";
import { pulumiReads } from "./reads/pulumiReads";
import { createStackId, valueOf, type ResourceTags } from "./stackId";

/** What every part is told of the environment that it belongs to, as `createEnvironment` gives it. */
export interface EnvironmentArgs {
    /** Name of the environment; it is in the names and tags of all that is made for it. */
    readonly environment: string;
    /** `<organization>/<project>/<stack>`, the value of the ownership tag. */
    readonly stack: string;
    /** Kept in the state from the first update on: in names it keeps environments apart, and as a tag it proves whose a resource is. */
    readonly stackId: pulumi.Output<string>;
    readonly location: Location;
    /** What everything carries that can carry tags: whose it is, and the tags that were asked for. */
    readonly tags: ResourceTags;
}

export interface CreateEnvironmentArgs {
    /** Name of the environment; plain, as it begins the names of resources, and no two of a program may share it. @default - the name of the stack that runs */
    readonly environment?: string;
    /** Tags for everything that is made for it, beside the product's own. @default - none */
    readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** `<organization>/<project>/<stack>` of the stack that runs. */
export function stackThatRuns(): string {
    return `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
}

/**
 * Begins an environment for parts that are used alone: makes the id that everything of it carries, and asks AWS where it is. Parts
 * take what it gives: `new InstanceRole("web", { ...web, … })`. Cost: none.
 * @param name of the resource that keeps the id in the state, `<name>-stack-id`: another name is another environment
 * @param opts parent of that resource, and the provider that AWS is asked with
 * @throws pulumi.RunError where another environment of the program has its name, and with every problem of the tags
 * @example
 * import { createEnvironment, EcsCluster } from "sles-ecs";
 * export = async () => {
 *     const web = await createEnvironment("web", { environment: "web", tags: { team: "shop" } });
 *     const { clusterArn } = new EcsCluster("web", { ...web });
 *     return { clusterArn };
 * };
 */
export async function createEnvironment(
    name: string,
    { environment = pulumi.getStack(), tags = {} }: CreateEnvironmentArgs = {},
    opts: pulumi.InvokeOptions = {},
): Promise<EnvironmentArgs> {
    const owner = { environment, stack: stackThatRuns() };
    requireOneOfItsName(name, owner);
    const { settings, restore } = readPart({ clusterName: environment, tags }, environment);
    const stackId = createStackId(stackIdResource(name), opts.parent);
    const location = locationOf(await pulumiReads(opts).caller());
    const given = Object.entries(settings.tags).map(([key, value]) => [key, restore(value)] as const);
    return environmentArgs({ ...owner, stackId, location }, Object.fromEntries(given));
}

/** @param tags that were asked for */
export function environmentArgs(of: Omit<EnvironmentArgs, "tags">, tags: ResourceTags): EnvironmentArgs {
    const { environment, stack, stackId } = of;
    return {
        ...of,
        tags: { ...tags, ...environmentTags({ environment, stack }, {}), [tagKeys.stackId]: stackId },
    };
}

/** The same as look-ups ask by it; waits for the engine to say which id the state has. */
export async function ownerOf({ environment, stack, stackId }: EnvironmentArgs): Promise<Ownership> {
    return { environment, stack, stackId: await valueOf(stackId) };
}
