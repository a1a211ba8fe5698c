import { command, line, type Line } from "../../commandLine";
import { joiningActions } from "../../iam/hostCalls";
import { managedPolicyArn } from "../../iam/policies";
import { recogniser, type CauseCode, type Recogniser, type Shown } from "../cause";
import type { DeniedAction, HostEvidence, ProfileEvidence } from "../evidence";

const registering: readonly string[] = joiningActions.slice(0, 1);

/** Whether a host gets credentials, and what they let it do. */
export const roleCauses: readonly Recogniser[] = [
    recogniser("NO_INSTANCE_PROFILE", ({ profile, instanceId }, environment) =>
        profile !== undefined && profile.name === undefined
            ? {
                  evidence: [`${instanceId} has no instance profile`],
                  remedy: line`aws ec2 associate-iam-instance-profile --instance-id ${instanceId} --iam-instance-profile Name=<profile>, or: ${command("up", environment)}`,
              }
            : undefined,
    ),
    recogniser("PROFILE_GONE", ({ profile }, environment) =>
        profile?.name !== undefined && !profile.exists
            ? {
                  evidence: [`there is no instance profile ${profile.name}`],
                  remedy: command("up", environment),
              }
            : undefined,
    ),
    recogniser("PROFILE_WITHOUT_ROLE", ({ profile }) =>
        profile?.exists === true && profile.roleName === undefined
            ? {
                  evidence: [`instance profile ${profile.name} holds no role`],
                  remedy: `aws iam add-role-to-instance-profile --instance-profile-name ${profile.name} --role-name <role>`,
              }
            : undefined,
    ),
    recogniser("ROLE_NOT_TRUSTED", ({ profile }) =>
        profile?.trustsEc2 === false
            ? {
                  evidence: [`the trust policy of role ${profile.roleName} does not name ec2.amazonaws.com`],
                  remedy: `aws iam update-assume-role-policy --role-name ${profile.roleName} --policy-document <one that lets ec2.amazonaws.com call sts:AssumeRole>`,
              }
            : undefined,
    ),
    deniedBy("ROLE_TOO_NARROW", "policies", attachPolicy),
    deniedBy("BOUNDARY_DENIES", "boundary", allowInBoundary),
    deniedBy("ORGANIZATION_DENIES", "organization", allowInOrganization),
];

/** The agent has registered and may not ask for work. */
export const pollingCause: Recogniser = recogniser("MAY_NOT_POLL", ({ profile, registration }) => {
    const denied = profile?.denied.filter(({ action }) => !registering.includes(action)) ?? [];
    return registration !== undefined && !registration.agentConnected && denied.length > 0
        ? {
              evidence: denied.map(deniedText),
              remedy: remedies[denied[0]?.by ?? "policies"](roleOf(profile), profile?.partition),
          }
        : undefined;
});

type Remedy = (role: string, partition: string | undefined) => Line;

function deniedBy(code: CauseCode, by: DeniedAction["by"], remedy: Remedy): Recogniser {
    return recogniser(code, ({ profile }: HostEvidence): Shown => {
        const denied = profile?.denied.filter((one) => one.by === by) ?? [];
        return denied.some(({ action }) => registering.includes(action))
            ? { evidence: denied.map(deniedText), remedy: remedy(roleOf(profile), profile?.partition) }
            : undefined;
    });
}

function deniedText({ action, by }: DeniedAction): string {
    const who = {
        policies: "no policy of the role allows",
        boundary: "the permissions boundary of the role does not allow",
        organization: "a policy of the organization does not allow",
    };
    return `${who[by]} ${action}`;
}

function roleOf(profile: ProfileEvidence | undefined): string {
    return profile?.roleName ?? "<role>";
}

/** AWS's own policy for hosts, and no wider one of ours, because the role is somebody's. */
function attachPolicy(role: string, partition = "aws"): Line {
    return `aws iam attach-role-policy --role-name ${role} --policy-arn ${managedPolicyArn(partition)}`;
}

/** Somebody has drawn it on purpose: it is widened by what the agent needs, and not taken away. */
function allowInBoundary(role: string): Line {
    return `aws iam get-role --role-name ${role} --query Role.PermissionsBoundary, and have that policy allow it as well`;
}

function allowInOrganization(): Line {
    return "have the service control policy of the account allow it";
}

const remedies: Readonly<Record<DeniedAction["by"], Remedy>> = {
    policies: attachPolicy,
    boundary: allowInBoundary,
    organization: allowInOrganization,
};
