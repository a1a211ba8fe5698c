import {
    paginateDescribeInstances,
    paginateDescribeInstanceTypeOfferings,
    type InstanceTypeOffering,
    type LocationType,
} from "@aws-sdk/client-ec2";
import { defineFunction } from "../schema/functionType";
import { list, region, required, tags, text } from "../schema/property";
import { filters, theOnly, toFilters } from "./filters";

/** `aws.ec2.getInstances` */
export const getInstances = defineFunction({
    token: "aws:ec2/getInstances:getInstances",
    inputs: { filters: filters(), instanceStateNames: list(text()), instanceTags: tags(), region: region() },
    async run(context, { filters: given, instanceStateNames = ["running"], instanceTags }) {
        const states = { Name: "instance-state-name", Values: [...instanceStateNames] };
        const ids: (string | undefined)[] = [];
        const pages = paginateDescribeInstances(
            { client: context.aws.ec2 },
            { Filters: [states, ...(toFilters(given, {}, instanceTags) ?? [])] },
        );
        for await (const { Reservations = [] } of pages) {
            ids.push(
                ...Reservations.flatMap(({ Instances = [] }) => Instances).map((found) => found.InstanceId),
            );
        }
        return { id: context.region, ids };
    },
});

/** `aws.ec2.getInstanceTypeOfferings` */
export const getInstanceTypeOfferings = defineFunction({
    token: "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings",
    inputs: { filters: filters(), locationType: text(), region: region() },
    async run(context, inputs) {
        const offerings: InstanceTypeOffering[] = [];
        const pages = paginateDescribeInstanceTypeOfferings(
            { client: context.aws.ec2 },
            {
                Filters: toFilters(inputs.filters),
                LocationType: inputs.locationType as LocationType | undefined,
            },
        );
        for await (const page of pages) {
            offerings.push(...(page.InstanceTypeOfferings ?? []));
        }
        return {
            id: context.region,
            instanceTypes: offerings.map((offering) => offering.InstanceType),
            locations: offerings.map((offering) => offering.Location),
        };
    },
});

/** `aws.ec2.getInstanceType` */
export const getInstanceType = defineFunction({
    token: "aws:ec2/getInstanceType:getInstanceType",
    inputs: { instanceType: required(text()), region: region() },
    async run(context, { instanceType }) {
        const Filters = [{ Name: "instance-type", Values: [instanceType] }];
        const answer = await context.aws.ec2.describeInstanceTypes({ Filters });
        const found = theOnly(answer.InstanceTypes, "EC2 Instance Type", `there is no type ${instanceType}`);
        return { id: found.InstanceType, instanceType, memorySize: found.MemoryInfo?.SizeInMiB };
    },
});
