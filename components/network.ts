import * as ec2 from "@pulumi/aws/ec2";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc";
import * as awsxEc2 from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { createIngressRules } from "./ingressRules";
import type { EnvironmentArgs } from "./environment";
import { InterfaceEndpoints } from "./interfaceEndpoints";
import type { PlannedNetwork } from "./model/checks/network";
import { endpointServices } from "./model/endpointServices";
import { s3GatewayName } from "./model/location";
import { endpointsGroupEnd, keptName, resourceName } from "./model/names";
import type { IngressRule } from "./model/settings";
import { planSubnets } from "./model/subnets";
import { withName } from "./model/tags";
import { readPart } from "./partSettings";

export interface NetworkArgs extends EnvironmentArgs {
    /** Where hosts are to be; `findNetwork` finds it. */
    readonly network: NetworkPlan;
    /**
     * That hosts reach by interface endpoints of the VPC, by the last parts of their names, such as `ecs-agent`.
     * @default - in isolated subnets those of ECS, ECR and CloudWatch Logs, elsewhere none; Systems Manager needs `ssm`, `ssmmessages` and `ec2messages`
     */
    readonly services?: readonly string[];
}

/** A subnet that exists, or that the same program makes; its zone is plain, as it decides where a host and its volume are. */
export interface HostSubnetArgs {
    readonly id: pulumi.Input<string>;
    /** Such as `eu-central-1a`. */
    readonly zone: string;
}

/** Subnets of one VPC. */
interface FoundPlace {
    readonly vpcId: pulumi.Input<string>;
    readonly subnets: readonly HostSubnetArgs[];
}

/** The default VPC, and groups of it that hosts have beside their own. */
interface DefaultPlace extends FoundPlace {
    readonly mode: "default";
    readonly ingress?: readonly IngressRule[];
    readonly securityGroupIds?: readonly pulumi.Input<string>[];
}

interface ExistingPlace extends FoundPlace {
    readonly mode: "existing";
    readonly securityGroupIds: readonly pulumi.Input<string>[];
}

interface CreatedPlace extends Omit<PlannedNetwork, "securityGroupIds"> {
    readonly securityGroupIds?: readonly pulumi.Input<string>[];
}

/** Where hosts are to be, as the checks have found it. */
export type NetworkPlan = DefaultPlace | ExistingPlace | CreatedPlace;

/** A subnet that hosts may be in. */
export interface HostSubnet {
    readonly id: pulumi.Output<string>;
    readonly zone: string;
}

/**
 * Where the hosts run: the default VPC, subnets that exist, or a VPC of the environment's own. Unless security
 * groups are given, one is made that lets everything out, and in what the settings open.
 * Cost: a NAT gateway in `create` with private subnets, interface endpoints with isolated ones, and hosts' public addresses
 * elsewhere; the prices are in model/cost/prices.ts.
 * @example
 * import { createEnvironment, findNetwork, Network } from "sles-ecs";
 * export = async () => {
 *     const web = await createEnvironment("web");
 *     const network = await findNetwork({ ...web, network: { mode: "create", zones: 3 } });
 *     const { vpcId } = new Network("web-network", { ...web, network });
 *     return { vpcId };
 * };
 */
export class Network extends pulumi.ComponentResource {
    public readonly vpcId: pulumi.Output<string>;
    public readonly subnets: readonly HostSubnet[];
    public readonly securityGroupIds: readonly pulumi.Output<string>[];
    /** The hosts' own group; missing where they have groups that existed before. */
    public readonly ownSecurityGroupId?: pulumi.Output<string>;
    /** What must stand before a host boots, or it finds no way to S3 (guide, section 4). */
    public readonly routes: readonly pulumi.Resource[];

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:Network", name, {}, opts);
        switch (args.network.mode) {
            case "existing":
                this.vpcId = pulumi.output(args.network.vpcId);
                this.subnets = hostSubnets(args.network.subnets);
                this.securityGroupIds = args.network.securityGroupIds.map((id) => pulumi.output(id));
                this.routes = [];
                break;
            case "default":
            case "create": {
                const place =
                    args.network.mode === "create"
                        ? this.createVpc(name, args, args.network)
                        : defaultVpc(args.network);
                const { group, egress } = this.createSecurityGroup(name, place.vpcId, args);
                this.vpcId = place.vpcId;
                this.subnets = place.subnets;
                createIngressRules(`${name}-hosts-ingress`, group, args.network.ingress ?? [], args.tags, {
                    parent: this,
                });
                const more = args.network.securityGroupIds ?? [];
                this.ownSecurityGroupId = group.id;
                this.securityGroupIds = [group.id, ...more.map((id) => pulumi.output(id))];
                this.routes = [...place.routes, egress, ...this.createEndpoints(name, args, place, group)];
            }
        }
        this.registerOutputs({
            vpcId: this.vpcId,
            subnetIds: this.subnets.map(({ id }) => id),
            securityGroupIds: this.securityGroupIds,
        });
    }

    private createVpc(name: string, { location, tags }: NetworkArgs, planned: CreatedPlace): Place {
        const { publicCidrBlocks, privateCidrBlocks } = planSubnets(planned.cidrBlock, planned.zones);
        const isPublic = planned.subnets === "public";
        const hasNat = planned.subnets === "private";
        const vpc = new awsxEc2.Vpc(
            name,
            {
                cidrBlock: planned.cidrBlock,
                availabilityZoneNames: [...planned.zoneNames],
                subnetStrategy: "Auto",
                // The NAT gateway needs a public subnet. Isolated subnets are private ones without it, and not a kind of their
                // own, so that they stay where one becomes the other.
                subnetSpecs: [
                    ...(isPublic || hasNat
                        ? [{ type: "Public" as const, cidrBlocks: [...publicCidrBlocks] }]
                        : []),
                    ...(isPublic ? [] : [{ type: "Private" as const, cidrBlocks: [...privateCidrBlocks] }]),
                ],
                natGateways: { strategy: hasNat ? "Single" : "None" },
                enableDnsHostnames: true,
                // With "Legacy" the endpoint would not be put into any route table.
                vpcEndpointStrategy: "Auto",
                vpcEndpointSpecs: [{ serviceName: s3GatewayName(location), vpcEndpointType: "Gateway" }],
                tags: { ...tags },
            },
            { parent: this },
        );
        const ids = isPublic ? vpc.publicSubnetIds : vpc.privateSubnetIds;
        return {
            vpcId: vpc.vpcId,
            subnets: planned.zoneNames.map((zone, index) => ({
                id: ids.apply((all) => nth(all, index)),
                zone,
            })),
            routes: [vpc],
        };
    }

    private createEndpoints(
        name: string,
        { network, ...args }: NetworkArgs,
        { vpcId, subnets }: Place,
        hostsGroup: ec2.SecurityGroup,
    ): readonly pulumi.Resource[] {
        const services =
            args.services ?? endpointServices({ ...readPart({}, args.environment).settings, network });
        if (services.length === 0) {
            return [];
        }
        const subnetIds = subnets.map(({ id }) => id);
        const place = { vpcId, subnetIds, services, hostsGroupId: hostsGroup.id };
        return [
            new InterfaceEndpoints(`${name}${endpointsGroupEnd}`, { ...args, ...place }, { parent: this }),
        ];
    }

    private createSecurityGroup(name: string, vpcId: pulumi.Output<string>, args: NetworkArgs) {
        const { environment, stackId, location } = args;
        const nameOf = (id?: string) => resourceName("securityGroup", environment, location.region, id);
        const group = new ec2.SecurityGroup(
            `${name}-hosts`,
            {
                name: stackId.apply(nameOf),
                description: "SLES ECS hosts: everything out, in only what network.ingress opens",
                vpcId,
                tags: withName(args.tags, nameOf()),
            },
            // A group of an earlier version has another description, with which EC2 would replace it.
            { parent: this, ignoreChanges: [...keptName, "description"] },
        );
        const egress = new SecurityGroupEgressRule(
            `${name}-hosts-egress`,
            {
                securityGroupId: group.id,
                description: "Everything",
                ipProtocol: "-1",
                cidrIpv4: "0.0.0.0/0",
                tags: args.tags,
            },
            { parent: this },
        );
        return { group, egress };
    }
}

interface Place {
    readonly vpcId: pulumi.Output<string>;
    readonly subnets: readonly HostSubnet[];
    readonly routes: readonly pulumi.Resource[];
}

function defaultVpc({ vpcId, subnets }: DefaultPlace): Place {
    return { vpcId: pulumi.output(vpcId), subnets: hostSubnets(subnets), routes: [] };
}

/** As hosts take them. */
export function hostSubnets(subnets: readonly HostSubnetArgs[]): readonly HostSubnet[] {
    return subnets.map(({ id, zone }) => ({ id: pulumi.output(id), zone }));
}

function nth(ids: readonly string[], index: number): string {
    const id = ids[index];
    if (id === undefined) {
        throw new RangeError(`the VPC has ${ids.length} subnets, expected one for each zone`);
    }
    return id;
}
