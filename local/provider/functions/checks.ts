import { ec2Arn } from "../aws/arn";
import { fromTagList } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { defineFunction } from "../functionType";
import { region, required, text } from "../schema/property";
import { filters, theOnly, toFilters } from "./filters";

/** What the program asks only to check it: see components/reads. */

const advice = "change your search criteria and try again";

/** `aws.ec2.getVpcs` */
export const getVpcs = defineFunction({
    token: "aws:ec2/getVpcs:getVpcs",
    inputs: { filters: filters(), region: region() },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const answer = await ec2.describeVpcs({ Filters: toFilters(inputs.filters) });
        return { id: call.region, ids: (answer.Vpcs ?? []).map((vpc) => vpc.VpcId), tags: {} };
    },
});

/** `aws.ec2.getSecurityGroups` */
export const getSecurityGroups = defineFunction({
    token: "aws:ec2/getSecurityGroups:getSecurityGroups",
    inputs: { filters: filters(), region: region() },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const answer = await ec2.describeSecurityGroups({ Filters: toFilters(inputs.filters) });
        const groups = answer.SecurityGroups ?? [];
        return {
            arns: groups.map((group) =>
                ec2Arn(call.region, group.OwnerId, `security-group/${group.GroupId ?? ""}`),
            ),
            id: call.region,
            ids: groups.map((group) => group.GroupId),
            tags: {},
            vpcIds: groups.map((group) => group.VpcId),
        };
    },
});

/** `aws.ec2.getRouteTables` */
export const getRouteTables = defineFunction({
    token: "aws:ec2/getRouteTables:getRouteTables",
    inputs: { filters: filters(), region: region(), vpcId: text() },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const given = toFilters(inputs.filters, { "vpc-id": inputs.vpcId });
        const answer = await ec2.describeRouteTables({ Filters: given });
        const ids = (answer.RouteTables ?? []).map((table) => table.RouteTableId);
        return { id: call.region, ids, tags: {} };
    },
});

/** `aws.ec2.getRouteTable`. Like the official one it leaves out local routes, those to gateway endpoints, and states. */
export const getRouteTable = defineFunction({
    token: "aws:ec2/getRouteTable:getRouteTable",
    inputs: { region: region(), routeTableId: required(text()) },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const given = toFilters([], { "route-table-id": inputs.routeTableId });
        const answer = await ec2.describeRouteTables({ Filters: given });
        const found = theOnly(answer.RouteTables, "EC2 Route Table", advice);
        const id = found.RouteTableId ?? "";
        const routes = (found.Routes ?? []).filter(
            (route) =>
                route.GatewayId !== "local" &&
                !(route.DestinationPrefixListId && (route.GatewayId ?? "").startsWith("vpce-")),
        );
        return {
            arn: ec2Arn(call.region, found.OwnerId, `route-table/${id}`),
            associations: (found.Associations ?? []).map((association) => ({
                gatewayId: association.GatewayId ?? "",
                main: association.Main === true,
                routeTableAssociationId: association.RouteTableAssociationId,
                routeTableId: id,
                subnetId: association.SubnetId ?? "",
            })),
            gatewayId: "",
            id,
            ownerId: found.OwnerId,
            routes: routes.map((route) => ({
                cidrBlock: route.DestinationCidrBlock ?? "",
                destinationPrefixListId: route.DestinationPrefixListId ?? "",
                gatewayId: route.GatewayId ?? "",
                instanceId: route.InstanceId ?? "",
                ipv6CidrBlock: route.DestinationIpv6CidrBlock ?? "",
                natGatewayId: route.NatGatewayId ?? "",
                networkInterfaceId: route.NetworkInterfaceId ?? "",
                transitGatewayId: route.TransitGatewayId ?? "",
                vpcEndpointId: "",
                vpcPeeringConnectionId: route.VpcPeeringConnectionId ?? "",
            })),
            subnetId: "",
            tags: fromTagList(found.Tags),
            vpcId: found.VpcId,
        };
    },
});

/** `aws.ec2.getVpcEndpoint` */
export const getVpcEndpoint = defineFunction({
    token: "aws:ec2/getVpcEndpoint:getVpcEndpoint",
    inputs: { filters: filters(), region: region(), serviceName: text(), state: text(), vpcId: text() },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const given = toFilters(inputs.filters, {
            "service-name": inputs.serviceName,
            "vpc-endpoint-state": inputs.state,
            "vpc-id": inputs.vpcId,
        });
        const answer = await ec2.describeVpcEndpoints({ Filters: given });
        const found = theOnly(answer.VpcEndpoints, "EC2 VPC Endpoint", advice);
        return {
            arn: ec2Arn(call.region, found.OwnerId, `vpc-endpoint/${found.VpcEndpointId ?? ""}`),
            id: found.VpcEndpointId,
            ownerId: found.OwnerId,
            routeTableIds: found.RouteTableIds ?? [],
            securityGroupIds: (found.Groups ?? []).map((group) => group.GroupId),
            serviceName: found.ServiceName,
            state: found.State,
            subnetIds: found.SubnetIds ?? [],
            tags: fromTagList(found.Tags),
            vpcEndpointType: found.VpcEndpointType,
            vpcId: found.VpcId,
        };
    },
});

/** `aws.ec2.getKeyPair` */
export const getKeyPair = defineFunction({
    token: "aws:ec2/getKeyPair:getKeyPair",
    inputs: { keyName: required(text()), region: region() },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const answer = await unlessGone(() => ec2.describeKeyPairs({ KeyNames: [inputs.keyName] }));
        const found = theOnly(answer?.KeyPairs, "EC2 Key Pair", advice);
        return {
            fingerprint: found.KeyFingerprint,
            id: found.KeyPairId,
            keyName: found.KeyName,
            keyPairId: found.KeyPairId,
            keyType: found.KeyType ?? "",
            tags: fromTagList(found.Tags),
        };
    },
});
