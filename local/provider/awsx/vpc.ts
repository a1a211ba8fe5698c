import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi/resource";
import { make, type AwsResource } from "./children";
import type { VpcInputs } from "./vpcInputs";

/** The children, under the names that the official component's outputs have. */
interface Children {
    readonly vpc: AwsResource;
    readonly internetGateway: AwsResource;
    readonly subnets: AwsResource[];
    readonly publicSubnets: AwsResource[];
    readonly privateSubnets: AwsResource[];
    readonly routeTables: AwsResource[];
    readonly routeTableAssociations: AwsResource[];
    readonly routes: AwsResource[];
    readonly eips: AwsResource[];
    readonly natGateways: AwsResource[];
    readonly vpcEndpoints: AwsResource[];
}

/** Outputs of the component, as the official one has them. */
export type VpcOutputs = Children & {
    readonly vpcId: Output<string>;
    readonly publicSubnetIds: Output<string>[];
    readonly privateSubnetIds: Output<string>[];
};

/** One subnet of the VPC. */
interface PlannedSubnet {
    readonly name: string;
    readonly type: string;
    readonly zone: string;
    readonly zoneNumber: number;
    readonly cidrBlock: string | undefined;
}

/**
 * `awsx:ec2:Vpc` for the local cloud: the same children under the same names as the official component makes
 * (https://github.com/pulumi/pulumi-awsx, awsx/ec2/vpc.ts), for the inputs that the components use.
 */
export class Vpc extends ComponentResource {
    /** What the component made, and all of its outputs. */
    readonly outputs: VpcOutputs;
    private readonly tags: Readonly<Record<string, string>>;

    constructor(
        private readonly componentName: string,
        private readonly inputs: VpcInputs,
        options: ComponentResourceOptions,
    ) {
        super("awsx:ec2:Vpc", componentName, {}, options);
        this.tags = { Name: componentName, ...inputs.tags };
        const children = this.createNetwork();
        for (const planned of this.plannedSubnets()) {
            this.createSubnet(children, planned);
        }
        for (const { serviceName, vpcEndpointType } of inputs.vpcEndpointSpecs ?? []) {
            const routeTableIds = children.routeTables.map((table) => table.id);
            const args = { routeTableIds, serviceName, tags: this.tags, vpcEndpointType };
            children.vpcEndpoints.push(
                make.vpcEndpoint(serviceName, { ...args, vpcId: children.vpc.id }, under(children.vpc)),
            );
        }
        this.outputs = {
            ...children,
            vpcId: children.vpc.id,
            publicSubnetIds: children.publicSubnets.map((subnet) => subnet.id),
            privateSubnetIds: children.privateSubnets.map((subnet) => subnet.id),
        };
        this.registerOutputs(this.outputs);
    }

    private createNetwork(): Children {
        const { cidrBlock, enableDnsHostnames } = this.inputs;
        const { tags } = this;
        const vpc = make.vpc(this.componentName, { cidrBlock, enableDnsHostnames, tags }, { parent: this });
        const args = { vpcId: vpc.id, tags };
        return {
            vpc,
            internetGateway: make.internetGateway(this.componentName, args, under(vpc)),
            subnets: [],
            publicSubnets: [],
            privateSubnets: [],
            routeTables: [],
            routeTableAssociations: [],
            routes: [],
            eips: [],
            natGateways: [],
            vpcEndpoints: [],
        };
    }

    /** Zone by zone, the public subnets before the private ones that a NAT gateway in them serves. */
    private plannedSubnets(): readonly PlannedSubnet[] {
        const isPublic = ({ type }: { readonly type: string }) => Number(type === "Public");
        const specs = [...this.inputs.subnetSpecs].sort((a, b) => isPublic(b) - isPublic(a));
        return this.inputs.availabilityZoneNames.flatMap((zone, index) =>
            specs.map(({ type, cidrBlocks }) => ({
                name: `${this.componentName}-${type.toLowerCase()}-${index + 1}`,
                type,
                zone,
                zoneNumber: index + 1,
                cidrBlock: cidrBlocks[index],
            })),
        );
    }

    private createSubnet(children: Children, planned: PlannedSubnet): void {
        const { vpc } = children;
        const { name, type, zone, cidrBlock } = planned;
        const isPublic = type === "Public";
        const tags = { ...this.tags, Name: name, SubnetType: type };
        const subnet = make.subnet(
            name,
            { vpcId: vpc.id, availabilityZone: zone, mapPublicIpOnLaunch: isPublic, cidrBlock, tags },
            under(vpc),
        );
        const table = make.routeTable(name, { vpcId: vpc.id, tags }, under(subnet));
        const ends = { routeTableId: table.id, subnetId: subnet.id };
        children.subnets.push(subnet);
        (isPublic ? children.publicSubnets : children.privateSubnets).push(subnet);
        children.routeTables.push(table);
        children.routeTableAssociations.push(make.routeTableAssociation(name, ends, under(table)));
        const isWanted = this.inputs.natGateways.strategy === "Single" && children.natGateways.length === 0;
        if (isPublic && isWanted) {
            this.createNatGateway(children, subnet, planned.zoneNumber);
        }
        this.createRoute(children, name, isPublic, table);
    }

    private createNatGateway(children: Children, subnet: AwsResource, zoneNumber: number): void {
        const name = `${this.componentName}-${zoneNumber}`;
        const tags = { ...this.inputs.tags, Name: name };
        const eip = make.eip(name, { tags }, under(subnet));
        children.eips.push(eip);
        // The id of an address is its allocation id.
        const args = { subnetId: subnet.id, allocationId: eip.id, tags };
        children.natGateways.push(make.natGateway(name, args, under(subnet)));
    }

    /** Public subnets lead to the internet gateway, private ones to the NAT gateway, or nowhere. */
    private createRoute(children: Children, name: string, isPublic: boolean, table: AwsResource): void {
        const [natGateway] = children.natGateways;
        const target = isPublic
            ? { gatewayId: children.internetGateway.id }
            : natGateway && { natGatewayId: natGateway.id };
        if (target !== undefined) {
            const args = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target };
            children.routes.push(make.route(name, args, under(table)));
        }
    }
}

/** The official component's children depend on their parents, too. */
function under(parent: AwsResource): { parent: AwsResource; dependsOn: AwsResource[] } {
    return { parent, dependsOn: [parent] };
}
