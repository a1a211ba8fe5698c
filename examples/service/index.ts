import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const environment = new pulumi.StackReference(config.require("environment"));

const web = new awsx.ecs.EC2Service("web", {
    cluster: environment.requireOutput("clusterArn") as pulumi.Output<string>,
    desiredCount: config.requireNumber("count"),
    orderedPlacementStrategies: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
    taskDefinitionArgs: {
        // awsx would give each task a network interface of its own, of which a host has only a few.
        networkMode: "bridge",
        container: {
            name: "web",
            image: "registry.suse.com/suse/nginx:1.27",
            memory: 128,
            // Docker chooses a port of the host, so that a host has room for more than one task.
            portMappings: [{ containerPort: 80, hostPort: 0 }],
        },
    },
});

export const serviceName = web.service.apply((service) => service.name);
export const taskDefinitionArn = web.taskDefinition.apply((definition) => definition?.arn);
