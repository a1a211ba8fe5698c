import * as aws from "@pulumi/aws";
import type { Network, Tags } from "./everyNetwork";

/** A service without tasks, and what its tasks would be made of. */
export function makeService(
    cluster: aws.ecs.Cluster,
    isFirst: boolean,
    isReplaced: boolean,
    tags: Tags,
): void {
    const definition = new aws.ecs.TaskDefinition("definition", {
        family: "web",
        containerDefinitions: JSON.stringify([
            {
                name: "web",
                image: "nginx",
                memory: isReplaced ? 128 : 64,
                portMappings: [{ containerPort: 80 }],
            },
        ]),
        networkMode: "bridge",
        requiresCompatibilities: ["EC2"],
        volumes: [{ name: "data", hostPath: "/srv/data" }],
        tags,
    });
    new aws.ecs.Service("service", {
        cluster: cluster.arn,
        launchType: "EC2",
        taskDefinition: definition.arn,
        desiredCount: 0,
        deploymentMaximumPercent: isFirst ? 200 : 150,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        orderedPlacementStrategies: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
        waitForSteadyState: true,
        tags,
    });
}

/** A load balancer that leads to nobody yet. */
export function makeBalancer(network: Network, isFirst: boolean, isReplaced: boolean, tags: Tags): void {
    const balancer = new aws.lb.LoadBalancer("balancer", {
        internal: !isReplaced,
        securityGroups: [network.group.id],
        subnets: [network.subnet.id],
        tags,
    });
    const targets = new aws.lb.TargetGroup("targets", {
        port: isReplaced ? 81 : 80,
        protocol: "HTTP",
        vpcId: network.vpc.id,
        deregistrationDelay: isFirst ? 10 : 20,
        healthCheck: { path: isFirst ? "/" : "/health" },
        tags,
    });
    new aws.lb.Listener("listener", {
        loadBalancerArn: balancer.arn,
        port: isFirst ? 80 : 8080,
        defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
        tags,
    });
}
