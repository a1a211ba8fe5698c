import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";
import { lifecyclePolicy, repositoryPolicy } from "./model/iam/registryPolicies";
import { repositoryName } from "./model/names";
import type { ResolvedContainerRegistry } from "./model/settings";
import { repositoryTags } from "./model/tags";
import type { ResourceTags } from "./stackId";

export interface ContainerRegistryArgs {
    /** Begins the names of the repositories. */
    readonly clusterName: string;
    readonly registry: ResolvedContainerRegistry;
    /** Names of repositories in ECR that are there already, to take up with their images. @default - none */
    readonly standing?: ReadonlySet<string>;
    /** ARN of the role of the hosts, which may pull. */
    readonly roleArn: pulumi.Input<string>;
    readonly tags: ResourceTags;
}

/**
 * Private repositories of Amazon ECR for the images of an environment: immutable tags, scanned on push, encrypted, and with a policy
 * that names the environment's hosts alone. A repository that is there already and is the environment's own (model/checks/repositories.ts
 * finds it) becomes a resource of the state again, with its images.
 * Cost: 0.10 USD per GB and month (us-east-1, November 2026); what hosts pull within a region is free.
 * @example
 * import { ContainerRegistry, SlesEcsCluster } from "sles-ecs";
 * const web = new SlesEcsCluster("web");
 * const registry = new ContainerRegistry("registry", {
 *     clusterName: "web",
 *     registry: { repositories: ["shop"], onDestroy: "keep", keepImages: 100, pushFromHosts: false },
 *     roleArn: web.instanceRoleArn,
 *     tags: {},
 * });
 * export const repositoryUrls = registry.repositoryUrls;
 */
export class ContainerRegistry extends pulumi.ComponentResource {
    /** By the name in the settings, such as `123456789012.dkr.ecr.eu-central-1.amazonaws.com/web/shop`. */
    public readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: ContainerRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:ContainerRegistry", name, {}, opts);
        this.repositoryUrls = Object.fromEntries(
            args.registry.repositories.map((repository) => [
                repository,
                this.createRepository(`${name}-${repository}`, repository, args).repositoryUrl,
            ]),
        );
        this.registerOutputs({ repositoryUrls: this.repositoryUrls });
    }

    private createRepository(
        resource: string,
        repository: string,
        { clusterName, registry, standing, roleArn, tags }: ContainerRegistryArgs,
    ): ecr.Repository {
        const { onDestroy, keepImages, pushFromHosts, kmsKeyId } = registry;
        const name = repositoryName(clusterName, repository);
        const keep = onDestroy === "keep";
        const made = new ecr.Repository(
            resource,
            {
                name,
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [
                    kmsKeyId === undefined
                        ? { encryptionType: "AES256" }
                        : { encryptionType: "KMS", kmsKey: kmsKeyId },
                ],
                forceDelete: !keep,
                tags: repositoryTags(tags, name, keep),
            },
            {
                parent: this,
                import: standing?.has(name) === true ? name : undefined,
                retainOnDelete: keep,
                // ECR changes the encryption of nothing that exists; the provider would delete the images with the repository.
                ignoreChanges: ["encryptionConfigurations"],
            },
        );
        new ecr.LifecyclePolicy(
            `${resource}-lifecycle`,
            { repository: made.name, policy: JSON.stringify(lifecyclePolicy(keepImages)) },
            { parent: this },
        );
        const policy = pulumi
            .output(roleArn)
            .apply((arn) => JSON.stringify(repositoryPolicy(arn, pushFromHosts)));
        new ecr.RepositoryPolicy(`${resource}-policy`, { repository: made.name, policy }, { parent: this });
        return made;
    }
}
