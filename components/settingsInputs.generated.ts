// Written by npm run docs, from the schema; not by hand.
import type * as pulumi from "@pulumi/pulumi";
import type {
    AgentSettings,
    AutoScalingHostsSettings,
    AwslogsSettings,
    CapabilitiesSettings,
    ContainerRegistrySettings,
    CreateInstanceRoleSettings,
    CreateNetworkSettings,
    DefaultNetworkSettings,
    DriverDockerStorageSettings,
    ExistingInstanceRoleSettings,
    ExistingNetworkSettings,
    FixedHostsSettings,
    ImageStoreDockerStorageSettings,
    IngressEntrySettings,
    ProxySettings,
    Settings,
    VolumeDockerStorageSettings,
} from "./model/settings/settings.generated";

/**
 * What a program gives as `settings`: everything may be left out. A value that another resource may supply can be an output; the others decide which resources there are and what they are called, which has to be known before any of them exists.
 */
export interface SettingsInputs extends Omit<
    Settings,
    | "clusterName"
    | "hosts"
    | "dockerStorage"
    | "agent"
    | "capabilities"
    | "instanceRole"
    | "network"
    | "proxy"
    | "containerRegistry"
    | "tags"
> {
    /**
     * Name of the ECS cluster.
     * @default - the name of the environment
     */
    readonly clusterName?: pulumi.Input<string> | undefined;
    /**
     * How many hosts there are, and of what kind.
     * @default - one host, `mode: fixed`
     */
    readonly hosts?: FixedHostsInputs | AutoScalingHostsInputs | undefined;
    /**
     * Where docker keeps container images and layers.
     * @default - the image's own store, `mode: imageStore`
     */
    readonly dockerStorage?:
        ImageStoreDockerStorageSettings | VolumeDockerStorageInputs | DriverDockerStorageSettings | undefined;
    /**
     * The ECS agent's own settings; each is one variable of its configuration. Changing one replaces fixed hosts, as their user data changes.
     * @default - the agent's own
     */
    readonly agent?: AgentInputs | undefined;
    /**
     * What hosts offer beside running tasks. A host counts as ready only with what is wanted here; but what cannot be installed keeps none out. Changing it replaces fixed hosts where their user data changes.
     * @default - what the image offers by itself
     */
    readonly capabilities?: CapabilitiesInputs | undefined;
    /**
     * The IAM role that lets hosts talk to ECS.
     * @default - a role of the environment's own, `mode: create`
     */
    readonly instanceRole?: CreateInstanceRoleInputs | ExistingInstanceRoleInputs | undefined;
    /**
     * Where the hosts run. They need a route to S3, or the agent cannot be downloaded.
     * @default - the account's default VPC, `mode: default`
     */
    readonly network?: DefaultNetworkInputs | ExistingNetworkInputs | CreateNetworkInputs | undefined;
    /**
     * The proxy by which everything on a host goes out: the ECS agent and its download, docker, zypper, the registration with SUSE, the SSM agent. Changing it replaces fixed hosts, as their user data changes.
     * @default - hosts go out directly
     */
    readonly proxy?: ProxyInputs | undefined;
    /**
     * Private repositories of Amazon ECR for the environment's images: immutable tags, scanned on push, encrypted, and with a policy that lets the environment's hosts pull. With the policy `leastPrivilege` hosts pull from these alone; tasks pull from others by the execution role of their task definition. The license of SLES does not allow its images in a public registry; a private one is allowed.
     * @default - no repositories
     */
    readonly containerRegistry?: ContainerRegistryInputs | undefined;
    /**
     * Tags for every resource that can carry tags, at most 42. Keys differ by more than upper and lower case, as IAM wants it.
     * @default - none but the product's own
     */
    readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
}

/**
 * Private repositories of Amazon ECR for the environment's images: immutable tags, scanned on push, encrypted, and with a policy that lets the environment's hosts pull. With the policy `leastPrivilege` hosts pull from these alone; tasks pull from others by the execution role of their task definition. The license of SLES does not allow its images in a public registry; a private one is allowed.
 */
export interface ContainerRegistryInputs extends Omit<ContainerRegistrySettings, "kmsKeyId"> {
    /**
     * ARN of the KMS key that encrypts the images. Nothing changes the encryption of a repository that exists.
     * @default - Amazon S3's own keys (AES-256)
     */
    readonly kmsKeyId?: pulumi.Input<string> | undefined;
}

/**
 * The proxy by which everything on a host goes out: the ECS agent and its download, docker, zypper, the registration with SUSE, the SSM agent. Changing it replaces fixed hosts, as their user data changes.
 */
export interface ProxyInputs extends Omit<ProxySettings, "address" | "noProxy"> {
    /**
     * The HTTP proxy, as `host:port`; without user name and password.
     */
    readonly address: pulumi.Input<string>;
    /**
     * What hosts reach without the proxy, next to themselves, the instance metadata, the credentials of tasks, docker, and S3 in a network with `mode: create`. Name the endpoints of your VPC here.
     * @default - nothing else
     */
    readonly noProxy?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
}

/**
 * A VPC of the environment's own, with a gateway endpoint to S3.
 */
export interface CreateNetworkInputs extends Omit<CreateNetworkSettings, "ingress" | "securityGroupIds"> {
    /**
     * What the hosts' own security group lets in, a list of rules such as `{ port: 8080, cidrBlocks: [10.0.0.0/8] }`: `protocol` (`tcp` unless given, or `udp`), one `port` or `fromPort` and `toPort`, and who may use them, `cidrBlocks` (IPv4 or IPv6) or `securityGroupIds` or both; `description` is for people. Containers with dynamic host ports get them from 32768 to 60999, which a load balancer has to reach: `{ fromPort: 32768, toPort: 60999, securityGroupIds: [sg-0123456789abcdef0] }`. Port 22 cannot be opened to everybody: `instanceRole.ssm` needs no open port.
     * @default - nothing is let in
     */
    readonly ingress?: readonly IngressEntryInputs[] | undefined;
    /**
     * Security groups that hosts have beside their own, of the environment's own VPC: from the second update on.
     * @default - none
     */
    readonly securityGroupIds?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
}

/**
 * Subnets and security groups that already exist.
 */
export interface ExistingNetworkInputs extends Omit<
    ExistingNetworkSettings,
    "subnetIds" | "securityGroupIds"
> {
    /**
     * Subnets for the hosts, all of one VPC.
     */
    readonly subnetIds: pulumi.Input<readonly pulumi.Input<string>[]>;
    /**
     * Security groups of the hosts, of the same VPC.
     */
    readonly securityGroupIds: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/**
 * The account's default VPC and its default subnets.
 */
export interface DefaultNetworkInputs extends Omit<DefaultNetworkSettings, "ingress" | "securityGroupIds"> {
    /**
     * What the hosts' own security group lets in, a list of rules such as `{ port: 8080, cidrBlocks: [10.0.0.0/8] }`: `protocol` (`tcp` unless given, or `udp`), one `port` or `fromPort` and `toPort`, and who may use them, `cidrBlocks` (IPv4 or IPv6) or `securityGroupIds` or both; `description` is for people. Containers with dynamic host ports get them from 32768 to 60999, which a load balancer has to reach: `{ fromPort: 32768, toPort: 60999, securityGroupIds: [sg-0123456789abcdef0] }`. Port 22 cannot be opened to everybody: `instanceRole.ssm` needs no open port.
     * @default - nothing is let in
     */
    readonly ingress?: readonly IngressEntryInputs[] | undefined;
    /**
     * Security groups of the default VPC that hosts have beside their own.
     * @default - none
     */
    readonly securityGroupIds?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
}

export interface IngressEntryInputs extends Omit<IngressEntrySettings, "cidrBlocks" | "securityGroupIds"> {
    readonly cidrBlocks?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
    readonly securityGroupIds?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
}

/**
 * An instance profile that already exists.
 */
export interface ExistingInstanceRoleInputs extends Omit<
    ExistingInstanceRoleSettings,
    "instanceProfileName"
> {
    /**
     * Name of the instance profile.
     */
    readonly instanceProfileName: pulumi.Input<string>;
}

/**
 * A role and an instance profile of the environment's own.
 */
export interface CreateInstanceRoleInputs extends Omit<CreateInstanceRoleSettings, "name"> {
    /**
     * Name of the role and of its instance profile, such as the guide's ecsInstanceRole.
     * @default - a name that carries environment and region
     */
    readonly name?: pulumi.Input<string> | undefined;
}

/**
 * What hosts offer beside running tasks. A host counts as ready only with what is wanted here; but what cannot be installed keeps none out. Changing it replaces fixed hosts where their user data changes.
 */
export interface CapabilitiesInputs extends Omit<CapabilitiesSettings, "awslogs"> {
    /**
     * Makes a log group for the log driver awslogs of tasks. It goes, with all that was logged, when the environment is destroyed. On the host: Nothing: docker brings the log driver, and amazon-ecs-init has the agent offer it. In IAM: The role of the hosts may write to the environment's log group and to those of `service deploy` (`/sles-ecs/<environment>-<id>/...`), and to no other one; tasks with an execution role need logs:CreateLogStream and logs:PutLogEvents in that. In the network: CloudWatch Logs (logs). Needs an agent from 1.16.0 on.
     * @default - not wanted
     */
    readonly awslogs?: boolean | AwslogsInputs | undefined;
}

export interface AwslogsInputs extends Omit<AwslogsSettings, "logGroupName"> {
    /**
     * Name of the log group.
     * @default - `/ecs/<cluster>`; in an adopted cluster `/ecs/<cluster>/<environment>`
     */
    readonly logGroupName?: pulumi.Input<string> | undefined;
}

/**
 * The ECS agent's own settings; each is one variable of its configuration. Changing one replaces fixed hosts, as their user data changes.
 */
export interface AgentInputs extends Omit<
    AgentSettings,
    | "attributes"
    | "tags"
    | "httpProxy"
    | "noProxy"
    | "logOpts"
    | "credentialsFetcherSecretNameForDomainlessGmsa"
> {
    /**
     * Attributes of the container instance, next to the product's own; for placement constraints. (`ECS_INSTANCE_ATTRIBUTES`)
     * @default - none
     */
    readonly attributes?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
    /**
     * Tags of the container instance. (`ECS_CONTAINER_INSTANCE_TAGS`)
     * @default - none
     */
    readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
    /**
     * HTTP proxy of the agent alone, as `host:port`. The download of the agent, docker's pulls and zypper do not use it: `proxy` is for all of them. (`HTTP_PROXY`)
     * @default - none
     */
    readonly httpProxy?: pulumi.Input<string> | undefined;
    /**
     * What the agent reaches without the proxy, next to the instance metadata, the credentials of tasks and docker. (`NO_PROXY`)
     * @default - none
     */
    readonly noProxy?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
    /**
     * Options of `logDriver`. (`ECS_LOG_OPTS`)
     * @default - none
     */
    readonly logOpts?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
    /**
     * Name (not the value) of the secret with the account that hosts outside the domain read gMSAs with. (`CREDENTIALS_FETCHER_SECRET_NAME_FOR_DOMAINLESS_GMSA`)
     * @default - none
     */
    readonly credentialsFetcherSecretNameForDomainlessGmsa?: pulumi.Input<string> | undefined;
}

/**
 * An encrypted EBS volume for each host, btrfs, mounted at /var/lib/docker.
 */
export interface VolumeDockerStorageInputs extends Omit<VolumeDockerStorageSettings, "kmsKeyId"> {
    /**
     * ARN of the KMS key that encrypts the volume, not of an alias. For an Auto Scaling group the key's policy must allow the service-linked role AWSServiceRoleForAutoScaling.
     * @default - the account's key for EBS
     */
    readonly kmsKeyId?: pulumi.Input<string> | undefined;
}

/**
 * An Auto Scaling group that ECS scales through a capacity provider.
 */
export interface AutoScalingHostsInputs extends Omit<AutoScalingHostsSettings, "keyName"> {
    /**
     * Name of an existing EC2 key pair for ssh.
     * @default - no key pair
     */
    readonly keyName?: pulumi.Input<string> | undefined;
}

/**
 * A fixed number of EC2 instances.
 */
export interface FixedHostsInputs extends Omit<FixedHostsSettings, "keyName"> {
    /**
     * Name of an existing EC2 key pair for ssh.
     * @default - no key pair
     */
    readonly keyName?: pulumi.Input<string> | undefined;
}
