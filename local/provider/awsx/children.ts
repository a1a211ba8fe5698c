import type * as aws from "@pulumi/aws";
import type { CustomResourceOptions, Inputs, Output } from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/pulumi/resource";
import { packageVersion } from "../packageVersion";

// The packages @pulumi/aws and @pulumi/pulumi take a second to load, most of it for what no plugin needs. So only
// their types are used here, and of the SDK itself the modules that resources are made of.

/** A resource of the `aws` package. */
export class AwsResource extends CustomResource {
    constructor(type: string, name: string, inputs: Inputs, options: CustomResourceOptions) {
        // A property that is not named here is no output of the resource, even where the provider tells it.
        const named = { arn: undefined, name: undefined, region: undefined, ...inputs };
        super(type, name, named, { version: packageVersion("@pulumi/aws"), ...options });
    }

    /** What the provider says of it. */
    output(property: "arn" | "name" | "region"): Output<string> {
        return (this as unknown as Readonly<Record<string, Output<string>>>)[property] as Output<string>;
    }
}

type Make<Args> = (name: string, args: Args, options: CustomResourceOptions) => AwsResource;

function makerOf<Args extends object>(type: string): Make<Args> {
    return (name, args, options) => new AwsResource(type, name, { ...args }, options);
}

/** What makes each kind of child, with the properties as the `aws` package types them. */
export const make = {
    eip: makerOf<aws.ec2.EipArgs>("aws:ec2/eip:Eip"),
    logGroup: makerOf<aws.cloudwatch.LogGroupArgs>("aws:cloudwatch/logGroup:LogGroup"),
    role: makerOf<aws.iam.RoleArgs>("aws:iam/role:Role"),
    rolePolicyAttachment: makerOf<aws.iam.RolePolicyAttachmentArgs>(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ),
    service: makerOf<aws.ecs.ServiceArgs>("aws:ecs/service:Service"),
    taskDefinition: makerOf<aws.ecs.TaskDefinitionArgs>("aws:ecs/taskDefinition:TaskDefinition"),
    internetGateway: makerOf<aws.ec2.InternetGatewayArgs>("aws:ec2/internetGateway:InternetGateway"),
    natGateway: makerOf<aws.ec2.NatGatewayArgs>("aws:ec2/natGateway:NatGateway"),
    route: makerOf<aws.ec2.RouteArgs>("aws:ec2/route:Route"),
    routeTable: makerOf<aws.ec2.RouteTableArgs>("aws:ec2/routeTable:RouteTable"),
    routeTableAssociation: makerOf<aws.ec2.RouteTableAssociationArgs>(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
    ),
    subnet: makerOf<aws.ec2.SubnetArgs>("aws:ec2/subnet:Subnet"),
    vpc: makerOf<aws.ec2.VpcArgs>("aws:ec2/vpc:Vpc"),
    vpcEndpoint: makerOf<aws.ec2.VpcEndpointArgs>("aws:ec2/vpcEndpoint:VpcEndpoint"),
} as const;
