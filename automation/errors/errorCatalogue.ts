import { command, line } from "../../components/model/commandLine";
import type { CatalogueEntry } from "./catalogueEntry";
import { exitCodes } from "./exitCodes";
import { imageErrors } from "./imageErrors";

const entries = {
    USAGE: {
        exitCode: exitCodes.usage,
        meaning: "The command line itself is wrong: an unknown command or option, or a missing value.",
        hint: command("--help"),
    },
    SETTINGS_INVALID: {
        exitCode: exitCodes.usage,
        meaning: "The settings of the environment break the schema; every problem is listed with its path.",
    },
    ENVIRONMENT_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "There is no environment (Pulumi stack) of that name in this project and state backend.",
        hint: command("list"),
    },
    PROJECT_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "Neither the folder nor one above it holds a Pulumi.yaml: there is no project to work in.",
        hint: command("init"),
    },
    SETTINGS_FILE_UNREADABLE: {
        exitCode: exitCodes.usage,
        meaning: "Pulumi.yaml or the settings file of the environment is not valid YAML, or may not be read.",
        hint: "edit the file that the message names",
    },
    SETTINGS_CONFLICT: {
        exitCode: exitCodes.usage,
        meaning:
            "An option would change a settings file that others use, or that already says something else.",
    },
    CONSENT_NEEDED: {
        exitCode: exitCodes.usage,
        meaning:
            "The command would delete or replace something, nobody is there to ask, and --yes was not given.",
    },
    DECLINED: {
        exitCode: exitCodes.declined,
        meaning: "The question whether to go on was answered with no; nothing was changed.",
        hint: "run the same command again",
    },
    INTERRUPTED: {
        exitCode: exitCodes.interrupted,
        meaning: "The command was stopped by Ctrl-C or by a signal.",
        hint: "run the same command again; it goes on where it ended",
    },
    LOCKED: {
        exitCode: exitCodes.busy,
        meaning:
            "Another update of the environment is under way, or one was killed and left its lock behind.",
    },
    STATE_CORRUPT: {
        exitCode: exitCodes.failed,
        meaning: "The state file of the environment cannot be read; nothing is changed while that is so.",
    },
    PASSPHRASE_MISSING: {
        exitCode: exitCodes.usage,
        meaning: "The secrets of the environment are locked with a passphrase, and none was given.",
        hint: "export PULUMI_CONFIG_PASSPHRASE=<passphrase> (an empty one counts)",
    },
    PASSPHRASE_WRONG: {
        exitCode: exitCodes.usage,
        meaning:
            "The passphrase in the environment variables is not the one that the environment was made with.",
        hint: "export PULUMI_CONFIG_PASSPHRASE=<passphrase that the environment was made with>",
    },
    BACKEND_UNREACHABLE: {
        exitCode: exitCodes.failed,
        meaning:
            "The state backend does not answer, is missing, or lets nobody in with the credentials given.",
    },
    PLUGIN_MISSING: {
        exitCode: exitCodes.failed,
        meaning: "A provider plugin of Pulumi is neither installed nor to be downloaded.",
    },
    AWS_CREDENTIALS: {
        exitCode: exitCodes.failed,
        meaning: "AWS was asked without credentials, or with credentials that are wrong or have expired.",
        hint: "aws sts get-caller-identity",
    },
    UPDATE_FAILED: {
        exitCode: exitCodes.failed,
        meaning:
            "The Pulumi engine could not finish; every failed resource is listed. What was done is in the state.",
    },
    LEFT_BEHIND: {
        exitCode: exitCodes.leftBehind,
        meaning: "After a destroy something that belongs to the environment still exists; it is listed.",
    },
    AWS_CREDENTIALS_MISSING: {
        exitCode: exitCodes.failed,
        meaning: "Neither environment variables nor AWS's configuration files give credentials.",
        hint: line`aws configure, or ${command("local", "start")} for the local cloud`,
    },
    AWS_CREDENTIALS_EXPIRED: {
        exitCode: exitCodes.failed,
        meaning: "The AWS credentials were good for a time that is over.",
        hint: "aws sso login, or however you got them",
    },
    AWS_REGION_MISSING: {
        exitCode: exitCodes.usage,
        meaning: "Neither the settings nor AWS's own variables and files name a region.",
        hint: "export AWS_REGION=<region>",
    },
    AWS_CONFIG_UNSUPPORTED: {
        exitCode: exitCodes.usage,
        meaning:
            "The settings tell Pulumi's AWS provider where to go in a way that only the provider honours: the checks and the " +
            "clean-up would ask another account or region than the engine.",
        hint: "put it into a profile in ~/.aws/config (role_arn for a role), then export AWS_PROFILE=<profile>",
    },
    AWS_ACCOUNT_MISMATCH: {
        exitCode: exitCodes.usage,
        meaning:
            "The environment stands in another account or region than the one that the credentials and settings lead to; both are named.",
        hint: "aws sts get-caller-identity",
    },
    AWS_ACCESS_DENIED: {
        exitCode: exitCodes.failed,
        meaning:
            "The credentials lack the permission for a call that cannot be done without; the call is named.",
        hint: "ask for the permission that the message names, then run the same command again",
    },
    AWS_UNREACHABLE: {
        exitCode: exitCodes.failed,
        meaning:
            "Nothing answers where AWS, or the endpoint in AWS_ENDPOINT_URL, should be; the address is named.",
        hint: line`check the network and AWS_ENDPOINT_URL (${command("local", "status")} for the local cloud)`,
    },
    AWS_THROTTLED: {
        exitCode: exitCodes.failed,
        meaning: "AWS refused a call for its rate, also after several attempts with growing pauses.",
        hint: "run the same command again in a minute",
    },
    AWS_FAILED: {
        exitCode: exitCodes.failed,
        meaning: "A call to AWS failed for a reason that has no code of its own; AWS's error is shown.",
        hint: "run again with --debug",
    },
    PREFLIGHT_FAILED: {
        exitCode: exitCodes.usage,
        meaning:
            "Several checks before the start failed in different ways; each is listed with its own code.",
    },
    CLUSTER_NAME_TAKEN: {
        exitCode: exitCodes.usage,
        meaning:
            "There is an ACTIVE cluster of that name and it is not this environment's; destroying one would destroy both.",
        hint: "choose another clusterName, or use that cluster without owning it: --adopt-cluster",
    },
    CLUSTER_IS_OWN: {
        exitCode: exitCodes.usage,
        meaning:
            "adoptCluster is set for the cluster that the environment made itself; adopted, it would be deleted as a resource that is no longer wanted.",
        hint: "leave adoptCluster out of the settings",
    },
    CLUSTER_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "There is no ACTIVE cluster of the name that the environment uses.",
    },
    ...imageErrors,
    SUBNET_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "A subnet that the settings name does not exist in the region.",
        hint: "aws ec2 describe-subnets",
    },
    SECURITY_GROUP_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "A security group that the settings name does not exist in the region.",
        hint: "aws ec2 describe-security-groups",
    },
    SUBNET_IN_ANOTHER_VPC: {
        exitCode: exitCodes.usage,
        meaning: "The subnets and security groups that the settings name are spread over several VPCs.",
        hint: "aws ec2 describe-subnets --query 'Subnets[].[SubnetId,VpcId]'",
    },
    NO_DEFAULT_VPC: {
        exitCode: exitCodes.notFound,
        meaning: "network.mode is default, and the region has no default VPC, or one without subnets.",
        hint: "aws ec2 create-default-vpc, or set network.mode to create",
    },
    NO_ROUTE_TO_S3: {
        exitCode: exitCodes.usage,
        meaning:
            "From a subnet Amazon S3 cannot be reached; a host downloads the ECS agent from there and could not join.",
        hint: "add a gateway endpoint for S3, a NAT gateway or an internet gateway to the route table of the subnet",
    },
    INSTANCE_TYPE_NOT_OFFERED: {
        exitCode: exitCodes.usage,
        meaning: "EC2 does not offer the instance type in the zones that the hosts go to.",
        hint: "aws ec2 describe-instance-type-offerings --location-type availability-zone",
    },
    INSTANCE_PROFILE_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "There is no instance profile of the name in instanceRole.instanceProfileName.",
        hint: "aws iam list-instance-profiles",
    },
    KEY_PAIR_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning: "The region has no key pair of the name in hosts.keyName.",
        hint: "aws ec2 describe-key-pairs",
    },
    NOT_READY: {
        exitCode: exitCodes.notReady,
        meaning:
            "Not every host had a connected agent in the right cluster in time; each host is listed with how far it got.",
    },
    CLUSTER_NOT_EMPTY: {
        exitCode: exitCodes.notReady,
        meaning: "Tasks in the cluster did not stop in time; each is listed. What was stopped stays stopped.",
        hint: "run the same command again; it goes on where it ended",
    },
    PULUMI_UNAVAILABLE: {
        exitCode: exitCodes.failed,
        meaning:
            "There is no usable Pulumi CLI on PATH, and it could neither be downloaded nor be built from Go modules; " +
            "every way that was tried is listed with the reason why it failed.",
        hint: "install Pulumi (https://www.pulumi.com/docs/install/) or Go, then run the same command again",
    },
    PYTHON_MISSING: {
        exitCode: exitCodes.failed,
        meaning: "The local cloud needs a Python that is new enough, and there is none on PATH.",
        hint: "install Python: zypper install python311, or apt-get install python3 python3-venv",
    },
    PYTHON_VENV_MISSING: {
        exitCode: exitCodes.failed,
        meaning:
            "Python is there, but can make no virtual environment for the local cloud; some distributions part that from Python.",
        hint: "apt-get install python3-venv",
    },
    MOTO_INSTALL_FAILED: {
        exitCode: exitCodes.failed,
        meaning:
            "pip could not install moto, the emulator of AWS behind the local cloud; pip's last lines are shown.",
        hint: "run the same command again when the Python package index can be reached",
    },
    CACHE_UNUSABLE: {
        exitCode: exitCodes.failed,
        meaning: "The directory that keeps the fetched tools cannot be written.",
        hint: "set SLES_ECS_CACHE to a directory that you may write",
    },
    LOCAL_CLOUD_NOT_RUNNING: {
        exitCode: exitCodes.notFound,
        meaning: "No local cloud runs from that directory.",
        hint: command("local", "start"),
    },
    LOCAL_CLOUD_PORT: {
        exitCode: exitCodes.failed,
        meaning: "The port asked for is taken, or the local cloud runs already on another one.",
        hint: line`${command("local", "start")}, without --port, takes a free one`,
    },
    LOCAL_CLOUD_FAILED: {
        exitCode: exitCodes.failed,
        meaning: "The local cloud did not start; the end of its log is shown.",
    },
    DEMO_FAILED: {
        exitCode: exitCodes.failed,
        meaning:
            "A command of the demo failed, or its destroy left something behind; nothing of the demo is kept running.",
        hint: command("demo", "--debug"),
    },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof entries;

/** Every error code of the command line, with its exit code; `docs/errors.md` is generated from it. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = entries;
