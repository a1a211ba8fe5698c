import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2, type RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";

import { connectAws } from "../../automation/aws/connect";
import { createPint } from "../../automation/pint/pint";
import type { Pint } from "../../automation/ports/pint";
import type { Aws } from "../../automation/ports/awsServices";
import { prepareMoto } from "../../automation/setup";
import { tagKeys } from "../../components/model/tags";
import { localCloudEnvironment, startLocalCloud, stopLocalCloud, type LocalCloudInfo } from "../../local";

const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

export interface LaunchOptions {
    readonly stack: string;
    readonly userData?: string;
    /** Name of an instance profile; none without. */
    readonly profile?: string;
    readonly imageName?: string;
    readonly more?: Partial<RunInstancesCommandInput>;
}

/** A local cloud with nothing in it but what a test makes through the AWS SDK. */
export class AwsPlace {
    readonly ec2: EC2;
    readonly ecs: ECS;
    readonly iam: IAM;
    readonly autoScaling: AutoScaling;

    private constructor(
        private readonly directory: string,
        private readonly cloud: LocalCloudInfo,
        readonly aws: Aws,
    ) {
        const access = {
            endpoint: cloud.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "local", secretAccessKey: "local" },
        };
        this.ec2 = new EC2(access);
        this.ecs = new ECS(access);
        this.iam = new IAM(access);
        this.autoScaling = new AutoScaling(access);
    }

    static async create(settings: Readonly<Record<string, number>>): Promise<AwsPlace> {
        const directory = await fs.mkdtemp(path.join(os.tmpdir(), "sles-ecs-aws-"));
        const motoServer = await prepareMoto({
            env: process.env,
            signal: new AbortController().signal,
            report: (line) => process.stderr.write(`${line}\n`),
        });
        const cloud = await startLocalCloud({ directory, port: 0, motoServer, exitWithParent: true });
        const aws = connectAws({ env: localCloudEnvironment(cloud) });
        const place = new AwsPlace(directory, cloud, aws);
        await place.change(settings);
        return place;
    }

    async stop(): Promise<void> {
        await stopLocalCloud(this.directory);
        await fs.rm(this.directory, { recursive: true, force: true });
    }

    /** What the local cloud says in SUSE's name. */
    get pint(): Pint {
        const env = localCloudEnvironment(this.cloud);
        return createPint({ env, signal: new AbortController().signal, clock: { now: () => new Date() } });
    }

    /** Turns a knob of the local cloud. */
    async change(settings: Readonly<Record<string, number>>): Promise<void> {
        await this.tell("settings", settings);
    }

    async tell(path: string, body: unknown): Promise<void> {
        const response = await fetch(`${this.cloud.endpoint}/_local/${path}`, {
            method: "POST",
            body: JSON.stringify(body),
        });
        if (!response.ok) {
            throw new Error(`the local cloud refused ${path}: ${await response.text()}`);
        }
    }

    /** Names of the calls since `forgetRequests`. */
    async requests(): Promise<string[]> {
        const response = await fetch(`${this.cloud.endpoint}/_local/requests`);
        const { requests } = (await response.json()) as {
            readonly requests: readonly { readonly action: string }[];
        };
        return requests.map((request) => request.action);
    }

    async forgetRequests(): Promise<void> {
        await fetch(`${this.cloud.endpoint}/_local/requests`, { method: "DELETE" });
    }

    /** An instance profile whose role may do these actions. */
    async makeProfile(name: string, actions: readonly string[]): Promise<string> {
        await this.iam.createRole({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) });
        if (actions.length > 0) {
            const Statement = [{ Effect: "Allow", Action: actions, Resource: "*" }];
            await this.iam.putRolePolicy({
                RoleName: name,
                PolicyName: "agent",
                PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
            });
        }
        await this.iam.createInstanceProfile({ InstanceProfileName: name });
        await this.iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: name });
        return name;
    }

    /** A subnet of the default VPC whose route table leads nowhere. */
    async makeClosedSubnet(): Promise<string> {
        const vpcId = (await this.aws.ec2.defaultVpc())?.id ?? "";
        const { Subnet } = await this.ec2.createSubnet({
            VpcId: vpcId,
            CidrBlock: "172.31.200.0/24",
            // One that offers the hosts' type.
            AvailabilityZone: "us-east-1a",
        });
        const { RouteTable } = await this.ec2.createRouteTable({ VpcId: vpcId });
        const SubnetId = Subnet?.SubnetId ?? "";
        await this.ec2.associateRouteTable({ SubnetId, RouteTableId: RouteTable?.RouteTableId ?? "" });
        return SubnetId;
    }

    /** A security group of the default VPC that lets nothing out. */
    async makeClosedGroup(): Promise<string> {
        const VpcId = (await this.aws.ec2.defaultVpc())?.id ?? "";
        const group = { GroupName: "closed", Description: "lets nothing out", VpcId };
        const { GroupId = "" } = await this.ec2.createSecurityGroup(group);
        const IpPermissions = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
        await this.ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions });
        return GroupId;
    }

    async imageId(name: string): Promise<string> {
        const { Images } = await this.ec2.describeImages({ Filters: [{ Name: "name", Values: [name] }] });
        const id = Images?.[0]?.ImageId;
        if (id === undefined) {
            throw new Error(`no image ${name}`);
        }
        return id;
    }

    async launch(options: LaunchOptions): Promise<string> {
        const {
            stack,
            userData,
            profile,
            imageName = "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
            more,
        } = options;
        const { Instances } = await this.ec2.runInstances({
            ImageId: await this.imageId(imageName),
            InstanceType: "t3.small",
            MinCount: 1,
            MaxCount: 1,
            ...(userData === undefined ? {} : { UserData: Buffer.from(userData).toString("base64") }),
            ...(profile === undefined || profile === "" ? {} : { IamInstanceProfile: { Name: profile } }),
            TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: tagKeys.stack, Value: stack }] }],
            ...more,
        });
        return Instances?.[0]?.InstanceId ?? "";
    }
}
