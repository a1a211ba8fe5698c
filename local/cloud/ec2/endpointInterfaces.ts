import type { EC2, NetworkInterface, VpcEndpoint } from "@aws-sdk/client-ec2";
import type { Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import type { ApiResponse } from "../front/apiResponse";
import { readFormList } from "../front/form";

/** As EC2 describes them. Source: https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html */
function descriptionOf(endpointId: string): string {
    return `VPC Endpoint Interface ${endpointId}`;
}

async function interfacesOf(ec2: EC2, { VpcId = "", VpcEndpointId = "" }: VpcEndpoint) {
    const { NetworkInterfaces: all = [] } = await ec2.describeNetworkInterfaces({
        Filters: [{ Name: "vpc-id", Values: [VpcId] }],
    });
    return all.filter(({ Description }) => Description === descriptionOf(VpcEndpointId));
}

async function endpointsOf(ec2: EC2, ids: readonly string[]): Promise<readonly VpcEndpoint[]> {
    const { VpcEndpoints: all = [] } = await ec2.describeVpcEndpoints({});
    return all.filter(
        ({ VpcEndpointId, VpcEndpointType }) =>
            ids.includes(VpcEndpointId ?? "") && VpcEndpointType === "Interface",
    );
}

async function dress(ec2: EC2, id: string, { VpcEndpointId = "", Groups = [] }: VpcEndpoint): Promise<void> {
    const groups = Groups.flatMap(({ GroupId }) => GroupId ?? []);
    await ec2.modifyNetworkInterfaceAttribute({
        NetworkInterfaceId: id,
        Description: { Value: descriptionOf(VpcEndpointId) },
    });
    if (groups.length > 0) {
        await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId: id, Groups: groups });
    }
}

/** An interface in each of the subnets, with the groups of the endpoint. */
async function settle(ec2: EC2, endpoint: VpcEndpoint): Promise<void> {
    const wanted = endpoint.SubnetIds ?? [];
    const own = await interfacesOf(ec2, endpoint);
    const isIn = (subnetId: string) => (one: NetworkInterface) => one.SubnetId === subnetId;
    for (const { NetworkInterfaceId, SubnetId = "" } of own) {
        if (!wanted.includes(SubnetId)) {
            await ec2.deleteNetworkInterface({ NetworkInterfaceId });
        }
    }
    for (const SubnetId of wanted) {
        const found =
            own.find(isIn(SubnetId)) ?? (await ec2.createNetworkInterface({ SubnetId })).NetworkInterface;
        await dress(ec2, found?.NetworkInterfaceId ?? "", endpoint);
    }
}

const isGood = ({ status }: ApiResponse): boolean => status < 300;

/** moto makes the interfaces without a word of what they are for, and without groups. */
export const describeInterfaces: Handler = async (request, cloud) => {
    const response = await cloud.forward(request);
    const [, id = ""] = /<vpcEndpointId>([^<]+)</.exec(response.body.toString("utf8")) ?? [];
    if (isGood(response)) {
        const ec2 = cloud.moto.ec2(request.region);
        for (const endpoint of await endpointsOf(ec2, [id])) {
            for (const one of endpoint.NetworkInterfaceIds ?? []) {
                await dress(ec2, one, endpoint);
            }
        }
    }
    return response;
};

/** moto changes the lists of an endpoint, and leaves its interfaces as they are. */
export const modifyInterfaces: Handler = async (request, cloud) => {
    const response = await cloud.forward(request);
    if (isGood(response)) {
        const ec2 = cloud.moto.ec2(request.region);
        const id = formOf(request).get("VpcEndpointId") ?? "";
        for (const endpoint of await endpointsOf(ec2, [id])) {
            await settle(ec2, endpoint);
        }
    }
    return response;
};

/** moto deletes those alone that it has made with the endpoint. */
export const deleteInterfaces: Handler = async (request, cloud) => {
    const ec2 = cloud.moto.ec2(request.region);
    const endpoints = await endpointsOf(ec2, readFormList(formOf(request), "VpcEndpointId"));
    const response = await cloud.forward(request);
    if (isGood(response)) {
        for (const endpoint of endpoints) {
            for (const { NetworkInterfaceId } of await interfacesOf(ec2, endpoint)) {
                await ec2.deleteNetworkInterface({ NetworkInterfaceId });
            }
        }
    }
    return response;
};
