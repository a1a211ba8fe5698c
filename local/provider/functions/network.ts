import { defineFunction } from "../schema/functionType";
import { region, required, text } from "../schema/property";
import { filters, theOnly, toFilters } from "./filters";

const advice = "change your search criteria and try again";

/** `aws.ec2.getSubnet` */
export const getSubnet = defineFunction({
    token: "aws:ec2/getSubnet:getSubnet",
    inputs: { id: required(text()), region: region() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeSubnets({ SubnetIds: [inputs.id] });
        const found = theOnly(answer.Subnets, "EC2 Subnet", advice);
        return {
            availabilityZone: found.AvailabilityZone,
            cidrBlock: found.CidrBlock,
            id: found.SubnetId,
            mapPublicIpOnLaunch: found.MapPublicIpOnLaunch === true,
            vpcId: found.VpcId,
        };
    },
});

/** `aws.ec2.getSubnets` */
export const getSubnets = defineFunction({
    token: "aws:ec2/getSubnets:getSubnets",
    inputs: { filters: filters(), region: region() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeSubnets({ Filters: toFilters(inputs.filters) });
        return { id: context.region, ids: (answer.Subnets ?? []).map((subnet) => subnet.SubnetId) };
    },
});

/** `aws.ec2.getSecurityGroup` */
export const getSecurityGroup = defineFunction({
    token: "aws:ec2/getSecurityGroup:getSecurityGroup",
    inputs: { id: required(text()), region: region() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeSecurityGroups({ GroupIds: [inputs.id] });
        const found = theOnly(answer.SecurityGroups, "EC2 Security Group", advice);
        return { id: found.GroupId, name: found.GroupName, vpcId: found.VpcId };
    },
});
