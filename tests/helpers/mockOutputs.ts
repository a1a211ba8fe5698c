import { account, type Inputs, type MockAws } from "./mockAws";

function textOf(value: unknown, otherwise: string): string {
    return typeof value === "string" ? value : otherwise;
}

/** What a resource has besides its inputs once it exists. */
export function outputsOf(aws: MockAws, type: string, name: string, inputs: Inputs): Inputs {
    const arn = `arn:aws:mock:::${textOf(inputs["name"], name)}`;
    if (type === "pulumi:index:Stash") {
        // The engine keeps what it was given first.
        const isLease = typeof inputs["input"] === "object";
        return { output: isLease ? (aws.lease ?? inputs["input"]) : aws.stackId };
    }
    if (type === "aws:ecs/cluster:Cluster") {
        return { arn: `arn:aws:ecs:eu-west-1:${account}:cluster/${String(inputs["name"])}` };
    }
    if (type === "aws:ecr/repository:Repository") {
        const path = String(inputs["name"]);
        return {
            arn: `arn:aws:ecr:eu-west-1:${account}:repository/${path}`,
            repositoryUrl: `${account}.dkr.ecr.eu-west-1.amazonaws.com/${path}`,
        };
    }
    if (type === "aws:ebs/volume:Volume") {
        return { arn, availabilityZone: aws.volumeZones[name] ?? inputs["availabilityZone"] };
    }
    if (type === "aws:ec2/launchTemplate:LaunchTemplate") {
        return { arn, latestVersion: 3 };
    }
    if (type === "awsx:ec2:Vpc") {
        const zoneNames = (inputs["availabilityZoneNames"] ?? []) as readonly string[];
        const ids = (kind: string) => zoneNames.map((zone) => `subnet-${kind}-${zone}`);
        return { vpcId: "vpc-created", publicSubnetIds: ids("public"), privateSubnetIds: ids("private") };
    }
    return { arn };
}
