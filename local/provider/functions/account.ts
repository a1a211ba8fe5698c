import { partitionOf } from "../aws/arn";
import { defineFunction } from "../functionType";
import { flag, region, required, set, text } from "../schema/property";
import { filters, theOnly, toFilters } from "./filters";

/** Domain names by partition (https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html). */
const dnsSuffix = {
    aws: "amazonaws.com",
    "aws-cn": "amazonaws.com.cn",
    "aws-us-gov": "amazonaws.com",
} as const;

/** `aws.getRegion` */
export const getRegion = defineFunction({
    token: "aws:index/getRegion:getRegion",
    inputs: { endpoint: text(), id: text(), name: text(), region: region() },
    async run(call, inputs) {
        const name = inputs.name ?? call.region;
        const ec2 = await call.aws.ec2();
        const answer = await ec2.describeRegions({ RegionNames: [name] });
        const found = theOnly(answer.Regions, "Region", `there is no region ${name}`);
        return {
            description: found.RegionName,
            endpoint: (found.Endpoint ?? "").replace("https://", ""),
            id: name,
            name,
            region: name,
        };
    },
});

/** `aws.getPartition` */
export const getPartition = defineFunction({
    token: "aws:index/getPartition:getPartition",
    inputs: { id: text() },
    run(call) {
        const partition = partitionOf(call.region);
        const suffix = dnsSuffix[partition];
        const reverseDnsPrefix = suffix.split(".").reverse().join(".");
        return Promise.resolve({ dnsSuffix: suffix, id: partition, partition, reverseDnsPrefix });
    },
});

/** `aws.getCallerIdentity` */
export const getCallerIdentity = defineFunction({
    token: "aws:index/getCallerIdentity:getCallerIdentity",
    inputs: { id: text() },
    async run(call) {
        const sts = await call.aws.sts();
        const identity = await sts.getCallerIdentity({});
        return {
            accountId: identity.Account,
            arn: identity.Arn,
            id: identity.Account,
            userId: identity.UserId,
        };
    },
});

/** `aws.getAvailabilityZones` */
export const getAvailabilityZones = defineFunction({
    token: "aws:index/getAvailabilityZones:getAvailabilityZones",
    inputs: {
        allAvailabilityZones: flag(),
        excludeNames: set(text()),
        excludeZoneIds: set(text()),
        filters: filters(),
        region: region(),
        state: text(),
    },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const answer = await ec2.describeAvailabilityZones({
            AllAvailabilityZones: inputs.allAvailabilityZones,
            Filters: toFilters(inputs.filters, { state: inputs.state }),
        });
        const zones = (answer.AvailabilityZones ?? [])
            .filter((zone) => !(inputs.excludeNames ?? []).includes(zone.ZoneName ?? ""))
            .filter((zone) => !(inputs.excludeZoneIds ?? []).includes(zone.ZoneId ?? ""))
            .sort((a, b) => (a.ZoneName ?? "").localeCompare(b.ZoneName ?? ""));
        return {
            groupNames: [...new Set(zones.map((zone) => zone.GroupName ?? call.region))],
            id: call.region,
            names: zones.map((zone) => zone.ZoneName),
            zoneIds: zones.map((zone) => zone.ZoneId),
        };
    },
});

/** `aws.iam.getInstanceProfile` */
export const getInstanceProfile = defineFunction({
    token: "aws:iam/getInstanceProfile:getInstanceProfile",
    inputs: { name: required(text()) },
    async run(call, inputs) {
        const iam = await call.aws.iam();
        const profile = (await iam.getInstanceProfile({ InstanceProfileName: inputs.name })).InstanceProfile;
        const role = profile?.Roles?.[0];
        return {
            arn: profile?.Arn,
            createDate: profile?.CreateDate,
            id: profile?.InstanceProfileId,
            name: profile?.InstanceProfileName,
            path: profile?.Path,
            roleArn: role?.Arn ?? "",
            roleId: role?.RoleId ?? "",
            roleName: role?.RoleName ?? "",
        };
    },
});
