import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentArgs } from "./environment";
import type { AgentSettings } from "./model/settings";
import { leastPrivilegePolicy } from "./model/iam/leastPrivilegePolicy";
import { registryPolicy } from "./model/iam/registryPolicies";
import { ssmPolicy } from "./model/iam/ssmPolicy";
import { assumeRoleDocument, managedPolicyArn, susePolicy } from "./model/iam/policies";
import { keptName, resourceName } from "./model/names";
import { logGroupStart } from "./model/services/serviceNames";
import type { ResolvedCreatedRole } from "./model/settings";
import { withName } from "./model/tags";
import { readPart } from "./partSettings";
import type { SettingsInputs } from "./settingsInputs.generated";

/** Of what hosts call as members of their cluster. */
const hostsPolicy = "sles-ecs-hosts";

export interface InstanceRoleArgs extends EnvironmentArgs {
    /** The role to make, or the instance profile to use. @default - a role of the environment's own that lets hosts do what their agent calls on this cluster */
    readonly instanceRole?: SettingsInputs["instanceRole"];
    /** What the hosts' agent is told: some of its settings need permissions of their own. @default - nothing */
    readonly agent?: AgentSettings;
    /** The only log group that tasks log to with the hosts' role, beside those of services. @default - they may log to any */
    readonly taskLogGroup?: string | undefined;
    /** ARN of the cluster that the policy `leastPrivilege` is bound to. */
    readonly clusterArn: pulumi.Input<string>;
    /** The environment's own repositories, and whether hosts may push to them. @default - it has none */
    readonly registry?: {
        readonly repositoryArns: readonly string[];
        readonly mayPush: boolean;
    };
}

/**
 * The IAM role that lets hosts talk to ECS, with its instance profile (guide, section 2), or an instance profile
 * that exists.
 * Cost: none.
 * @example
 * import { createEnvironment, EcsCluster, InstanceRole } from "sles-ecs";
 * export = async () => {
 *     const web = await createEnvironment("web");
 *     const { clusterArn } = new EcsCluster("web", { ...web });
 *     const role = new InstanceRole("web-role", { ...web, clusterArn, instanceRole: { ssm: true } });
 *     return { instanceProfileName: role.instanceProfileName };
 * };
 */
export class InstanceRole extends pulumi.ComponentResource {
    public readonly instanceProfileName: pulumi.Output<string>;
    /** Name of the role; that of the instance profile where the profile exists already. */
    public readonly roleName: pulumi.Output<string>;
    /** ARN of the role. */
    public readonly roleArn: pulumi.Output<string>;
    /** What must stand before a host's agent first calls ECS, and until its last call. */
    public readonly permissions: readonly pulumi.Resource[];

    /** @throws pulumi.RunError with every problem of `instanceRole` */
    constructor(name: string, args: InstanceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:InstanceRole", name, {}, opts);
        const { settings, restore } = readPart({ instanceRole: args.instanceRole }, args.environment);
        const wanted = settings.instanceRole;
        if (wanted.mode === "existing") {
            this.instanceProfileName = pulumi.output(restore(wanted.instanceProfileName));
            this.roleName = this.instanceProfileName;
            this.roleArn = iam.getInstanceProfileOutput(
                { name: this.instanceProfileName },
                { parent: this },
            ).roleArn;
            this.permissions = [];
        } else {
            const role = this.createRole(name, args, restore(wanted.name));
            const policy = this.grant(name, role, args, wanted);
            if (wanted.ssm) {
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

    private createRole(
        name: string,
        args: InstanceRoleArgs,
        wantedName: pulumi.Input<string> | undefined,
    ): iam.Role {
        const { environment, stackId, location } = args;
        const nameOf = (id?: string) => resourceName("instanceRole", environment, location.region, id);
        return new iam.Role(
            name,
            {
                name: wantedName ?? stackId.apply(nameOf),
                description: `Hosts of the sles-ecs environment ${environment}`,
                assumeRolePolicy: JSON.stringify(assumeRoleDocument(args.location.partition)),
                // Policies that people attached by hand must not keep the role from going.
                forceDetachPolicies: true,
                tags: withName(args.tags, wantedName ?? nameOf()),
            },
            { parent: this, ignoreChanges: wantedName === undefined ? keptName : [] },
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
                            leastPrivilegePolicy(arn, args.agent ?? {}, {
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
