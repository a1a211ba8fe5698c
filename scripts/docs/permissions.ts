import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { changes, harmless, isRead } from "../../automation/aws/repeats";
import { code, generatedNote, markdownTable, page } from "./markdown";

const root = path.join(__dirname, "..", "..");

/** docs/permissions.md, from the calls of the AWS SDK in the code. */
export function permissionsPage(): string {
    const rows = [...actionsOfCommands()].sort(([left], [right]) => (left < right ? -1 : 1));
    return page(
        generatedNote,
        "# Permissions of the caller",
        "What the credentials must be allowed that `sles-ecs` runs with. What the hosts may do is another matter: `instanceRole` in [config.md](config.md).",
        "## What `sles-ecs` itself asks AWS for",
        "All commands read; only `destroy`, `reap`, `orphans --remove`, `pause`, `resume`, `images update`, `extend`, `keep` and `hosts drain`, `activate`, `reboot`, `replace`, `scale`, `attach`, `start-agent` and `move`, `groups remove`, and `service deploy`, `scale`, `exec` and `remove`, change anything by themselves, and `up` where it sets right what an earlier one has left, or a pause, and with `--roll`. They and `refresh` lock the environment by a parameter below `/sles-ecs/locks/`, which `unlock` takes away. Where a check before the start may not read something, it warns and goes on; any other call that is denied is named in the error `AWS_ACCESS_DENIED`. Without `pricing:GetProducts` costs go by prices that come along, and no command fails.",
        markdownTable(
            ["Service", "Reads", "Changes"],
            rows.map(([service, actions]) => [
                code(service),
                list(actions.filter(isRead)),
                list(actions.filter((action) => !isRead(action))),
            ]),
        ),
        "`images list` and `images show` ask AWS for nothing. Whoever may call `ssm:StartSession`, as `hosts shell` does, has a shell on every host that Systems Manager reaches. Whoever may call `ssm:SendCommand` with the document `AWS-RunShellScript` is root on every host that Systems Manager reaches; `hosts start-agent`, `hosts move` and `hosts logs` need it for hosts that it reaches, and `doctor` does without where it may not.",
        "`hosts attach` of a group whose launch template names its image by a parameter (`resolve:ssm:…`) also needs `ssm:GetParameters` on that parameter: EC2 looks the image up with the caller's permissions ([Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html)).",
        ...repeats(),
        "## What the engine needs for `preview`, `up`, `refresh`, `destroy` and `images update`",
        "Pulumi's AWS provider reads back in detail what it makes, and which calls that takes differs from version to version. `ec2:*`, `ecs:*` and `autoscaling:*` cover it there, and `scheduler:*` for environments with a lease or hours; a narrower set has not been tried on AWS, and the local cloud checks no permissions. Of IAM these are needed, unless `instanceRole` names an existing instance profile and the environment has neither lease nor hours, whose schedules always get a role of their own:",
        `${list(iamActionsOfProvider())}; and \`iam:PassRole\` for the role of the hosts, which is needed in any case, and for that of the schedules of a lease or of hours.`,
        "With `network.subnets: isolated` also `route53:AssociateVPCWithHostedZone`, for the private DNS names of the interface endpoints, which `ec2:CreateVpcEndpoint` depends on ([service authorization reference](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html)).",
        "In an account where ECS or Auto Scaling is used for the first time, `iam:CreateServiceLinkedRole` as well ([ECS](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html), [Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html)).",
        "## Keys of your own (KMS)",
        "Root volumes, and docker volumes without `dockerStorage.kmsKeyId`, use the account's default key for EBS. Where that is a key of your own, or `dockerStorage.kmsKeyId` names one, these are needed on the key ([EBS](https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html)):",
        `${list(kmsActionsOfVolumes)}. AWS advises to allow \`kms:CreateGrant\` only with the condition \`kms:GrantIsForAWSResource\`.`,
        "Whether a key is enabled is looked up before the start, with `ec2:GetEbsDefaultKmsKeyId` and, of keys that are not AWS's own, `kms:DescribeKey`; who may not ask gets a warning. The quota of vCPUs (`servicequotas:GetServiceQuota`, with `ec2:DescribeInstances` and `ec2:DescribeInstanceTypes` for what runs) is asked by `sles-ecs` alone: Pulumi has no look-up for what runs in a region.",
        "With `hosts.mode: autoScaling` it is the service-linked role of Auto Scaling that starts the hosts: the key's policy has to let that role use it, or no host starts ([Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html)).",
        "A stack with the secrets provider `awskms://` needs `kms:Encrypt` on its key when it is made or its key is changed, and `kms:Decrypt` whenever its state is opened.",
        "## What hosts may do",
        "`instanceRole.policy: leastPrivilege` allows what the ECS agent calls with the settings that it has, for this cluster only. `suse` is the policy of SUSE's guide to the letter: it allows nothing of Amazon ECR and CloudWatch Logs, no tags (`agent.tags`; the task metadata path `/taskWithTags`), and no draining of spot hosts. `awsManaged` is AWS's own.",
        "With `mode: existing` IAM is asked, by `iam:GetInstanceProfile` and `iam:SimulatePrincipalPolicy` on the role, whether its policies allow what hosts call with these settings. The start is refused where hosts could not join (`ecs:RegisterContainerInstance`, `ecs:DiscoverPollEndpoint`, `ecs:Poll`, and what `agent.tags`, `agent.propagateTagsFrom` and `agent.logDriver: awslogs` need), and the rest is a warning. A caller who may not ask that gets the names of what the settings need as warnings, and goes on.",
        "## Regions in China",
        "The role trusts `ec2.amazonaws.com.cn` there, the gateway endpoint for S3 is `com.amazonaws.<region>.s3` and the interface endpoint `cn.com.amazonaws.<region>.s3`, as the AWS CDK has them ([service principals](https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/region-info/lib/default.ts), [endpoints](https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts)). No environment has been made in China yet: this is unverified.",
    );
}

/** What is asked of AWS again, and what is not. */
function repeats(): readonly string[] {
    const all = Object.entries(changes);
    const because = (reason: keyof typeof harmless): readonly string[] => [
        list(all.filter(([, repeat]) => repeat === reason).map(([action]) => action)),
        `A second one does no harm: it ${harmless[reason]}.`,
    ];
    const never = all.flatMap(([action, repeat]) =>
        typeof repeat === "string" ? [] : [[code(action), `Not asked for again: ${repeat.never}.`] as const],
    );
    return [
        "## What is asked for again when a call fails",
        "What AWS has not done for sure is asked for again, up to six times with growing pauses (`AWS_MAX_ATTEMPTS`): what it throttled, and what did not reach it. So is every read. A change of which nobody knows whether it was done, since its answer was lost or AWS failed on the way, goes by this list; what is not in it is not asked for again. AWS's refusals never are.",
        markdownTable(
            ["Changes", "When nobody knows whether it was done"],
            [because("state"), because("removal"), ...never],
        ),
        "`sles-ecs` makes nothing in AWS by itself but its lock; the engine does. Pulumi's AWS provider asks again for all its calls, up to 25 times ([`max_retries`](https://registry.terraform.io/providers/hashicorp/aws/latest/docs) of the provider that it is made from), also for those that make something. Where a name or a token keeps AWS from making it twice, that is the end of it; where neither does, as with a VPC, an internet gateway or an address, a second one may stand in AWS that no state knows. It carries the environment's id: the next `up` or `destroy` names it and takes it away.",
        "Two things are never done again without you: a run of the engine that has failed, and `extend`, which adds its time to whatever end there is.",
    ];
}

function list(actions: readonly string[]): string {
    return actions.map(code).join(", ");
}

/** As the page of EBS lists them, by the names of KMS's API. */
const kmsActionsOfVolumes = [
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

/** Actions by the prefix of their service, from the commands and paginators that the adapters import. */
export function actionsOfCommands(): ReadonlyMap<string, readonly string[]> {
    const sources = readSources("automation/aws");
    const prefixes = new Map<string, string>();
    const commands = new Map<string, Set<string>>();
    for (const source of sources) {
        for (const [, names = "", client = ""] of source.matchAll(
            /^import \{([^}]*)\} from "@aws-sdk\/client-([\w-]+)";$/gm,
        )) {
            const found = [...names.matchAll(/\b(?:paginate(\w+)|([A-Z]\w+)Command)(?=,|\s|$)/g)];
            const known = commands.get(client) ?? new Set<string>();
            found.forEach(([, paginated, command]) => known.add(paginated ?? command ?? ""));
            commands.set(client, known);
            // As `AwsSession.connect` is told, which names the action in errors.
            const prefix = /session\.connect\([^]*?"[A-Z0-9_]+",\s*"([a-z0-9-]+)"/.exec(source)?.[1];
            if (prefix !== undefined) {
                prefixes.set(client, prefix);
            }
        }
    }
    return new Map(
        [...commands]
            .filter(([, names]) => names.size > 0)
            .map(([client, names]) => {
                const prefix = prefixes.get(client);
                if (prefix === undefined) {
                    throw new Error(`nothing in automation/aws connects the client ${client}`);
                }
                return [prefix, [...names].sort().map((name) => `${prefix}:${name}`)];
            }),
    );
}

/** The local provider makes, changes and removes what Pulumi's own does; only its calls to IAM are the same. */
function iamActionsOfProvider(): readonly string[] {
    const calls = readSources("local/provider/resources").flatMap((source) =>
        [...source.matchAll(/\biam\.([a-z])(\w+)\(/g)].map(
            ([, first = "", rest = ""]) => `iam:${first.toUpperCase()}${rest}`,
        ),
    );
    return [...new Set(calls)].sort();
}

function readSources(folder: string): readonly string[] {
    const directory = path.join(root, folder);
    return readdirSync(directory)
        .filter((name) => name.endsWith(".ts"))
        .map((name) => readFileSync(path.join(directory, name), "utf8"));
}
