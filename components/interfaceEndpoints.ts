import * as ec2 from "@pulumi/aws/ec2";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { interfaceEndpointName, type Location } from "./model/location";
import { keptName, resourceName } from "./model/names";
import { withName } from "./model/tags";
import type { ResourceTags } from "./stackId";

export interface InterfaceEndpointsArgs {
    readonly environment: string;
    readonly stackId: pulumi.Output<string>;
    readonly location: Location;
    readonly vpcId: pulumi.Output<string>;
    /** One of each zone. */
    readonly subnetIds: readonly pulumi.Output<string>[];
    /** Services by the last part of their endpoints' names, such as `ecs-agent`. */
    readonly services: readonly string[];
    /** Whoever belongs to it may speak to the endpoints, and nobody else. */
    readonly hostsGroupId: pulumi.Output<string>;
    readonly tags: ResourceTags;
}

/**
 * Ways to AWS services for subnets that have no other one: an interface endpoint for each, in every zone, by the service's own
 * name. Cost: `interfaceEndpoint` in model/cost/prices.ts, for each service and zone, and for what passes.
 */
export class InterfaceEndpoints extends pulumi.ComponentResource {
    constructor(name: string, args: InterfaceEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:InterfaceEndpoints", name, {}, opts);
        const group = this.createGroup(name, args);
        for (const service of args.services) {
            new ec2.VpcEndpoint(
                `${name}-${service}`,
                {
                    vpcId: args.vpcId,
                    serviceName: interfaceEndpointName(service, args.location),
                    vpcEndpointType: "Interface",
                    privateDnsEnabled: true,
                    subnetIds: [...args.subnetIds],
                    securityGroupIds: [group.id],
                    tags: withName(args.tags, `${args.environment}-${service}`),
                },
                { parent: this },
            );
        }
        this.registerOutputs();
    }

    private createGroup(name: string, args: InterfaceEndpointsArgs): ec2.SecurityGroup {
        const { environment, stackId, location, vpcId, hostsGroupId, tags } = args;
        const nameOf = (id?: string) => resourceName("endpointsGroup", environment, location.region, id);
        const group = new ec2.SecurityGroup(
            name,
            {
                name: stackId.apply(nameOf),
                description: "Interface endpoints of SLES ECS hosts: HTTPS in from the hosts, nothing out",
                vpcId,
                tags: withName(tags, nameOf()),
            },
            { parent: this, ignoreChanges: keptName },
        );
        new SecurityGroupIngressRule(
            `${name}-from-hosts`,
            {
                securityGroupId: group.id,
                description: "HTTPS from the hosts",
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                referencedSecurityGroupId: hostsGroupId,
                tags,
            },
            { parent: this },
        );
        return group;
    }
}
