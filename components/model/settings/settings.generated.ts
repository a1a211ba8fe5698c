// Written by npm run docs, from the schema; not by hand.
/**
 * What a person writes below `sles-ecs:`, and a program as `settings`: everything may be left out.
 */
export interface Settings {
    /**
     * Name of the ECS cluster.
     * @default - the name of the environment
     */
    readonly clusterName?: string | undefined;
    /**
     * Use a cluster that exists and is not this environment's. It is never changed nor deleted.
     * @default false
     */
    readonly adoptCluster?: boolean | undefined;
    /**
     * Environment that these settings were copied from; marks a personal environment.
     * @default - not a personal environment
     */
    readonly basedOn?: string | undefined;
    /**
     * How many hosts there are, and of what kind.
     * @default - one host, `mode: fixed`
     */
    readonly hosts?: FixedHostsSettings | AutoScalingHostsSettings | undefined;
    /**
     * Which SLES ECS image the hosts boot from.
     * @default - the latest SLES 15 SP7
     */
    readonly hostImage?: HostImageSettings | undefined;
    /**
     * Where docker keeps container images and layers.
     * @default - the image's own store, `mode: imageStore`
     */
    readonly dockerStorage?:
        | ImageStoreDockerStorageSettings
        | VolumeDockerStorageSettings
        | DriverDockerStorageSettings
        | undefined;
    /**
     * The ECS agent's own settings; each is one variable of its configuration. Changing one replaces fixed hosts, as their user data changes.
     * @default - the agent's own
     */
    readonly agent?: AgentSettings | undefined;
    /**
     * What hosts offer beside running tasks. A host counts as ready only with what is wanted here; but what cannot be installed keeps none out. Changing it replaces fixed hosts where their user data changes.
     * @default - what the image offers by itself
     */
    readonly capabilities?: CapabilitiesSettings | undefined;
    /**
     * The IAM role that lets hosts talk to ECS.
     * @default - a role of the environment's own, `mode: create`
     */
    readonly instanceRole?: CreateInstanceRoleSettings | ExistingInstanceRoleSettings | undefined;
    /**
     * Where the hosts run. They need a route to S3, or the agent cannot be downloaded.
     * @default - the account's default VPC, `mode: default`
     */
    readonly network?: DefaultNetworkSettings | ExistingNetworkSettings | CreateNetworkSettings | undefined;
    /**
     * The proxy by which everything on a host goes out: the ECS agent and its download, docker, zypper, the registration with SUSE, the SSM agent. Changing it replaces fixed hosts, as their user data changes.
     * @default - hosts go out directly
     */
    readonly proxy?: ProxySettings | undefined;
    /**
     * Private repositories of Amazon ECR for the environment's images: immutable tags, scanned on push, encrypted, and with a policy that lets the environment's hosts pull. With the policy `leastPrivilege` hosts pull from these alone; tasks pull from others by the execution role of their task definition. The license of SLES does not allow its images in a public registry; a private one is allowed.
     * @default - no repositories
     */
    readonly containerRegistry?: ContainerRegistrySettings | undefined;
    /**
     * When the environment ends, and the limits of personal ones that are copied from it.
     * @default - it stays
     */
    readonly lease?: LeaseSettings | undefined;
    /**
     * When the hosts run, such as Mon-Fri 08:00-18:00 Europe/Berlin: schedules in AWS start and stop them, or take their group to its sizes and to zero.
     * @default - all the time
     */
    readonly hours?: string | undefined;
    /**
     * Tags for every resource that can carry tags, at most 42. Keys differ by more than upper and lower case, as IAM wants it.
     * @default - none but the product's own
     */
    readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * When the environment ends, and the limits of personal ones that are copied from it.
 */
export interface LeaseSettings {
    /**
     * How long the environment lives after each `sles-ecs up`, such as 8h or 7d12h. Written by `sles-ecs up --ttl`.
     * @default - it stays
     */
    readonly ttl?: string | undefined;
    /**
     * Who owns the environment.
     * @default - whoever brings it up first, by AWS's name for the caller
     */
    readonly owner?: string | undefined;
    /**
     * How long personal environments live that are copied from this one and say nothing.
     * @default - `longestTtl`, and without that they stay
     */
    readonly defaultTtl?: string | undefined;
    /**
     * How long they live at most, from each `sles-ecs up` or `sles-ecs extend` on.
     * @default - as long as they are told to
     */
    readonly longestTtl?: string | undefined;
    /**
     * How long after its end a schedule in AWS stops the hosts of an environment that nobody has destroyed.
     * @default - 1h
     */
    readonly grace?: string | undefined;
}

/**
 * Private repositories of Amazon ECR for the environment's images: immutable tags, scanned on push, encrypted, and with a policy that lets the environment's hosts pull. With the policy `leastPrivilege` hosts pull from these alone; tasks pull from others by the execution role of their task definition. The license of SLES does not allow its images in a public registry; a private one is allowed.
 */
export interface ContainerRegistrySettings {
    /**
     * Names of the repositories, such as web or sles12; in Amazon ECR each is called `<cluster name>/<name>`.
     */
    readonly repositories: readonly string[];
    /**
     * What becomes of repositories that hold images when the environment is destroyed, or when they are taken out of the list: `keep` leaves them in the account, and the next `up` takes them up again; `delete` deletes them with their images. Empty ones go with the environment either way.
     * @default keep
     */
    readonly onDestroy?: "keep" | "delete" | undefined;
    /**
     * How many images stay in each repository; where there are more, Amazon ECR deletes the oldest. An image for several architectures counts once more for each of them.
     * @default 100
     */
    readonly keepImages?: number | undefined;
    /**
     * Lets the hosts, and whatever runs on them with their role, push to the repositories, for `containers push`.
     * @default false
     */
    readonly pushFromHosts?: boolean | undefined;
    /**
     * ARN of the KMS key that encrypts the images. Nothing changes the encryption of a repository that exists.
     * @default - Amazon S3's own keys (AES-256)
     */
    readonly kmsKeyId?: string | undefined;
}

/**
 * The proxy by which everything on a host goes out: the ECS agent and its download, docker, zypper, the registration with SUSE, the SSM agent. Changing it replaces fixed hosts, as their user data changes.
 */
export interface ProxySettings {
    /**
     * The HTTP proxy, as `host:port`; without user name and password.
     */
    readonly address: string;
    /**
     * What hosts reach without the proxy, next to themselves, the instance metadata, the credentials of tasks, docker, and S3 in a network with `mode: create`. Name the endpoints of your VPC here.
     * @default - nothing else
     */
    readonly noProxy?: readonly string[] | undefined;
}

/**
 * A VPC of the environment's own, with a gateway endpoint to S3.
 */
export interface CreateNetworkSettings {
    /**
     * A VPC of the environment's own, with a gateway endpoint to S3.
     */
    readonly mode: "create";
    /**
     * Addresses of the VPC, /16 to /24.
     * @default 10.0.0.0/16
     */
    readonly cidrBlock?: string | undefined;
    /**
     * Number of availability zones.
     * @default 2
     */
    readonly zones?: number | undefined;
    /**
     * `public`: hosts have public addresses, and nothing reaches them but what `ingress` lets in; `private`: hosts go out through one NAT gateway; `isolated`: hosts have no way to the Internet, and reach S3, ECS, ECR, CloudWatch Logs and (`instanceRole.ssm: true`) Systems Manager by endpoints in the VPC, but neither SUSE's update servers nor images of other registries. AWS charges (us-east-1, 2026-11) 0.005 USD an hour for each public address, 0.045 for the NAT gateway, which has one, and 0.01 for each endpoint but that of S3 in each zone; `preview` and `up` say what that comes to.
     * @default public
     */
    readonly subnets?: "public" | "private" | "isolated" | undefined;
    /**
     * What the hosts' own security group lets in, a list of rules such as `{ port: 8080, cidrBlocks: [10.0.0.0/8] }`: `protocol` (`tcp` unless given, or `udp`), one `port` or `fromPort` and `toPort`, and who may use them, `cidrBlocks` (IPv4 or IPv6) or `securityGroupIds` or both; `description` is for people. Containers with dynamic host ports get them from 32768 to 60999, which a load balancer has to reach: `{ fromPort: 32768, toPort: 60999, securityGroupIds: [sg-0123456789abcdef0] }`. Port 22 cannot be opened to everybody: `instanceRole.ssm` needs no open port.
     * @default - nothing is let in
     */
    readonly ingress?: readonly IngressEntrySettings[] | undefined;
    /**
     * Security groups that hosts have beside their own, of the environment's own VPC: from the second update on.
     * @default - none
     */
    readonly securityGroupIds?: readonly string[] | undefined;
}

/**
 * Subnets and security groups that already exist.
 */
export interface ExistingNetworkSettings {
    /**
     * Subnets and security groups that already exist.
     */
    readonly mode: "existing";
    /**
     * Subnets for the hosts, all of one VPC.
     */
    readonly subnetIds: readonly string[];
    /**
     * Security groups of the hosts, of the same VPC.
     */
    readonly securityGroupIds: readonly string[];
}

/**
 * The account's default VPC and its default subnets.
 */
export interface DefaultNetworkSettings {
    /**
     * The account's default VPC and its default subnets.
     * @default default
     */
    readonly mode?: "default" | undefined;
    /**
     * What the hosts' own security group lets in, a list of rules such as `{ port: 8080, cidrBlocks: [10.0.0.0/8] }`: `protocol` (`tcp` unless given, or `udp`), one `port` or `fromPort` and `toPort`, and who may use them, `cidrBlocks` (IPv4 or IPv6) or `securityGroupIds` or both; `description` is for people. Containers with dynamic host ports get them from 32768 to 60999, which a load balancer has to reach: `{ fromPort: 32768, toPort: 60999, securityGroupIds: [sg-0123456789abcdef0] }`. Port 22 cannot be opened to everybody: `instanceRole.ssm` needs no open port.
     * @default - nothing is let in
     */
    readonly ingress?: readonly IngressEntrySettings[] | undefined;
    /**
     * Security groups of the default VPC that hosts have beside their own.
     * @default - none
     */
    readonly securityGroupIds?: readonly string[] | undefined;
}

export interface IngressEntrySettings {
    readonly protocol?: "tcp" | "udp" | undefined;
    readonly port?: number | undefined;
    readonly fromPort?: number | undefined;
    readonly toPort?: number | undefined;
    readonly cidrBlocks?: readonly string[] | undefined;
    readonly securityGroupIds?: readonly string[] | undefined;
    readonly description?: string | undefined;
}

/**
 * An instance profile that already exists.
 */
export interface ExistingInstanceRoleSettings {
    /**
     * An instance profile that already exists.
     */
    readonly mode: "existing";
    /**
     * Name of the instance profile.
     */
    readonly instanceProfileName: string;
}

/**
 * A role and an instance profile of the environment's own.
 */
export interface CreateInstanceRoleSettings {
    /**
     * A role and an instance profile of the environment's own.
     * @default create
     */
    readonly mode?: "create" | undefined;
    /**
     * Name of the role and of its instance profile, such as the guide's ecsInstanceRole.
     * @default - a name that carries environment and region
     */
    readonly name?: string | undefined;
    /**
     * What the hosts may do: `leastPrivilege` (this cluster only), `suse` (the guide's document to the letter) or `awsManaged` (AmazonEC2ContainerServiceforEC2Role).
     * @default leastPrivilege
     */
    readonly policy?: "leastPrivilege" | "suse" | "awsManaged" | undefined;
    /**
     * Lets AWS Systems Manager (SSM) reach the hosts, for `hosts start-agent`, `hosts logs` and `hosts move`: Run Command and sessions, no parameters. SLES 12 and 15 images have the SSM agent, those of SLES 16 have none. An existing instance profile needs these permissions of its own.
     * @default false
     */
    readonly ssm?: boolean | undefined;
}

/**
 * What hosts offer beside running tasks. A host counts as ready only with what is wanted here; but what cannot be installed keeps none out. Changing it replaces fixed hosts where their user data changes.
 */
export interface CapabilitiesSettings {
    /**
     * Prepares hosts for ECS Exec: a shell in a running container. On the host: The static binaries of the SSM agent and the CA certificates below /var/lib/ecs/deps/execute-command; the bootstrap downloads them from AWS's bucket of the region. In IAM: The role of the task, not that of the host, needs ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel. In the network: Amazon S3 at the boot, and Systems Manager (ssmmessages) while a session runs. Needs an agent from 1.50.2 on.
     * @default - not wanted
     */
    readonly executeCommand?: boolean | ExecuteCommandSettings | undefined;
    /**
     * Prepares hosts for tasks with EFS volumes, mounted by NFS 4.1. On the host: The kernel's NFS client with SUSE's package nfs-client, which SUSE's image has, and which hosts install otherwise once they are registered with SUSE. In IAM: Nothing: mounts without IAM authorization ask for no rights. In the network: A mount target of the file system in the VPC, whose security group lets the hosts in on port 2049. Needs an agent from 1.38.0 on.
     * @default - not wanted
     */
    readonly efs?: boolean | undefined;
    /**
     * Makes a log group for the log driver awslogs of tasks. It goes, with all that was logged, when the environment is destroyed. On the host: Nothing: docker brings the log driver, and amazon-ecs-init has the agent offer it. In IAM: The role of the hosts may write to the environment's log group and to those of `service deploy` (`/sles-ecs/<environment>-<id>/...`), and to no other one; tasks with an execution role need logs:CreateLogStream and logs:PutLogEvents in that. In the network: CloudWatch Logs (logs). Needs an agent from 1.16.0 on.
     * @default - not wanted
     */
    readonly awslogs?: boolean | AwslogsSettings | undefined;
    /**
     * Prepares hosts for services with Service Connect. On the host: The image of the Service Connect agent in /var/lib/ecs/deps/serviceconnect; the bootstrap takes it from the package ecs-service-connect-agent of Amazon Linux 2023, as AWS publishes it nowhere else and documents it for its own images only. In IAM: Nothing beside what every host has (ecs:Poll). In the network: The repository of Amazon Linux 2023 in Amazon S3 at the boot, and Amazon ECS. Needs an agent from 1.67.2 on.
     * @default - not wanted
     */
    readonly serviceConnect?: boolean | undefined;
    /**
     * Lets `docker build --network host` on these pay-as-you-go hosts install packages of SLES in containers. On the host: The service containerbuild-regionsrv of SUSE's package cloud-regionsrv-client, which SUSE's image has and leaves off. It gives container-suseconnect in the base image, from 2.3.0 on, the update server and the host's own registration; `docker build --network host` reaches it, and so does every task with the network mode host. In IAM: Nothing. In the network: SUSE's update servers, as for packages.
     * @default - not wanted
     */
    readonly containerBuilds?: boolean | undefined;
}

export interface AwslogsSettings {
    /**
     * Name of the log group.
     * @default - `/ecs/<cluster>`; in an adopted cluster `/ecs/<cluster>/<environment>`
     */
    readonly logGroupName?: string | undefined;
    /**
     * How many days CloudWatch Logs keeps what tasks log.
     * @default 30
     */
    readonly retentionDays?: number | undefined;
}

export interface ExecuteCommandSettings {
    /**
     * Version of the SSM agent whose binaries sessions run by.
     * @default - 3.3.4624.0, that of AWS's own image of 2026-08-21
     */
    readonly ssmAgentVersion?: string | undefined;
    /**
     * SHA-256 sum that the download must have, of the hosts' architecture. Without it HTTPS from AWS's own bucket is what vouches for it.
     * @default - not compared
     */
    readonly sha256?: string | undefined;
}

/**
 * The ECS agent's own settings; each is one variable of its configuration. Changing one replaces fixed hosts, as their user data changes.
 */
export interface AgentSettings {
    /**
     * Attributes of the container instance, next to the product's own; for placement constraints. (`ECS_INSTANCE_ATTRIBUTES`)
     * @default - none
     */
    readonly attributes?: Readonly<Record<string, string>> | undefined;
    /**
     * Tags of the container instance. (`ECS_CONTAINER_INSTANCE_TAGS`)
     * @default - none
     */
    readonly tags?: Readonly<Record<string, string>> | undefined;
    /**
     * `ec2_instance` gives the container instance the tags of its EC2 instance as well, the product's own among them. (`ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM`)
     * @default - the agent's: `none`
     */
    readonly propagateTagsFrom?: "none" | "ec2_instance" | undefined;
    /**
     * Drain the host when EC2 announces that it takes a Spot instance back. (`ECS_ENABLE_SPOT_INSTANCE_DRAINING`)
     * @default - the agent's: `false`
     */
    readonly enableSpotInstanceDraining?: boolean | undefined;
    /**
     * Keep hosts in an Auto Scaling group's warm pool from joining until they leave it. (`ECS_WARM_POOLS_CHECK`)
     * @default - the agent's: `false`
     */
    readonly warmPoolsCheck?: boolean | undefined;
    /**
     * Memory in MiB that tasks do not get: it stays for the system. (`ECS_RESERVED_MEMORY`)
     * @default - the agent's: `0`
     */
    readonly reservedMemoryMiB?: number | undefined;
    /**
     * TCP ports of the host that no task may have; the list takes the place of the default, so repeat those of ssh, docker and the agent. (`ECS_RESERVED_PORTS`)
     * @default - the agent's: `[22,2375,2376,51678,51679]`
     */
    readonly reservedPorts?: readonly number[] | undefined;
    /**
     * UDP ports of the host that no task may have. (`ECS_RESERVED_PORTS_UDP`)
     * @default - none
     */
    readonly reservedPortsUdp?: readonly number[] | undefined;
    /**
     * Where the ports come from that the agent chooses for containers, first and last. (`ECS_DYNAMIC_HOST_PORT_RANGE`)
     * @default - the agent's: `/proc/sys/net/ipv4/ip_local_port_range`
     */
    readonly dynamicHostPortRange?: string | undefined;
    /**
     * Enforce the limits on CPU and memory that a task has as a whole. (`ECS_ENABLE_TASK_CPU_MEM_LIMIT`)
     * @default - the agent's: `true`
     */
    readonly enableTaskCpuMemLimit?: boolean | undefined;
    /**
     * With cgroups v2, give a task's memory limit to those of its containers that have none. (`ECS_PROPAGATE_TASK_MEMORY_LIMIT_CGROUPV2`)
     * @default - the agent's: `false`
     */
    readonly propagateTaskMemoryLimitCgroupV2?: boolean | undefined;
    /**
     * The period within which the kernel enforces a task's share of CPU time. (`ECS_CGROUP_CPU_PERIOD`)
     * @default - the agent's: `100ms`
     */
    readonly cgroupCpuPeriod?: string | undefined;
    /**
     * Most processes and threads of one task. (`ECS_TASK_PIDS_LIMIT`)
     * @default - none
     */
    readonly taskPidsLimit?: number | undefined;
    /**
     * Offer the host's NVIDIA GPUs to tasks; drivers and runtime have to be there. (`ECS_ENABLE_GPU_SUPPORT`)
     * @default - the agent's: `false`
     */
    readonly enableGpuSupport?: boolean | undefined;
    /**
     * Docker runtime for containers that use a GPU. (`ECS_NVIDIA_RUNTIME`)
     * @default - the agent's: `nvidia`
     */
    readonly nvidiaRuntime?: string | undefined;
    /**
     * Take docker volumes of the same name for the same only if their driver options and labels agree as well. (`ECS_SHARED_VOLUME_MATCH_FULL_CONFIG`)
     * @default - the agent's: `false`
     */
    readonly sharedVolumeMatchFullConfig?: boolean | undefined;
    /**
     * Requests per second that the task metadata endpoint serves: steadily and in bursts, with a comma between. (`ECS_TASK_METADATA_RPS_LIMIT`)
     * @default - the agent's: `40,60`
     */
    readonly taskMetadataRpsLimit?: string | undefined;
    /**
     * Give tasks the credentials of their own IAM role. (`ECS_ENABLE_TASK_IAM_ROLE`)
     * @default - the agent's: `true`
     */
    readonly enableTaskIamRole?: boolean | undefined;
    /**
     * Give tasks in the network mode `host` those credentials as well. (`ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST`)
     * @default - the agent's: `true`
     */
    readonly enableTaskIamRoleNetworkHost?: boolean | undefined;
    /**
     * Let the log driver `awslogs` use the execution role of a task that has one. (`ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE`)
     * @default - the agent's: `true`
     */
    readonly enableAwslogsExecutionRoleOverride?: boolean | undefined;
    /**
     * Log drivers that tasks may ask for. (`ECS_AVAILABLE_LOGGING_DRIVERS`)
     * @default - the agent's: `["json-file","syslog","awslogs","fluentd","none"]`
     */
    readonly availableLoggingDrivers?:
        | readonly (
              | "awsfirelens"
              | "awslogs"
              | "fluentd"
              | "gelf"
              | "journald"
              | "json-file"
              | "logentries"
              | "none"
              | "splunk"
              | "sumologic"
              | "syslog"
          )[]
        | undefined;
    /**
     * Let containers that log through FireLens start before its log router answers. (`ECS_ENABLE_FIRELENS_ASYNC`)
     * @default - the agent's: `true`
     */
    readonly enableFirelensAsync?: boolean | undefined;
    /**
     * Refuse privileged containers. (`ECS_DISABLE_PRIVILEGED`)
     * @default - the agent's: `false`
     */
    readonly disablePrivileged?: boolean | undefined;
    /**
     * Tell ECS that containers can have SELinux options. (`ECS_SELINUX_CAPABLE`)
     * @default - the agent's: `false`
     */
    readonly selinuxCapable?: boolean | undefined;
    /**
     * Tell ECS that containers can have AppArmor profiles. (`ECS_APPARMOR_CAPABLE`)
     * @default - the agent's: `false`
     */
    readonly appArmorCapable?: boolean | undefined;
    /**
     * Write a file for each container that describes it. (`ECS_ENABLE_CONTAINER_METADATA`)
     * @default - the agent's: `false`
     */
    readonly enableContainerMetadata?: boolean | undefined;
    /**
     * How long the containers of a stopped task are kept. (`ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION`)
     * @default - the agent's: `3h`
     */
    readonly engineTaskCleanupWaitDuration?: string | undefined;
    /**
     * Most time that is added to `engineTaskCleanupWaitDuration` by chance. (`ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER`)
     * @default - none
     */
    readonly engineTaskCleanupWaitDurationJitter?: string | undefined;
    /**
     * When to give up on creating a container. (`ECS_CONTAINER_CREATE_TIMEOUT`)
     * @default - the agent's: `4m`
     */
    readonly containerCreateTimeout?: string | undefined;
    /**
     * When to give up on starting a container. (`ECS_CONTAINER_START_TIMEOUT`)
     * @default - the agent's: `3m`
     */
    readonly containerStartTimeout?: string | undefined;
    /**
     * How long a container may take to stop before it is killed. (`ECS_CONTAINER_STOP_TIMEOUT`)
     * @default - the agent's: `30s`
     */
    readonly containerStopTimeout?: string | undefined;
    /**
     * `default` pulls and falls back to what is there, `always` pulls or fails, `once` pulls what the host has not pulled yet, `prefer-cached` pulls what is not there. (`ECS_IMAGE_PULL_BEHAVIOR`)
     * @default - the agent's: `default`
     */
    readonly imagePullBehavior?: "default" | "always" | "once" | "prefer-cached" | undefined;
    /**
     * When to give up on pulling an image. (`ECS_IMAGE_PULL_TIMEOUT`)
     * @default - the agent's: `2h`
     */
    readonly imagePullTimeout?: string | undefined;
    /**
     * How long a pulled image may take to unpack without a sign of progress. (`ECS_IMAGE_PULL_INACTIVITY_TIMEOUT`)
     * @default - the agent's: `1m`
     */
    readonly imagePullInactivityTimeout?: string | undefined;
    /**
     * When to give up on reading an image's manifest. (`ECS_MANIFEST_PULL_TIMEOUT`)
     * @default - the agent's: `1m`
     */
    readonly manifestPullTimeout?: string | undefined;
    /**
     * Pull the images of containers that wait for others while they wait. (`ECS_PULL_DEPENDENT_CONTAINERS_UPFRONT`)
     * @default - the agent's: `false`
     */
    readonly pullDependentContainersUpfront?: boolean | undefined;
    /**
     * Never delete images that no task uses any more. (`ECS_DISABLE_IMAGE_CLEANUP`)
     * @default - the agent's: `false`
     */
    readonly disableImageCleanup?: boolean | undefined;
    /**
     * How often unused images are looked for. (`ECS_IMAGE_CLEANUP_INTERVAL`)
     * @default - the agent's: `30m`
     */
    readonly imageCleanupInterval?: string | undefined;
    /**
     * How long after its pull an image is kept in any case. (`ECS_IMAGE_MINIMUM_CLEANUP_AGE`)
     * @default - the agent's: `1h`
     */
    readonly imageMinimumCleanupAge?: string | undefined;
    /**
     * Most images that one clean-up deletes. (`ECS_NUM_IMAGES_DELETE_PER_CYCLE`)
     * @default - the agent's: `5`
     */
    readonly numImagesDeletePerCycle?: number | undefined;
    /**
     * Also delete stopped containers and images that ECS has nothing to do with. (`ECS_ENABLE_UNTRACKED_IMAGE_CLEANUP`)
     * @default - the agent's: `false`
     */
    readonly enableUntrackedImageCleanup?: boolean | undefined;
    /**
     * Images, as `name:tag`, that `enableUntrackedImageCleanup` spares. (`ECS_EXCLUDE_UNTRACKED_IMAGE`)
     * @default - none
     */
    readonly excludeUntrackedImage?: readonly string[] | undefined;
    /**
     * How long after its creation an image that ECS has nothing to do with is kept in any case. (`NON_ECS_IMAGE_MINIMUM_CLEANUP_AGE`)
     * @default - the agent's: `1h`
     */
    readonly nonEcsImageMinimumCleanupAge?: string | undefined;
    /**
     * Let tasks have network interfaces of their own (network mode `awsvpc`). (`ECS_ENABLE_TASK_ENI`)
     * @default - the agent's: `true`
     */
    readonly enableTaskEni?: boolean | undefined;
    /**
     * Use the denser interfaces (trunking) where account and instance type have them. (`ECS_ENABLE_HIGH_DENSITY_ENI`)
     * @default - the agent's: `true`
     */
    readonly enableHighDensityEni?: boolean | undefined;
    /**
     * Keep tasks with the network mode `awsvpc` away from the instance metadata. (`ECS_AWSVPC_BLOCK_IMDS`)
     * @default - the agent's: `false`
     */
    readonly awsvpcBlockImds?: boolean | undefined;
    /**
     * Addresses that tasks with interfaces of their own reach through the host all the same. (`ECS_AWSVPC_ADDITIONAL_LOCAL_ROUTES`)
     * @default - none
     */
    readonly awsvpcAdditionalLocalRoutes?: readonly string[] | undefined;
    /**
     * Which addresses the host has, where the agent should not find out by itself; both are `ipv4`. (`ECS_INSTANCE_IP_COMPATIBILITY`)
     * @default - by the host's default routes
     */
    readonly instanceIpCompatibility?: "ipv4" | "ipv6" | undefined;
    /**
     * Leave IPv6 port bindings out of what DescribeTasks shows. (`ECS_EXCLUDE_IPV6_PORTBINDING`)
     * @default - `true`, but `false` on hosts with IPv6 only
     */
    readonly excludeIpv6PortBinding?: boolean | undefined;
    /**
     * HTTP proxy of the agent alone, as `host:port`. The download of the agent, docker's pulls and zypper do not use it: `proxy` is for all of them. (`HTTP_PROXY`)
     * @default - none
     */
    readonly httpProxy?: string | undefined;
    /**
     * What the agent reaches without the proxy, next to the instance metadata, the credentials of tasks and docker. (`NO_PROXY`)
     * @default - none
     */
    readonly noProxy?: readonly string[] | undefined;
    /**
     * Leave out the packet filter that keeps other machines from the host's own 127.0.0.1. (`ECS_SKIP_LOCALHOST_TRAFFIC_FILTER`)
     * @default - the agent's: `false`
     */
    readonly skipLocalhostTrafficFilter?: boolean | undefined;
    /**
     * Leave out the packet filter that keeps other machines from the agent's introspection port. (`ECS_ALLOW_OFFHOST_INTROSPECTION_ACCESS`)
     * @default - the agent's: `false`
     */
    readonly allowOffhostIntrospectionAccess?: boolean | undefined;
    /**
     * Network interface on which older agents keep the introspection port closed; newer ones close it on all but loopback. (`ECS_OFFHOST_INTROSPECTION_INTERFACE_NAME`)
     * @default - the agent's: `eth0`
     */
    readonly offhostIntrospectionInterfaceName?: string | undefined;
    /**
     * How much the agent logs. (`ECS_LOGLEVEL`)
     * @default - the agent's: `info`
     */
    readonly logLevel?: "crit" | "error" | "warn" | "info" | "debug" | undefined;
    /**
     * How much the agent logs into /var/log/ecs on the host, where that should differ. (`ECS_LOGLEVEL_ON_INSTANCE`)
     * @default - `none` with `logDriver`, else as `logLevel`
     */
    readonly logLevelOnInstance?: "none" | "crit" | "error" | "warn" | "info" | "debug" | undefined;
    /**
     * Form of the agent's log. (`ECS_LOG_OUTPUT_FORMAT`)
     * @default - the agent's: `logfmt`
     */
    readonly logOutputFormat?: "logfmt" | "json" | undefined;
    /**
     * When the agent begins a new log file. (`ECS_LOG_ROLLOVER_TYPE`)
     * @default - the agent's: `size`
     */
    readonly logRolloverType?: "size" | "hourly" | undefined;
    /**
     * Size in MB at which the agent begins a new log file with `logRolloverType: size`. (`ECS_LOG_MAX_FILE_SIZE_MB`)
     * @default - the agent's: `5`
     */
    readonly logMaxFileSizeMB?: number | undefined;
    /**
     * Number of old log files that are kept. (`ECS_LOG_MAX_ROLL_COUNT`)
     * @default - the agent's: `24`
     */
    readonly logMaxRollCount?: number | undefined;
    /**
     * Docker's log driver for the agent's own container. (`ECS_LOG_DRIVER`)
     * @default - the agent's: `json-file`
     */
    readonly logDriver?:
        | "awslogs"
        | "fluentd"
        | "gelf"
        | "journald"
        | "json-file"
        | "logentries"
        | "splunk"
        | "syslog"
        | undefined;
    /**
     * Options of `logDriver`. (`ECS_LOG_OPTS`)
     * @default - none
     */
    readonly logOpts?: Readonly<Record<string, string>> | undefined;
    /**
     * Collect no metrics of tasks. (`ECS_DISABLE_METRICS`)
     * @default - the agent's: `false`
     */
    readonly disableMetrics?: boolean | undefined;
    /**
     * Ask docker for metrics from time to time instead of listening all the time, which costs more CPU. (`ECS_POLL_METRICS`)
     * @default - the agent's: `false`
     */
    readonly pollMetrics?: boolean | undefined;
    /**
     * Time between two questions of `pollMetrics`. (`ECS_POLLING_METRICS_WAIT_DURATION`)
     * @default - the agent's: `10s`
     */
    readonly pollingMetricsWaitDuration?: string | undefined;
    /**
     * Run no health check of the agent's own container. (`ECS_DISABLE_DOCKER_HEALTH_CHECK`)
     * @default - the agent's: `false`
     */
    readonly disableDockerHealthCheck?: boolean | undefined;
    /**
     * Where the health check of its container finds the agent. (`ECS_AGENT_HEALTHCHECK_HOST`)
     * @default - the agent's: `localhost`
     */
    readonly agentHealthCheckHost?: string | undefined;
    /**
     * Log the agent's own use of memory, and serve Go profiles on its introspection port. (`ECS_ENABLE_RUNTIME_STATS`)
     * @default - the agent's: `false`
     */
    readonly enableRuntimeStats?: boolean | undefined;
    /**
     * Let ECS update the agent when somebody asks it to (UpdateContainerAgent). (`ECS_UPDATES_ENABLED`)
     * @default - the agent's: `true`
     */
    readonly updatesEnabled?: boolean | undefined;
    /**
     * Docker labels of the agent's container. (`ECS_AGENT_LABELS`)
     * @default - none
     */
    readonly agentLabels?: Readonly<Record<string, string>> | undefined;
    /**
     * Docker labels of the containers that hold a task's network. (`ECS_PAUSE_LABELS`)
     * @default - none
     */
    readonly pauseLabels?: Readonly<Record<string, string>> | undefined;
    /**
     * AppArmor profile of the agent's container. (`ECS_AGENT_APPARMOR_PROFILE`)
     * @default - the agent's: `ecs-agent-default`
     */
    readonly agentAppArmorProfile?: string | undefined;
    /**
     * Offer Active Directory accounts (gMSA) to tasks; the host needs the credentials-fetcher. (`ECS_GMSA_SUPPORTED`)
     * @default - the agent's: `false`
     */
    readonly gmsaSupported?: boolean | undefined;
    /**
     * Socket of the credentials-fetcher. (`CREDENTIALS_FETCHER_HOST`)
     * @default - the agent's: `unix:///var/credentials-fetcher/socket/credentials_fetcher.sock`
     */
    readonly credentialsFetcherHost?: string | undefined;
    /**
     * Name (not the value) of the secret with the account that hosts outside the domain read gMSAs with. (`CREDENTIALS_FETCHER_SECRET_NAME_FOR_DOMAINLESS_GMSA`)
     * @default - none
     */
    readonly credentialsFetcherSecretNameForDomainlessGmsa?: string | undefined;
}

/**
 * Another docker storage driver, set in /etc/sysconfig/docker.
 */
export interface DriverDockerStorageSettings {
    /**
     * Another docker storage driver, set in /etc/sysconfig/docker.
     */
    readonly mode: "driver";
    /**
     * Name of docker's storage driver. Docker has no devicemapper since version 25, and so no SLES 15 or 16 of today.
     */
    readonly driver: "overlay2" | "btrfs" | "devicemapper" | "fuse-overlayfs" | "vfs";
    /**
     * Options of the driver, each passed as --storage-opt.
     * @default - none
     */
    readonly options?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/**
 * An encrypted EBS volume for each host, btrfs, mounted at /var/lib/docker.
 */
export interface VolumeDockerStorageSettings {
    /**
     * An encrypted EBS volume for each host, btrfs, mounted at /var/lib/docker.
     */
    readonly mode: "volume";
    /**
     * Size of the volume in GiB. It may grow later; docker sees added room after the host's next reboot.
     * @default 100
     */
    readonly sizeGiB?: number | undefined;
    /**
     * EBS volume type.
     * @default gp3
     */
    readonly type?: "gp3" | "gp2" | "io1" | "io2" | "st1" | "sc1" | undefined;
    /**
     * Throughput in MiB/s, for gp3 only.
     * @default - what AWS gives without extra charge (125)
     */
    readonly throughputMiBps?: number | undefined;
    /**
     * I/O operations per second, for gp3, io1 and io2.
     * @default - what AWS gives gp3 without extra charge (3000)
     */
    readonly iops?: number | undefined;
    /**
     * ARN of the KMS key that encrypts the volume, not of an alias. For an Auto Scaling group the key's policy must allow the service-linked role AWSServiceRoleForAutoScaling.
     * @default - the account's key for EBS
     */
    readonly kmsKeyId?: string | undefined;
    /**
     * Numbers of the fixed hosts that get a volume; the others use the image's own store.
     * @default - all hosts
     */
    readonly hosts?: readonly number[] | undefined;
    /**
     * Leave the volume in the account when its host or the environment is destroyed. The next `up` takes it up again, with its data, for the host of the same number; to begin with a new one, take its tag `sles-ecs:keep` away. A volume that is taken up without `keepOnDestroy` is deleted, with its data, by the next `destroy`; `up` says so, and asks.
     * @default false
     */
    readonly keepOnDestroy?: boolean | undefined;
}

/**
 * The btrfs store that the image brings along.
 */
export interface ImageStoreDockerStorageSettings {
    /**
     * The btrfs store that the image brings along.
     * @default imageStore
     */
    readonly mode?: "imageStore" | undefined;
}

/**
 * Which SLES ECS image the hosts boot from.
 */
export interface HostImageSettings {
    /**
     * Name of the host image, with * and ? as wildcards; among several matches the highest service pack wins, then the latest date. Once an image is locked, the filter only says which images may follow it.
     * @default - `suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64`, or any date of the locked image
     */
    readonly filter?: string | undefined;
    /**
     * The image that the hosts stay on, whatever else the filter matches. Written by the first `sles-ecs up` and by `sles-ecs images lock`.
     * @default - the first `sles-ecs up` writes one
     */
    readonly lock?: LockSettings | undefined;
    /**
     * What `up` and `preview` do when the locked image is gone, or about to be deleted.
     * @default refuse
     */
    readonly onDeletion?: "refuse" | "warn" | undefined;
    /**
     * From how many days before its deletion on a locked image counts as about to be deleted.
     * @default 30
     */
    readonly deletionNoticeDays?: number | undefined;
}

/**
 * The image that the hosts stay on, whatever else the filter matches. Written by the first `sles-ecs up` and by `sles-ecs images lock`.
 */
export interface LockSettings {
    /**
     * Id of the image in the region.
     */
    readonly id: string;
    /**
     * Name of the image.
     */
    readonly name: string;
    /**
     * Date in the image's name, `YYYYMMDD`.
     */
    readonly date: string;
    /**
     * Region that the id belongs to.
     */
    readonly region: string;
}

/**
 * An Auto Scaling group that ECS scales through a capacity provider.
 */
export interface AutoScalingHostsSettings {
    /**
     * An Auto Scaling group that ECS scales through a capacity provider.
     */
    readonly mode: "autoScaling";
    /**
     * Fewest hosts.
     * @default 1
     */
    readonly min?: number | undefined;
    /**
     * Most hosts.
     * @default - the largest of 3, `min` and `desired`
     */
    readonly max?: number | undefined;
    /**
     * Number of hosts to start with; ECS scales from there.
     * @default - `min`
     */
    readonly desired?: number | undefined;
    /**
     * EC2 instance type of the hosts.
     * @default t3.small
     */
    readonly instanceType?: string | undefined;
    /**
     * Size of the root volume in GiB. With the image's own docker store it holds the container images too.
     * @default - 110 (20 where every host has a docker volume)
     */
    readonly rootVolumeGiB?: number | undefined;
    /**
     * Name of an existing EC2 key pair for ssh.
     * @default - no key pair
     */
    readonly keyName?: string | undefined;
    /**
     * zypper packages that each host installs beside its agent, once it is registered with SUSE's update servers.
     * @default - none
     */
    readonly packages?: readonly string[] | undefined;
}

/**
 * A fixed number of EC2 instances.
 */
export interface FixedHostsSettings {
    /**
     * A fixed number of EC2 instances.
     * @default fixed
     */
    readonly mode?: "fixed" | undefined;
    /**
     * Number of hosts.
     * @default 1
     */
    readonly count?: number | undefined;
    /**
     * EC2 instance type of the hosts.
     * @default t3.small
     */
    readonly instanceType?: string | undefined;
    /**
     * Size of the root volume in GiB. With the image's own docker store it holds the container images too.
     * @default - 110 (20 where every host has a docker volume)
     */
    readonly rootVolumeGiB?: number | undefined;
    /**
     * Name of an existing EC2 key pair for ssh.
     * @default - no key pair
     */
    readonly keyName?: string | undefined;
    /**
     * zypper packages that each host installs beside its agent, once it is registered with SUSE's update servers.
     * @default - none
     */
    readonly packages?: readonly string[] | undefined;
}
