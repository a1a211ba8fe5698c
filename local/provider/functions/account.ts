import { defineFunction } from "../schema/functionType";
import { region, required, text } from "../schema/property";
import { filters, theOnly, toFilters } from "./filters";

/** The partition that a region belongs to (https://docs.aws.amazon.com/general/latest/gr/rande.html). */
function partitionOf(regionName: string): "aws" | "aws-cn" | "aws-us-gov" {
    if (regionName.startsWith("cn-")) {
        return "aws-cn";
    }
    return regionName.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** `aws.getRegion` */
export const getRegion = defineFunction({
    token: "aws:index/getRegion:getRegion",
    inputs: { region: region() },
    async run(context) {
        const name = context.region;
        const answer = await context.aws.ec2.describeRegions({ RegionNames: [name] });
        const found = theOnly(answer.Regions, "Region", `there is no region ${name}`);
        return { id: found.RegionName, name: found.RegionName, region: found.RegionName };
    },
});

/** `aws.getPartition` */
export const getPartition = defineFunction({
    token: "aws:index/getPartition:getPartition",
    inputs: {},
    run(context) {
        const partition = partitionOf(context.region);
        return Promise.resolve({ id: partition, partition });
    },
});

/** `aws.getAvailabilityZones` */
export const getAvailabilityZones = defineFunction({
    token: "aws:index/getAvailabilityZones:getAvailabilityZones",
    inputs: { filters: filters(), region: region(), state: text() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeAvailabilityZones({
            Filters: toFilters(inputs.filters, { state: inputs.state }),
        });
        const names = (answer.AvailabilityZones ?? []).map((zone) => zone.ZoneName ?? "");
        return { id: context.region, names: names.sort((a, b) => a.localeCompare(b)) };
    },
});

/** `aws.iam.getInstanceProfile` */
export const getInstanceProfile = defineFunction({
    token: "aws:iam/getInstanceProfile:getInstanceProfile",
    inputs: { name: required(text()) },
    async run(context, inputs) {
        const profile = (await context.aws.iam.getInstanceProfile({ InstanceProfileName: inputs.name }))
            .InstanceProfile;
        const role = profile?.Roles?.[0];
        return {
            arn: profile?.Arn,
            id: profile?.InstanceProfileId,
            name: profile?.InstanceProfileName,
            roleArn: role?.Arn ?? "",
            roleName: role?.RoleName ?? "",
        };
    },
});
