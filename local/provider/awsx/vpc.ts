import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi/resource";
import { make, zoneNames, type AwsResource } from "./children";
import { layOut, type PlannedSubnet } from "./subnetLayout";
import type { EndpointSpec, VpcInputs } from "./vpcInputs";

const defaultZoneCount = 3;

interface Parts {
    readonly vpc: AwsResource;
    readonly internetGateway: AwsResource;
    readonly subnets: AwsResource[];
    readonly publicSubnets: AwsResource[];
    readonly privateSubnets: AwsResource[];
    readonly isolatedSubnets: AwsResource[];
    readonly routeTables: AwsResource[];
    readonly routeTableAssociations: AwsResource[];
    readonly routes: AwsResource[];
    readonly eips: AwsResource[];
    readonly natGateways: AwsResource[];
    readonly vpcEndpoints: AwsResource[];
}

/** Outputs of the component, as the official one has them. */
export type VpcOutputs = Parts & {
    readonly vpcId: Output<string>;
    readonly publicSubnetIds: Output<string>[];
    readonly privateSubnetIds: Output<string>[];
    readonly isolatedSubnetIds: Output<string>[];
    readonly subnetLayout: VpcInputs["subnetSpecs"];
};

/**
 * `awsx:ec2:Vpc` for the local cloud: the same children under the same names as the official component makes
 * (https://github.com/pulumi/pulumi-awsx, awsx/ec2/vpc.ts), for the inputs that the components use.
 */
export class Vpc extends ComponentResource {
    private readonly tags: Readonly<Record<string, string>>;

    constructor(
        private readonly componentName: string,
        private readonly inputs: VpcInputs,
        options: ComponentResourceOptions,
    ) {
        super("awsx:ec2:Vpc", componentName, {}, options);
        this.tags = { Name: componentName, ...inputs.tags };
    }

    /** Makes the children; not part of the constructor, as the zones have to be asked for. */
    async createChildren(): Promise<VpcOutputs> {
        const zones = this.inputs.availabilityZoneNames ?? (await this.firstZones());
        const parts = this.createNetwork();
        const { cidrBlock = "10.0.0.0/16", subnetSpecs, availabilityZoneCidrMask } = this.inputs;
        const planned = layOut(this.componentName, cidrBlock, zones, subnetSpecs, availabilityZoneCidrMask);
        for (const subnet of planned) {
            this.createSubnet(parts, subnet, zones.indexOf(subnet.zone));
        }
        for (const spec of this.inputs.vpcEndpointSpecs ?? []) {
            parts.vpcEndpoints.push(this.createEndpoint(parts, spec));
        }
        const ids = (subnets: readonly AwsResource[]): Output<string>[] => subnets.map((subnet) => subnet.id);
        const outputs = {
            ...parts,
            vpcId: parts.vpc.id,
            publicSubnetIds: ids(parts.publicSubnets),
            privateSubnetIds: ids(parts.privateSubnets),
            isolatedSubnetIds: ids(parts.isolatedSubnets),
            subnetLayout: subnetSpecs ?? [],
        };
        this.registerOutputs(outputs);
        return outputs;
    }

    private async firstZones(): Promise<readonly string[]> {
        const count = this.inputs.numberOfAvailabilityZones ?? defaultZoneCount;
        const names = await zoneNames(this.inputs.region, this);
        if (names.length < count) {
            throw new Error(`the region has ${names.length} availability zones, expected at least ${count}`);
        }
        return names.slice(0, count);
    }

    private createNetwork(): Parts {
        const { cidrBlock, enableDnsHostnames, enableDnsSupport, enableNetworkAddressUsageMetrics } =
            this.inputs;
        const vpc = make.vpc(
            this.componentName,
            {
                ...this.region,
                cidrBlock,
                enableDnsHostnames,
                enableDnsSupport,
                enableNetworkAddressUsageMetrics,
                instanceTenancy: this.inputs.instanceTenancy,
                tags: this.tags,
            },
            { parent: this },
        );
        const internetGateway = make.internetGateway(
            this.componentName,
            { ...this.region, vpcId: vpc.id, tags: this.tags },
            { parent: vpc, dependsOn: [vpc] },
        );
        return {
            vpc,
            internetGateway,
            subnets: [],
            publicSubnets: [],
            privateSubnets: [],
            isolatedSubnets: [],
            routeTables: [],
            routeTableAssociations: [],
            routes: [],
            eips: [],
            natGateways: [],
            vpcEndpoints: [],
        };
    }

    private get region(): { readonly region?: string } {
        return this.inputs.region === undefined ? {} : { region: this.inputs.region };
    }

    private createSubnet(parts: Parts, planned: PlannedSubnet, zoneIndex: number): void {
        const { vpc } = parts;
        const kind = planned.type.toLowerCase();
        const own = { Name: planned.name, SubnetType: planned.type };
        const subnet = make.subnet(
            planned.name,
            {
                ...this.region,
                vpcId: vpc.id,
                availabilityZone: planned.zone,
                mapPublicIpOnLaunch: kind === "public",
                cidrBlock: planned.cidrBlock,
                assignIpv6AddressOnCreation: false,
                tags: { ...this.tags, ...planned.tags, ...own },
            },
            { parent: vpc, dependsOn: [vpc] },
        );
        parts.subnets.push(subnet);
        const lists = { public: parts.publicSubnets, private: parts.privateSubnets };
        (kind === "public" || kind === "private" ? lists[kind] : parts.isolatedSubnets).push(subnet);
        const routeTable = this.createRouteTable(parts, planned.name, subnet, own);
        if (kind === "public") {
            this.createNatGateway(parts, subnet, zoneIndex);
        }
        this.createRoute(parts, planned.name, kind, routeTable, zoneIndex);
    }

    private createRouteTable(
        parts: Parts,
        name: string,
        subnet: AwsResource,
        own: Readonly<Record<string, string>>,
    ): AwsResource {
        const routeTable = make.routeTable(
            name,
            { ...this.region, vpcId: parts.vpc.id, tags: { ...this.tags, ...own } },
            { parent: subnet, dependsOn: [subnet] },
        );
        parts.routeTables.push(routeTable);
        parts.routeTableAssociations.push(
            make.routeTableAssociation(
                name,
                { ...this.region, routeTableId: routeTable.id, subnetId: subnet.id },
                { parent: routeTable, dependsOn: [routeTable] },
            ),
        );
        return routeTable;
    }

    private get natStrategy(): string {
        return (this.inputs.natGateways?.strategy ?? "OnePerAz").toLowerCase();
    }

    private createNatGateway(parts: Parts, subnet: AwsResource, zoneIndex: number): void {
        const wanted = { none: 0, single: 1, oneperaz: zoneIndex + 1 }[this.natStrategy] ?? 0;
        if (parts.natGateways.length >= wanted) {
            return;
        }
        const name = `${this.componentName}-${zoneIndex + 1}`;
        const tags = { ...this.inputs.tags, Name: name };
        const options = { parent: subnet, dependsOn: [subnet] };
        let allocationId: Input<string> | undefined =
            this.inputs.natGateways?.elasticIpAllocationIds?.[zoneIndex];
        if (allocationId === undefined) {
            const eip = make.eip(name, { ...this.region, tags }, options);
            parts.eips.push(eip);
            // The id of an address is its allocation id.
            allocationId = eip.id;
        }
        parts.natGateways.push(
            make.natGateway(name, { ...this.region, subnetId: subnet.id, allocationId, tags }, options),
        );
    }

    /** Public subnets lead to the internet gateway, private ones to a NAT gateway, isolated ones nowhere. */
    private createRoute(
        parts: Parts,
        name: string,
        kind: string,
        table: AwsResource,
        zoneIndex: number,
    ): void {
        const natGateway = parts.natGateways[this.natStrategy === "single" ? 0 : zoneIndex];
        const target =
            kind === "public"
                ? { gatewayId: parts.internetGateway.id }
                : kind === "private" && natGateway !== undefined && { natGatewayId: natGateway.id };
        if (target !== false) {
            parts.routes.push(
                make.route(
                    name,
                    { ...this.region, routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target },
                    { parent: table, dependsOn: [table] },
                ),
            );
        }
    }

    private createEndpoint(parts: Parts, spec: EndpointSpec): AwsResource {
        const isAuto = this.inputs.vpcEndpointStrategy === "Auto";
        const all = isAuto ? parts.routeTables.map((table) => table.id) : undefined;
        const routeTableIds: Input<string>[] | undefined = spec.routeTableIds?.slice() ?? all;
        return make.vpcEndpoint(
            spec.serviceName,
            {
                ...this.region,
                policy: spec.policy,
                routeTableIds,
                serviceName: spec.serviceName,
                tags: { ...this.tags, ...spec.tags },
                vpcEndpointType: spec.vpcEndpointType,
                vpcId: parts.vpc.id,
            },
            { parent: parts.vpc, dependsOn: [parts.vpc] },
        );
    }
}
