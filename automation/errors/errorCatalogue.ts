import { command, line } from "../../components/model/commandLine";
import {
    busy,
    declined,
    failed,
    interrupted,
    leftBehind,
    notFound,
    notReady,
    usage,
    type CatalogueEntry,
} from "./catalogueEntry";
import { evidenceErrors } from "./evidenceErrors";
import { hostErrors } from "./hostErrors";
import { registryErrors } from "./registryErrors";
import { imageErrors } from "./imageErrors";
import { leaseErrors } from "./leaseErrors";
import { pauseErrors } from "./pauseErrors";
import { proxyErrors } from "./proxyErrors";
import { serviceErrors } from "./serviceErrors";

const entries = {
    USAGE: usage(
        "The command line itself is wrong: an unknown command or option, or a missing value.",
        command("--help"),
    ),
    SETTINGS_INVALID: usage(
        "The settings of the environment break the schema; every problem is listed with its path. Commands that change nothing go by the settings that the last update was given, where there are any.",
    ),
    SETTING_UNKNOWN: notFound("There is no setting of that name to explain.", command("explain")),
    ENVIRONMENT_NOT_FOUND: notFound(
        "There is no environment (Pulumi stack) of that name in this project and state backend.",
        command("list"),
    ),
    OWN_PROGRAM: usage(
        "The stack was made by a Pulumi program of somebody's own, which alone knows what it is to be: `list` and `outputs` show it, every other command refuses it before anything is changed.",
        "pulumi up, or pulumi destroy, in the folder of that program",
    ),
    PROJECT_NOT_FOUND: notFound(
        "Neither the folder nor one above it holds a Pulumi.yaml: there is no project to work in; or the program that it names as main is not there.",
        command("init"),
    ),
    PAGE_FILE_UNUSABLE: usage(
        "The file that a page is to be written to cannot be written; what was there before is as it was.",
        "name another file with --html",
    ),
    SETTINGS_FILE_UNREADABLE: usage(
        "Pulumi.yaml or the settings file of the environment is not valid YAML, or may not be read.",
        "edit the file that the message names",
    ),
    SETTINGS_CONFLICT: usage(
        "An option would change a settings file that others use, that already says something else, or that is not there, as a program has given the settings; or a program gives settings beside a file.",
    ),
    CONSENT_NEEDED: usage(
        "The command would delete or replace something, nobody is there to ask, and --yes was not given.",
    ),
    DECLINED: declined(
        "The question whether to go on was answered with no; nothing was changed.",
        "run the same command again",
    ),
    INTERRUPTED: interrupted(
        "The command was stopped by Ctrl-C or by a signal.",
        "run the same command again; it goes on where it ended",
    ),
    LOCKED: busy(
        "Another update of the environment is under way, or one was killed and left its lock behind.",
    ),
    STATE_CORRUPT: failed(
        "The state file of the environment cannot be read; nothing is changed while that is so.",
    ),
    STATE_ELSEWHERE: failed(
        "The state of the environment is in a bucket or with Pulumi's own service, so that its files cannot be restored from here; the next step is the command for that backend.",
    ),
    PASSPHRASE_MISSING: usage(
        "The secrets of the environment are locked with a passphrase, and none was given.",
        "export PULUMI_CONFIG_PASSPHRASE=<passphrase> (an empty one counts)",
    ),
    PASSPHRASE_WRONG: usage(
        "The passphrase in the environment variables is not the one that the environment was made with.",
        "export PULUMI_CONFIG_PASSPHRASE=<passphrase that the environment was made with>",
    ),
    BACKEND_UNREACHABLE: failed(
        "The state backend does not answer, is missing, or lets nobody in with the credentials given.",
    ),
    PLUGIN_MISSING: failed("A provider plugin of Pulumi is neither installed nor to be downloaded."),
    AWS_CREDENTIALS: failed(
        "AWS was asked without credentials, or with credentials that are wrong or have expired.",
        "aws sts get-caller-identity",
    ),
    UPDATE_FAILED: failed(
        "The Pulumi engine could not finish; every failed resource is listed. What was done is in the state.",
    ),
    LEFT_BEHIND: leftBehind(
        "After a destroy something that belongs to the environment still exists, or it could not be looked for; it is listed, with what of others uses it and is therefore in the way.",
    ),
    AWS_CREDENTIALS_MISSING: failed(
        "Neither environment variables nor AWS's configuration files give credentials.",
        line`aws configure, or ${command("local", "start")} for the local cloud`,
    ),
    AWS_CREDENTIALS_EXPIRED: failed(
        "The AWS credentials were good for a time that is over.",
        "aws sso login, or however you got them",
    ),
    AWS_SSO_LOGIN_NEEDED: failed(
        "The profile takes its credentials from IAM Identity Center (SSO), and its session is over or was never begun.",
        "aws sso login",
    ),
    AWS_MFA_NEEDED: failed(
        "The profile takes a role that asks for a code of multi-factor authentication, and nobody can be asked for it here.",
        'eval "$(aws configure export-credentials --format env)", then unset AWS_PROFILE',
    ),
    AWS_REGION_MISSING: usage(
        "Neither the settings nor AWS's own variables and files name a region.",
        "export AWS_REGION=<region>",
    ),
    AWS_CONFIG_UNSUPPORTED: usage(
        "The settings tell Pulumi's AWS provider where to go in a way that only the provider honours: the checks and the clean-up would ask another account or region than the engine.",
        "put it into a profile in ~/.aws/config (role_arn for a role), then export AWS_PROFILE=<profile>",
    ),
    AWS_ACCOUNT_MISMATCH: usage(
        "The environment stands in another account or region than the one that the credentials and settings lead to; both are named.",
        "aws sts get-caller-identity",
    ),
    AWS_ACCESS_DENIED: failed(
        "The credentials lack the permission for a call that cannot be done without; the call is named.",
        "ask for the permission that the message names, then run the same command again",
    ),
    AWS_UNREACHABLE: failed(
        "Nothing answers where AWS, or the endpoint in AWS_ENDPOINT_URL, should be; the address is named.",
        line`check the network and AWS_ENDPOINT_URL (${command("local", "status")} for the local cloud)`,
    ),
    HOME_MISSING: usage(
        "There is no home folder, as in containers that run under a number without a name: AWS's and Pulumi's tools keep their files there.",
        "export HOME=<folder that you may write to>",
    ),
    AWS_CA_BUNDLE_UNREADABLE: usage(
        "AWS_CA_BUNDLE names a file of certificates that cannot be read, or that holds none.",
        "export AWS_CA_BUNDLE=<file of certificates in PEM>, or unset AWS_CA_BUNDLE",
    ),
    AWS_THROTTLED: failed(
        "AWS refused a call for its rate, also after several attempts with growing pauses.",
        "run the same command again in a minute",
    ),
    AWS_FAILED: failed(
        "A call to AWS failed for a reason that has no code of its own; AWS's error is shown.",
        "run again with --debug",
    ),
    PREFLIGHT_FAILED: usage(
        "Several checks before the start failed in different ways; each is listed with its own code.",
    ),
    CLUSTER_NAME_TAKEN: usage(
        "There is an ACTIVE cluster of that name and it is not this environment's; destroying one would destroy both.",
        "choose another clusterName, or use that cluster without owning it: --adopt-cluster",
    ),
    CLUSTER_IS_OWN: usage(
        "adoptCluster is set for the cluster that the environment made itself; adopted, it would be deleted as a resource that is no longer wanted.",
        "leave adoptCluster out of the settings",
    ),
    CLUSTER_NOT_FOUND: notFound("There is no ACTIVE cluster of the name that the environment uses."),
    LOG_GROUP_TAKEN: usage(
        "There is a log group of the name that capabilities.awslogs asks for, and it is not this environment's; destroying one would destroy both.",
        "choose another name with capabilities.awslogs.logGroupName",
    ),
    ...hostErrors,
    ...imageErrors,
    ...leaseErrors,
    ...pauseErrors,
    ...serviceErrors,
    ...proxyErrors,
    ...evidenceErrors,
    SUBNET_NOT_FOUND: notFound(
        "A subnet that the settings name does not exist in the region.",
        "aws ec2 describe-subnets",
    ),
    SECURITY_GROUP_NOT_FOUND: notFound(
        "A security group that the settings name does not exist in the region.",
        "aws ec2 describe-security-groups",
    ),
    SUBNET_IN_ANOTHER_VPC: usage(
        "The subnets and security groups that the settings name are spread over several VPCs.",
        "aws ec2 describe-subnets --query 'Subnets[].[SubnetId,VpcId]'",
    ),
    NO_DEFAULT_VPC: notFound(
        "network.mode is default, and the region has no default VPC, or one without subnets.",
        "aws ec2 create-default-vpc, or set network.mode to create",
    ),
    NO_ROUTE_TO_S3: usage(
        "From a subnet Amazon S3 cannot be reached; a host downloads the ECS agent from there and could not join.",
        "add a gateway endpoint for S3, a NAT gateway or an internet gateway to the route table of the subnet",
    ),
    NO_ROUTE_TO_ECS: usage(
        "From a subnet Amazon ECS cannot be reached; the agent of a host there could not join the cluster.",
        "route the subnet through a NAT gateway, or give its VPC interface endpoints with private DNS for ecs, ecs-agent and ecs-telemetry",
    ),
    NO_ROUTE_TO_SUSE: usage(
        "From a subnet SUSE's update servers cannot be reached. A warning, as hosts run without them; the start is refused where hosts.packages asks for packages.",
        "route the subnet through a NAT gateway",
    ),
    INSTANCE_TYPE_NOT_OFFERED: usage(
        "EC2 does not offer the instance type in the zones that the hosts go to.",
        "aws ec2 describe-instance-type-offerings --location-type availability-zone",
    ),
    VCPU_QUOTA_TOO_SMALL: usage(
        "The hosts need more vCPUs than the account's quota for on-demand instances of their families leaves beside what runs already. Asked by `sles-ecs` alone: Pulumi has no look-up for what runs.",
        "aws service-quotas request-service-quota-increase, or fewer or smaller hosts",
    ),
    ENCRYPTION_KEY_UNUSABLE: usage(
        "The KMS key that encrypts volumes, the account's default key for EBS or the one in dockerStorage.kmsKeyId, does not exist, is disabled, or will be deleted.",
        "aws kms enable-key or cancel-key-deletion, or another key",
    ),
    VOLUME_CANNOT_SHRINK: usage(
        "A volume of a fixed host is larger than the settings want it, and EBS makes no volume smaller; each is named with its host.",
        "set dockerStorage.sizeGiB or hosts.rootVolumeGiB to the size that the message names, or more",
    ),
    ...registryErrors,
    KEPT_VOLUME_TAKEN_UP: usage(
        "A warning: docker volumes that keepOnDestroy left in the account are taken up again by the hosts that they were kept for; each is named.",
    ),
    KEPT_VOLUME_UNUSABLE: usage(
        "A docker volume that keepOnDestroy left in the account cannot be taken up again: its zone, its key or its encryption do not fit, or several were kept for one host.",
    ),
    KEPT_VOLUME_WILL_GO: usage(
        "A warning: docker volumes that keepOnDestroy left in the account are taken up again by settings without keepOnDestroy, so that the next destroy deletes them with their data; each is named.",
    ),
    INSTANCE_PROFILE_NOT_FOUND: notFound(
        "There is no instance profile of the name in instanceRole.instanceProfileName.",
        "aws iam list-instance-profiles",
    ),
    INSTANCE_PROFILE_TOO_NARROW: usage(
        "The role of the instance profile in instanceRole.instanceProfileName does not allow what hosts need with these settings: IAM has evaluated its policies, and each setting is named with what is missing.",
        "aws iam attach-role-policy --role-name <role> --policy-arn <policy>",
    ),
    KEY_PAIR_NOT_FOUND: notFound(
        "The region has no key pair of the name in hosts.keyName.",
        "aws ec2 describe-key-pairs",
    ),
    NOT_READY: notReady(
        "Not every host had a connected agent in the right cluster in time; each host is listed with how far it got.",
    ),
    CLUSTER_NOT_EMPTY: notReady(
        "What runs in the cluster did not go in time: tasks, services, daemons, capacity providers, each with its state or with what ECS has refused last. What was stopped stays stopped.",
        "run the same command again; it goes on where it ended",
    ),
    PULUMI_UNAVAILABLE: failed(
        "There is no usable Pulumi CLI on PATH, and it could neither be downloaded nor be built from Go modules; every way that was tried is listed with the reason why it failed.",
        "install Pulumi (https://www.pulumi.com/docs/install/) or Go, then run the same command again",
    ),
    PULUMI_SDK_MISSING: failed(
        "Pulumi's SDKs are not installed beside this package: Yarn, and npm with --legacy-peer-deps or --omit=peer, leave them to the project. Each that is missing is named.",
        "npm install @pulumi/pulumi @pulumi/aws @pulumi/awsx",
    ),
    PYTHON_MISSING: failed(
        "The local cloud needs a Python that is new enough, and there is none on PATH.",
        "install Python: zypper install python311, or apt-get install python3 python3-venv",
    ),
    PYTHON_VENV_MISSING: failed(
        "Python is there, but can make no virtual environment for the local cloud; some distributions part that from Python.",
        "apt-get install python3-venv",
    ),
    MOTO_INSTALL_FAILED: failed(
        "pip could not install moto, the emulator of AWS behind the local cloud; pip's last lines are shown.",
        "run the same command again when the Python package index can be reached",
    ),
    CACHE_UNUSABLE: failed(
        "The directory that keeps the fetched tools cannot be written.",
        "set SLES_ECS_CACHE to a directory that you may write",
    ),
    FOLDER_UNUSABLE: usage(
        "A folder to write into cannot be made or takes no files; the path and the reason are named.",
    ),
    LOCAL_CLOUD_NOT_RUNNING: notFound("No local cloud runs from that directory.", command("local", "start")),
    LOCAL_CLOUD_PORT: failed(
        "The port asked for is taken, or the local cloud runs already on another one.",
        line`${command("local", "start")}, without --port, takes a free one`,
    ),
    LOCAL_CLOUD_CONTAINERS: failed(
        "Tasks were to run in real containers, and neither docker nor podman answers on this machine, or the local cloud runs already without them.",
        line`${command("local", "start")}, without --containers, simulates tasks`,
    ),
    LOCAL_CLOUD_FAILED: failed(
        "The local cloud did not start, or what it holds could not be kept; its log says why.",
    ),
    DEMO_FAILED: failed(
        "A command of the demo failed, or its destroy left something behind; nothing of the demo is kept running.",
        command("demo", "--debug"),
    ),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof entries;

/** Every error code of the command line, with its exit code; `docs/errors.md` is generated from it. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = entries;
