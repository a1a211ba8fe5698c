import { hostZone } from "../cloud/hostHelpers";
import { eventually } from "../cloud/testCloud";
import type { TestCloud } from "../cloud/testCloud";
import { openRealPint } from "../pint/realPint";
import { guidePolicy } from "../../helpers/guidePolicy";
import type { AwsCli } from "./awsCli";

const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** Section 2: the policy, "attach it to a role named ecsInstanceRole"; a host gets the role by a profile. */
export async function makeInstanceRole(aws: AwsCli): Promise<void> {
    const name = "ecsInstanceRole";
    const arn = await aws.ask(
        "Policy.Arn",
        "iam create-policy --policy-name ecsInstancePolicy --policy-document",
        JSON.stringify(guidePolicy),
    );
    await aws.run(`iam create-role --role-name ${name} --assume-role-policy-document`, JSON.stringify(trust));
    await aws.run(`iam attach-role-policy --role-name ${name} --policy-arn ${arn}`);
    await aws.run(`iam create-instance-profile --instance-profile-name ${name}`);
    await aws.run(`iam add-role-to-instance-profile --instance-profile-name ${name} --role-name ${name}`);
    await aws.run("ec2 create-key-pair --key-name ssh");
}

/** Section 3, step 1: "Find the latest SUSE Linux Enterprise Server ECS ami using pint". */
export async function findImage({ info }: TestCloud): Promise<string> {
    const pint = await openRealPint(`${info.endpoint}/_pint`);
    const printed = ["amazon", "images", "--active", "--filter", "name~ecs"];
    const [answer] = await pint([[...printed, "--region", "us-east-1", "--json"]]);
    const { images } = JSON.parse(answer?.stdout ?? "{}") as { images: Record<string, string>[] };
    const newest = images
        .filter(({ name = "" }) => name.includes("sles-15") && name.includes("x86_64"))
        .sort((one, other) => (other["publishedon"] ?? "").localeCompare(one["publishedon"] ?? ""))[0];
    return newest?.["id"] ?? "";
}

/** The subnet that "the wizard" made: here one of the account's own. */
export function findSubnet(aws: AwsCli): Promise<string> {
    const filters = `Name=default-for-az,Values=true Name=availability-zone,Values=${hostZone}`;
    return aws.ask("Subnets[0].SubnetId", `ec2 describe-subnets --filters ${filters}`);
}

/** Section 3, step 2: the command as it is printed. Gives the instance's id. */
export async function runInstance(
    aws: AwsCli,
    image: string,
    subnet: string,
    ...more: readonly string[]
): Promise<string> {
    const profile = await aws.ask("InstanceProfiles[0].Arn", "iam list-instance-profiles");
    return aws.ask(
        "Instances[0].InstanceId",
        `ec2 run-instances --image-id ${image} --region us-east-1 --key-name ssh --instance-type t3.medium --subnet-id ${subnet} --iam-instance-profile Arn=${profile}`,
        ...more,
    );
}

/** Section 3: "The registeredContainerInstancesCount entry in the output" comes to a number. */
export async function untilRegistered(
    aws: AwsCli,
    count: number,
    line = "ecs describe-clusters",
): Promise<void> {
    await eventually(
        () => aws.ask("clusters[0].registeredContainerInstancesCount", line),
        (text) => text === String(count),
    );
}

/** Section 1: what the First Run Wizard makes, a group of at least one host. */
export async function makeWizardsGroup(aws: AwsCli, image: string, subnet: string): Promise<void> {
    const profile = "IamInstanceProfile={Name=ecsInstanceRole}";
    await aws.run(
        `ec2 create-launch-template --launch-template-name wizard --launch-template-data ImageId=${image},InstanceType=t3.medium,${profile}`,
    );
    await aws.run(
        `autoscaling create-auto-scaling-group --auto-scaling-group-name wizard --launch-template LaunchTemplateName=wizard --min-size 1 --max-size 2 --vpc-zone-identifier ${subnet}`,
    );
}

/** A service of the wizard's: "the TASK NAME is sample-webapp". */
export async function makeSampleService(aws: AwsCli, count: number): Promise<void> {
    const containers = [{ name: "web", image: "registry.suse.com/bci/bci-base", memory: 128, cpu: 64 }];
    await aws.run(
        "ecs register-task-definition --family sample --container-definitions",
        JSON.stringify(containers),
    );
    await aws.run(
        `ecs create-service --service-name sample-webapp --task-definition sample --desired-count ${count}`,
    );
    await aws.run("ecs wait services-stable --services sample-webapp");
}

/** ARN of the host that an instance is. */
export function hostOf(aws: AwsCli, instanceId: string): Promise<string> {
    const filter = `ec2InstanceId == '${instanceId}'`;
    return aws.ask("containerInstanceArns[0]", "ecs list-container-instances --filter", filter);
}
