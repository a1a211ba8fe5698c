import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentArgs } from "./environment";
import type { AdoptedCluster } from "./model/checks/cluster";
import { withName } from "./model/tags";

export interface EcsClusterArgs extends EnvironmentArgs {
    /** Name of the cluster; another one replaces it, and its hosts. @default - the name of the environment */
    readonly clusterName?: pulumi.Input<string>;
    /** The cluster to use in place of one of our own; it is neither changed nor deleted. @default - one of our own */
    readonly adopted?: { readonly [Part in keyof AdoptedCluster]: pulumi.Input<string> } | undefined;
}

/**
 * The ECS cluster: one of our own, or one that exists and stays.
 * Cost: none; ECS charges for hosts only.
 * @example
 * import { createEnvironment, EcsCluster } from "sles-ecs";
 * export = async () => {
 *     const web = await createEnvironment("web");
 *     const { clusterArn } = new EcsCluster("web", { ...web, clusterName: "shop" });
 *     return { clusterArn };
 * };
 */
export class EcsCluster extends pulumi.ComponentResource {
    /** Name of the cluster, as an output of the cluster itself: whoever uses it is destroyed before it. */
    public readonly clusterName: pulumi.Output<string>;
    public readonly clusterArn: pulumi.Output<string>;

    constructor(name: string, args: EcsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:EcsCluster", name, {}, opts);
        const cluster = args.adopted ?? this.createCluster(name, args);
        this.clusterName = pulumi.output(cluster.name);
        this.clusterArn = pulumi.output(cluster.arn);
        this.registerOutputs({ clusterName: this.clusterName, clusterArn: this.clusterArn });
    }

    private createCluster(
        name: string,
        { environment, clusterName = environment, tags }: EcsClusterArgs,
    ): ecs.Cluster {
        return new ecs.Cluster(
            name,
            { name: clusterName, tags: withName(tags, clusterName) },
            { parent: this },
        );
    }
}
