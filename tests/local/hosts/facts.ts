import type { HostFacts } from "../../../local/hosts/decide/hostFacts";
import type { PolicyDocument } from "../../../local/hosts/decide/policy";
import { readUserData } from "../../../local/hosts/userData/readUserData";

export const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";

export function allowing(actions: readonly string[], resource = "*"): PolicyDocument {
    return { Statement: { Effect: "Allow", Action: actions, Resource: resource } };
}

/** A host on SLES 15 SP7 with everything that it needs to join the cluster `dev`. */
export function healthyHost(userData: string | Buffer): HostFacts {
    return {
        instanceId: "i-0123456789abcdef0",
        region: "us-east-1",
        accountId: "123456789012",
        imageId: "ami-0123456789abcdef0",
        imageName: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
        instanceType: "t3.medium",
        memoryMiB: 3932,
        zone: "us-east-1a",
        subnetId: "subnet-1",
        vpcId: "vpc-1",
        privateDnsName: "ip-172-31-0-9.ec2.internal",
        userData: readUserData(Buffer.from(userData as string)),
        role: { kind: "role", roleName: "ecsInstanceRole", policies: [allowing(["ecs:*"])] },
        network: {
            hasPublicAddress: true,
            httpsAllowed: true,
            aclAllows: true,
            routes: [{ destination: "0.0.0.0/0", target: "internetGateway", active: true }],
            endpoints: [],
        },
        volumes: [],
        rootDiskIsFull: false,
        activeClusters: ["dev"],
        memory: { earlierBoots: 0 },
        patience: { volumeOver: false, downloadOver: false },
    };
}

export interface BootstrapWish {
    readonly cluster?: string;
    readonly storage?: string;
    readonly leaveOut?: "script" | "unit" | "conf" | "start" | "docker drop-in" | "agent drop-in";
    readonly hold?: boolean;
    readonly restart?: boolean;
    readonly mode?: string;
    /** More lines for the agent. */
    readonly agentLines?: readonly string[];
}

/** A cloud-config that brings a bootstrap, or all of it but one part. */
export function bootstrapUserData(wish: BootstrapWish = {}): string {
    const {
        cluster = "dev",
        storage = "STORAGE=imageStore",
        leaveOut,
        hold = true,
        restart = false,
        mode = "0755",
        agentLines: moreLines = [],
    } = wish;
    const shell = [
        ...(hold ? ["systemctl stop --no-block amazon-ecs.service docker.service"] : []),
        ...(leaveOut === "start" ? [] : ["systemctl start --no-block sles-ecs-bootstrap.service"]),
    ].join("\n");
    const afterBootstrap = "[Unit]\nAfter=sles-ecs-bootstrap.service\nAssertPathExists=/run/sles-ecs/ready";
    const agentLines = [`ECS_CLUSTER=${cluster}`, 'ECS_INSTANCE_ATTRIBUTES={"rack":"r7"}', ...moreLines].join(
        "\n",
    );
    const files = [
        ...file(
            leaveOut !== "conf",
            "/etc/sles-ecs/bootstrap.conf",
            `CLUSTER=${cluster}\nGENERATION=15\n${storage}`,
        ),
        ...file(leaveOut !== "script", "/usr/local/sbin/sles-ecs-bootstrap", "#!/bin/bash", mode),
        ...file(leaveOut !== "unit", "/etc/systemd/system/sles-ecs-bootstrap.service", "[Service]"),
        ...file(true, "/etc/sles-ecs/ecs.config", agentLines),
        ...file(
            leaveOut !== "docker drop-in",
            "/etc/systemd/system/docker.service.d/10-sles-ecs.conf",
            afterBootstrap,
        ),
        ...file(
            leaveOut !== "agent drop-in",
            "/etc/systemd/system/amazon-ecs.service.d/10-sles-ecs.conf",
            `${afterBootstrap}${restart ? "\n[Service]\nRestart=on-failure" : ""}`,
        ),
    ];
    const install = ["bash", "-c", shell, "sles-ecs-install", `ECS_CLUSTER=${cluster}`, ...files];
    return `#cloud-config\n${JSON.stringify({ bootcmd: [install] })}\n`;
}

function file(wanted: boolean, path: string, content: string, mode = "0644"): string[] {
    return wanted ? [path, mode, content] : [];
}
