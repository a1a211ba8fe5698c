import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import * as ecr from "@pulumi/aws/ecr";
import * as ecs from "@pulumi/aws/ecs";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getRegion } from "@pulumi/aws/getRegion";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import { verdictOf, type Caller, type Cluster, type Reads, type RoleQuestion } from "../model/checks/reads";
import { readAgentVersion } from "./agentVersion";
import type { Tags } from "../model/tags";
import { answerIfAny, answerOf } from "./answers";
import { hostReads } from "./hosts";
import { imageReads } from "./images";
import { networkReads } from "./network";
import { findHostVolumes } from "./volumes";

/** What the checks ask, by functions of Pulumi's AWS provider. For one run: who the caller is, it asks once. */
export function pulumiReads(options: pulumi.InvokeOptions): Reads {
    let asked: Promise<Caller> | undefined;
    const caller = () => (asked ??= whoWeAre(options));
    return {
        caller,
        cluster: (name) => findCluster(name, options),
        hostVolumes: (owner) => findHostVolumes(owner, options),
        zonesOffering: async (instanceType) => {
            const filters = [{ name: "instance-type", values: [instanceType] }];
            const query = { locationType: "availability-zone", filters };
            return (await answerOf(ec2.getInstanceTypeOfferings(query, options))).locations;
        },
        memoryMiB: async (instanceType) =>
            (await answerIfAny(ec2.getInstanceType({ instanceType }, options)))?.memorySize,
        repository: async (name) => {
            const found = await answerIfAny(ecr.getRepository({ name }, options));
            return (
                found && {
                    name,
                    kmsKeyId: found.encryptionConfigurations[0]?.kmsKey || undefined,
                    tags: found.tags,
                }
            );
        },
        logGroupTags: (name) => findLogGroupTags(name, options),
        keyPairExists: async (keyName) =>
            (await answerIfAny(ec2.getKeyPair({ keyName }, options))) !== undefined,
        defaultEncryptionKey: async () => (await answerOf(ebs.getDefaultKmsKey({}, options))).keyArn,
        encryptionKey: async (keyId) => {
            const found = await answerIfAny(kms.getKey({ keyId }, options));
            return (
                found && {
                    arn: found.arn,
                    state: found.keyState,
                    deletionDate: found.deletionDate || undefined,
                }
            );
        },
        instanceProfile: async (name) => {
            const found = await answerIfAny(iam.getInstanceProfile({ name }, options));
            return found && { roleArn: found.roleArn || undefined };
        },
        verdictsOnRole: async (roleArn, question) => {
            const { results } = await answerOf(
                iam.getPrincipalPolicySimulation(simulation(roleArn, question), options),
            );
            return new Map(
                results.map(({ actionName, allowed, missingContextKeys }) => [
                    actionName,
                    verdictOf(allowed, missingContextKeys),
                ]),
            );
        },
        agentVersion: (imageName) => readAgentVersion(imageName, process.env),
        ...hostReads(options),
        ...imageReads(options),
        ...networkReads(caller, options),
    };
}

function simulation(
    policySourceArn: string,
    { actions, resource, context }: RoleQuestion,
): iam.GetPrincipalPolicySimulationArgs {
    return {
        policySourceArn,
        actionNames: [...actions],
        // Without any, IAM takes all.
        resourceArns: resource === "*" ? undefined : [resource],
        contexts: Object.entries(context).map(([key, value]) => ({ key, type: "string", values: [value] })),
    };
}

async function whoWeAre(options: pulumi.InvokeOptions): Promise<Caller> {
    const [{ accountId, arn }, { region }] = await Promise.all([
        getCallerIdentity({}, options),
        getRegion({}, options),
    ]);
    return { accountId, arn, region };
}

async function findLogGroupTags(name: string, options: pulumi.InvokeOptions): Promise<Tags | undefined> {
    // The list first: asking for a log group that does not exist is an error.
    const { logGroupNames } = await answerOf(cloudwatch.getLogGroups({ logGroupNamePrefix: name }, options));
    return logGroupNames.includes(name)
        ? (await answerOf(cloudwatch.getLogGroup({ name }, options))).tags
        : undefined;
}

/** The provider knows no deleted cluster, and does not count services. */
async function findCluster(name: string, options: pulumi.InvokeOptions): Promise<Cluster | undefined> {
    // The list first: asking for a cluster that does not exist is an error.
    const { clusterArns } = await answerOf(ecs.getClusters({}, options));
    if (!clusterArns.some((arn) => arn.endsWith(`:cluster/${name}`))) {
        return undefined;
    }
    const cluster = await answerOf(ecs.getCluster({ clusterName: name }, options));
    return {
        name,
        arn: cluster.arn,
        status: cluster.status,
        registeredHosts: cluster.registeredContainerInstancesCount,
        runningTasks: cluster.runningTasksCount,
        pendingTasks: cluster.pendingTasksCount,
        tags: cluster.tags,
    };
}
