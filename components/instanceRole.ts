import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "./model/location";
import type { AgentSettings } from "./model/settings";
import { leastPrivilegePolicy } from "./model/iam/leastPrivilegePolicy";
import { registryPolicy } from "./model/iam/registryPolicies";
import { ssmPolicy } from "./model/iam/ssmPolicy";
import { assumeRoleDocument, managedPolicyArn, susePolicy } from "./model/iam/policies";
import { keptName, resourceName } from "./model/names";
import { logGroupStart } from "./model/services/serviceNames";
import type { ResolvedCreatedRole } from "./model/settings";
import { withName } from "./model/tags";
import type { ResourceTags } from "./stackId";

/** Of what hosts call as members of their cluster. */
const hostsPolicy = "sles-ecs-hosts";

/** An instance profile that exists already. */
interface ExistingProfile {
    readonly mode: "existing";
    readonly instanceProfileName: pulumi.Input<string>;
}

export interface InstanceRoleArgs {
    readonly environment: string;
    readonly stackId: pulumi.Output<string>;
    readonly location: Location;
    readonly role: ResolvedCreatedRole | ExistingProfile;
    /** Some of the agent's settings need permissions of their own. */
    readonly agent: AgentSettings;
    /** The only log group that tasks log to with the hosts' role, beside those of services. @default - they may log to any */
    readonly taskLogGroup: string | undefined;
    /** The cluster that the policy `leastPrivilege` is bound to. */
    readonly clusterArn: pulumi.Input<string>;
    /** What the role may do with the environment's own repositories. @default - it has none */
    readonly registry?: {
        readonly repositoryArns: readonly string[];
        readonly mayPush: boolean;
    };
    readonly tags: ResourceTags;
}

/**
 * The IAM role that lets hosts talk to ECS, with its instance profile (guide, section 2), or an instance profile
 * that exists.
 * Cost: none.
 */
export class InstanceRole extends pulumi.ComponentResource {
    public readonly instanceProfileName: pulumi.Output<string>;
    /** Name of the role; that of the instance profile where the profile exists already. */
    public readonly roleName: pulumi.Output<string>;
    /** ARN of the role. */
    public readonly roleArn: pulumi.Output<string>;
    /** What must stand before a host's agent first calls ECS, and until its last call. */
    public readonly permissions: readonly pulumi.Resource[];

    constructor(name: string, args: InstanceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:InstanceRole", name, {}, opts);
        if (args.role.mode === "existing") {
            this.instanceProfileName = pulumi.output(args.role.instanceProfileName);
            this.roleName = this.instanceProfileName;
            this.roleArn = iam.getInstanceProfileOutput(
                { name: args.role.instanceProfileName },
                { parent: this },
            ).roleArn;
            this.permissions = [];
        } else {
            const role = this.createRole(name, args, args.role);
            const policy = this.grant(name, role, args, args.role);
            if (args.role.ssm) {
                this.createPolicy(`${name}-ssm`, role, "sles-ecs-ssm", JSON.stringify(ssmPolicy));
            }
            this.instanceProfileName = this.createInstanceProfile(name, role, args).name;
            if (args.registry !== undefined) {
                const { repositoryArns, mayPush } = args.registry;
                const allowed = JSON.stringify(registryPolicy(repositoryArns, mayPush));
                this.createPolicy(`${name}-registry`, role, "sles-ecs-registry", allowed);
            }
            this.roleName = role.name;
            this.roleArn = role.arn;
            this.permissions = [policy];
        }
        this.registerOutputs({ instanceProfileName: this.instanceProfileName, roleName: this.roleName });
    }

    private createRole(name: string, args: InstanceRoleArgs, settings: ResolvedCreatedRole): iam.Role {
        const { environment, stackId, location } = args;
        const nameOf = (id?: string) => resourceName("instanceRole", environment, location.region, id);
        return new iam.Role(
            name,
            {
                name: settings.name ?? stackId.apply(nameOf),
                description: `Hosts of the sles-ecs environment ${environment}`,
                assumeRolePolicy: JSON.stringify(assumeRoleDocument(args.location.partition)),
                // Policies that people attached by hand must not keep the role from going.
                forceDetachPolicies: true,
                tags: withName(args.tags, settings.name ?? nameOf()),
            },
            { parent: this, ignoreChanges: settings.name === undefined ? keptName : [] },
        );
    }

    private grant(
        name: string,
        role: iam.Role,
        args: InstanceRoleArgs,
        { policy }: ResolvedCreatedRole,
    ): pulumi.Resource {
        switch (policy) {
            case "awsManaged":
                return new iam.RolePolicyAttachment(
                    `${name}-aws-managed`,
                    { role: role.name, policyArn: managedPolicyArn(args.location.partition) },
                    { parent: this },
                );
            case "suse":
                return this.createPolicy(`${name}-policy`, role, hostsPolicy, JSON.stringify(susePolicy));
            case "leastPrivilege":
                return this.createPolicy(
                    `${name}-policy`,
                    role,
                    hostsPolicy,
                    pulumi.all([args.clusterArn, args.stackId]).apply(([arn, stackId]) =>
                        JSON.stringify(
                            leastPrivilegePolicy(arn, args.agent, {
                                hasRegistry: args.registry !== undefined,
                                // Services that `service deploy` makes have groups of their own.
                                taskLogGroups:
                                    args.taskLogGroup === undefined
                                        ? undefined
                                        : [args.taskLogGroup, `${logGroupStart(stackId, args.environment)}*`],
                            }),
                        ),
                    ),
                );
        }
    }

    private createPolicy(
        name: string,
        role: iam.Role,
        policyName: string,
        policy: pulumi.Input<string>,
    ): iam.RolePolicy {
        return new iam.RolePolicy(name, { name: policyName, role: role.name, policy }, { parent: this });
    }

    private createInstanceProfile(
        name: string,
        role: iam.Role,
        { tags }: InstanceRoleArgs,
    ): iam.InstanceProfile {
        return new iam.InstanceProfile(
            `${name}-profile`,
            { name: role.name, role: role.name, tags },
            { parent: this },
        );
    }
}
