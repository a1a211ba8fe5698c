/** Something that hosts offer and that SUSE's image does not bring by itself ("container instance capabilities" in AWS's words). */
export interface Capability {
    /** Its name in AWS's documents. */
    readonly title: string;
    /** Attributes by which ECS knows that a container instance offers it (ECS developer guide, "Container instance attributes"); none where it is nothing of ECS. */
    readonly attributes: readonly string[];
    /** The first version of the agent that offers it. @default - every one */
    readonly since?: string;
    /** What it needs on the host, one sentence. */
    readonly onHost: string;
    /** zypper packages that it needs. @default - none */
    readonly packages?: readonly string[];
    /** Units of systemd that it has enabled and started, once its packages are there. @default - none */
    readonly units?: readonly string[];
    /** Whose role needs what, one sentence. */
    readonly inIam: string;
    /** What the network has to lead to, one sentence. */
    readonly inNetwork: string;
    /** Services whose interface endpoints it needs where there is no way out. @default - none */
    readonly endpointServices?: readonly string[];
    readonly sources: readonly string[];
}

const developerGuide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const agentRepository = "https://github.com/aws/amazon-ecs-agent/blob/v1.105.1";
const imageRepository = "https://github.com/aws/amazon-ecs-ami/blob/main";

/** Every capability that `capabilities:` may ask for: settings, user data, checks, ready gate and reference read this table. */
export const capabilities = {
    executeCommand: {
        title: "ECS Exec",
        attributes: ["ecs.capability.execute-command"],
        since: "1.50.2",
        onHost: "The static binaries of the SSM agent and the CA certificates below /var/lib/ecs/deps/execute-command; the bootstrap downloads them from AWS's bucket of the region.",
        inIam: "The role of the task, not that of the host, needs ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel.",
        inNetwork: "Amazon S3 at the boot, and Systems Manager (ssmmessages) while a session runs.",
        endpointServices: ["ssmmessages"],
        sources: [
            `${developerGuide}/ecs-exec.html`,
            `${agentRepository}/agent/app/agent_capability.go`,
            `${imageRepository}/scripts/install-exec-dependencies.sh`,
        ],
    },
    efs: {
        title: "EFS volumes",
        attributes: ["ecs.capability.efs"],
        since: "1.38.0",
        onHost: "The kernel's NFS client with SUSE's package nfs-client, which SUSE's image has, and which hosts install otherwise once they are registered with SUSE.",
        packages: ["nfs-client"],
        inIam: "Nothing: mounts without IAM authorization ask for no rights.",
        inNetwork:
            "A mount target of the file system in the VPC, whose security group lets the hosts in on port 2049.",
        sources: [`${developerGuide}/efs-volumes.html`, `${agentRepository}/CHANGELOG.md`],
    },
    awslogs: {
        title: "logs of tasks in CloudWatch Logs (awslogs)",
        attributes: [
            "com.amazonaws.ecs.capability.logging-driver.awslogs",
            "ecs.capability.execution-role-awslogs",
        ],
        since: "1.16.0",
        onHost: "Nothing: docker brings the log driver, and amazon-ecs-init has the agent offer it.",
        inIam: "The role of the hosts may write to the environment's log group and to those of `service deploy` (`/sles-ecs/<environment>-<id>/...`), and to no other one; tasks with an execution role need logs:CreateLogStream and logs:PutLogEvents in that.",
        inNetwork: "CloudWatch Logs (logs).",
        sources: [`${developerGuide}/using_awslogs.html`, `${agentRepository}/ecs-init/docker/docker.go`],
    },
    serviceConnect: {
        title: "Service Connect",
        attributes: ["ecs.capability.service-connect-v1"],
        since: "1.67.2",
        onHost: "The image of the Service Connect agent in /var/lib/ecs/deps/serviceconnect; the bootstrap takes it from the package ecs-service-connect-agent of Amazon Linux 2023, as AWS publishes it nowhere else and documents it for its own images only.",
        inIam: "Nothing beside what every host has (ecs:Poll).",
        inNetwork: "The repository of Amazon Linux 2023 in Amazon S3 at the boot, and Amazon ECS.",
        sources: [
            `${developerGuide}/service-connect-concepts-deploy.html`,
            `${agentRepository}/agent/engine/serviceconnect/manager_linux.go`,
            `${imageRepository}/scripts/install-service-connect-appnet.sh`,
            "https://github.com/aws/amazon-ecs-agent/issues/3755",
        ],
    },
    containerBuilds: {
        title: "builds of SLE containers",
        attributes: [],
        onHost: "The service containerbuild-regionsrv of SUSE's package cloud-regionsrv-client, which SUSE's image has and leaves off. It gives container-suseconnect in the base image, from 2.3.0 on, the update server and the host's own registration; `docker build --network host` reaches it, and so does every task with the network mode host.",
        packages: ["cloud-regionsrv-client"],
        units: ["containerbuild-regionsrv.service"],
        inIam: "Nothing.",
        inNetwork: "SUSE's update servers, as for packages.",
        sources: [
            "https://github.com/SUSE/container-suseconnect/blob/master/README.md",
            "https://github.com/SUSE-Enceladus/cloud-regionsrv-client/blob/master/usr/lib/systemd/system/containerbuild-regionsrv.service",
        ],
    },
} as const satisfies Readonly<Record<string, Capability>>;

export type CapabilityName = keyof typeof capabilities;
export const capabilityNames = Object.keys(capabilities) as readonly CapabilityName[];

/** A capability as the table has it, whatever it leaves out. */
export function capabilityOf(name: CapabilityName): Capability {
    return capabilities[name];
}
