import type { EC2, Filter } from "@aws-sdk/client-ec2";
import type { Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { AwsError } from "../front/apiResponse";

/** Throws while the thing of this id is in use. What does not exist is moto's to say. */
type Check = (ec2: EC2, id: string) => Promise<void>;

/** Refuses to delete what is in use, as EC2 does and moto does not. */
function unlessInUse(field: string, check: Check): Handler {
    return async (request, cloud) => {
        const id = formOf(request).get(field);
        if (id !== null) {
            await check(cloud.moto.ec2(request.region), id);
        }
        return cloud.forward(request);
    };
}

function filter(name: string, value: string): { Filters: Filter[] } {
    return { Filters: [{ Name: name, Values: [value] }] };
}

/** An instance has its network interfaces until it is terminated, also while it is stopped. */
async function hasInterfaces(ec2: EC2, name: string, value: string): Promise<boolean> {
    const { NetworkInterfaces: found = [] } = await ec2.describeNetworkInterfaces(filter(name, value));
    return found.length > 0;
}

function refuseIf(inUse: boolean, message: string): void {
    if (inUse) {
        throw new AwsError("DependencyViolation", message);
    }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html */
const securityGroup: Check = async (ec2, id) => {
    const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups({});
    if (groups.find(({ GroupId }) => GroupId === id)?.GroupName === "default") {
        throw new AwsError(
            "CannotDelete",
            `the specified group: "${id}" name: "default" cannot be deleted by a user`,
        );
    }
    const isNamed = groups
        .filter(({ GroupId }) => GroupId !== id)
        .flatMap(({ IpPermissions = [], IpPermissionsEgress = [] }) => [
            ...IpPermissions,
            ...IpPermissionsEgress,
        ])
        .some(({ UserIdGroupPairs: pairs = [] }) => pairs.some(({ GroupId }) => GroupId === id));
    refuseIf(isNamed || (await hasInterfaces(ec2, "group-id", id)), `resource ${id} has a dependent object`);
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html */
const subnet: Check = async (ec2, id) => {
    refuseIf(
        await hasInterfaces(ec2, "subnet-id", id),
        `The subnet '${id}' has dependencies and cannot be deleted.`,
    );
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html; subnets and route tables are moto's to see. */
const vpc: Check = async (ec2, id) => {
    const [gateways, groups, endpoints] = await Promise.all([
        ec2.describeInternetGateways(filter("attachment.vpc-id", id)),
        ec2.describeSecurityGroups(filter("vpc-id", id)),
        ec2.describeVpcEndpoints(filter("vpc-id", id)),
    ]);
    refuseIf(
        (gateways.InternetGateways ?? []).length > 0 ||
            (groups.SecurityGroups ?? []).some(({ GroupName }) => GroupName !== "default") ||
            (endpoints.VpcEndpoints ?? []).some(({ State }) => String(State) !== "deleted"),
        `The vpc '${id}' has dependencies and cannot be deleted.`,
    );
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html */
const attachedGateway: Check = async (ec2, vpcId) => {
    const { NetworkInterfaces: found = [] } = await ec2.describeNetworkInterfaces(filter("vpc-id", vpcId));
    refuseIf(
        found.some(({ Association }) => Association?.PublicIp !== undefined),
        `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    );
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html; associations with subnets are moto's to see. */
const routeTable: Check = async (ec2, id) => {
    const { RouteTables: tables = [] } = await ec2.describeRouteTables(filter("route-table-id", id));
    refuseIf(
        tables.some(({ Associations = [] }) => Associations.some(({ Main }) => Main)),
        `The routeTable '${id}' has dependencies and cannot be deleted.`,
    );
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html */
const networkInterface: Check = async (ec2, id) => {
    const { NetworkInterfaces: found = [] } = await ec2.describeNetworkInterfaces(
        filter("network-interface-id", id),
    );
    if (found.some(({ Attachment }) => Attachment?.AttachmentId !== undefined)) {
        throw new AwsError("InvalidParameterValue", `Network interface '${id}' is currently in use.`);
    }
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html, for a nondefault VPC */
const address: Check = async (ec2, id) => {
    const { Addresses: found = [] } = await ec2.describeAddresses(filter("allocation-id", id));
    if (found.some(({ AssociationId }) => AssociationId !== undefined && AssociationId !== "")) {
        throw new AwsError("InvalidIPAddress.InUse", `Address with allocation id ${id} is in use.`);
    }
};

/** Actions that delete what something else may still use, by name. */
export const deletionHandlers: Readonly<Record<string, Handler>> = {
    DeleteNetworkInterface: unlessInUse("NetworkInterfaceId", networkInterface),
    DeleteRouteTable: unlessInUse("RouteTableId", routeTable),
    DeleteSecurityGroup: unlessInUse("GroupId", securityGroup),
    DeleteSubnet: unlessInUse("SubnetId", subnet),
    DeleteVpc: unlessInUse("VpcId", vpc),
    DetachInternetGateway: unlessInUse("VpcId", attachedGateway),
    ReleaseAddress: unlessInUse("AllocationId", address),
};
