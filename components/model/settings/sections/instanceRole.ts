import { z } from "zod";
import { defaults } from "../defaults";
import { mayBeOutput, oneOf, text, trueOrFalse } from "../fields";
import type { Settings } from "../settings.generated";

const instanceRolePolicies = ["leastPrivilege", "suse", "awsManaged"] as const;

const create = z.strictObject({
    mode: z.literal("create").optional().meta({
        description: "A role and an instance profile of the environment's own.",
        defaultText: defaults.instanceRoleMode,
    }),
    // IAM API reference, CreateRole: RoleName.
    name: text(/^[\w+=,.@-]{1,64}$/, "an IAM role name: up to 64 letters, digits and +=,.@_-")
        .meta(mayBeOutput("sles-ecs-unknown-###"))
        .optional()
        .meta({
            description: "Name of the role and of its instance profile, such as the guide's ecsInstanceRole.",
            defaultText: "- a name that carries environment and region",
        }),
    policy: oneOf(instanceRolePolicies).optional().meta({
        description:
            "What the hosts may do: `leastPrivilege` (this cluster only), `suse` (the guide's document to the letter) or `awsManaged` (AmazonEC2ContainerServiceforEC2Role).",
        defaultText: defaults.instanceRolePolicy,
    }),
    ssm: trueOrFalse()
        .optional()
        .meta({
            description:
                "Lets AWS Systems Manager (SSM) reach the hosts, for `hosts start-agent`, `hosts logs` and `hosts move`: Run Command and sessions, no parameters. SLES 12 and 15 images have the SSM agent, those of SLES 16 have none. An existing instance profile needs these permissions of its own.",
            defaultText: String(defaults.instanceRoleSsm),
        }),
});

const existing = z.strictObject({
    mode: z.literal("existing").meta({ description: "An instance profile that already exists." }),
    // IAM API reference, CreateInstanceProfile: InstanceProfileName.
    instanceProfileName: text(
        /^[\w+=,.@-]{1,128}$/,
        "an instance profile name (not an ARN): up to 128 letters, digits and +=,.@_-",
    ).meta({
        ...mayBeOutput("sles-ecs-unknown-###"),
        description: "Name of the instance profile.",
    }),
});

export const instanceRoleSchema = z.discriminatedUnion("mode", [create, existing]).meta({
    description: "The IAM role that lets hosts talk to ECS.",
    defaultText: "- a role of the environment's own, `mode: create`",
});

export interface ResolvedCreatedRole {
    readonly mode: "create";
    /** Missing: a name that carries environment and region. */
    readonly name?: string;
    readonly policy: (typeof instanceRolePolicies)[number];
    readonly ssm: boolean;
}
interface ResolvedExistingRole {
    readonly mode: "existing";
    readonly instanceProfileName: string;
}
export type ResolvedInstanceRole = ResolvedCreatedRole | ResolvedExistingRole;

export function resolveInstanceRole(role: NonNullable<Settings["instanceRole"]> = {}): ResolvedInstanceRole {
    return role.mode === "existing"
        ? role
        : {
              mode: "create",
              name: role.name,
              policy: role.policy ?? defaults.instanceRolePolicy,
              ssm: role.ssm ?? defaults.instanceRoleSsm,
          };
}
