import { paginateDescribeInstances, type Instance } from "@aws-sdk/client-ec2";
import { defineFunction } from "../functionType";
import { list, region, tags, text } from "../schema/property";
import { filters, toFilters } from "./filters";

/** `aws.ec2.getInstances` */
export const getInstances = defineFunction({
    token: "aws:ec2/getInstances:getInstances",
    inputs: { filters: filters(), instanceStateNames: list(text()), instanceTags: tags(), region: region() },
    async run(call, { filters: given, instanceStateNames = ["running"], instanceTags }) {
        const states = { Name: "instance-state-name", Values: [...instanceStateNames] };
        const found: Instance[] = [];
        const pages = paginateDescribeInstances(
            { client: await call.aws.ec2() },
            { Filters: [states, ...(toFilters(given, {}, instanceTags) ?? [])] },
        );
        for await (const { Reservations } of pages) {
            found.push(...(Reservations ?? []).flatMap(({ Instances }) => Instances ?? []));
        }
        const all = (of: (instance: Instance) => string | undefined) =>
            found.map(of).filter((value) => value !== undefined && value !== "");
        return {
            ids: all(({ InstanceId }) => InstanceId),
            instanceTags: instanceTags ?? {},
            ipv6Addresses: all(({ Ipv6Address }) => Ipv6Address),
            privateIps: all(({ PrivateIpAddress }) => PrivateIpAddress),
            publicIps: all(({ PublicIpAddress }) => PublicIpAddress),
        };
    },
});
