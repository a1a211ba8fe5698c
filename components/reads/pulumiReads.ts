import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getRegion } from "@pulumi/aws/getRegion";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { standingStates, type Caller, type Cluster, type Reads } from "../model/checks/reads";
import { tagKeys, type Ownership, type Tags } from "../model/tags";
import { answerIfAny, answerOf } from "./answers";
import { imageReads } from "./images";
import { networkReads } from "./network";
import { findHostVolumes } from "./volumes";

/** What the checks ask, by functions of Pulumi's AWS provider. For one run: who the caller is, it asks once. */
export function pulumiReads(options: pulumi.InvokeOptions): Reads {
    let asked: Promise<Caller> | undefined;
    const caller = () => (asked ??= whoWeAre(options));
    const runOn = async (owner: Ownership, imageId?: string): Promise<boolean> => {
        const filters = imageId === undefined ? undefined : [{ name: "image-id", values: [imageId] }];
        const carrying = async (tags: Tags): Promise<boolean> => {
            const instanceTags = { ...tags, [tagKeys.environment]: owner.environment };
            const query = { instanceTags, instanceStateNames: [...standingStates], filters };
            return (await answerOf(ec2.getInstances(query, options))).ids.length > 0;
        };
        const { stack, stackId } = owner;
        // Hosts that are older than the id of their stack carry its name alone.
        return (
            (stackId !== undefined && (await carrying({ [tagKeys.stackId]: stackId }))) ||
            (await carrying({ [tagKeys.stack]: stack }))
        );
    };
    return {
        caller,
        cluster: (name) => findCluster(name, options),
        hasHosts: (owner) => runOn(owner),
        // The list of hosts does not tell their images, so that each image is asked for its hosts.
        imagesInUse: async (owner, among) => {
            const used = await Promise.all(among.map((id) => runOn(owner, id)));
            return among.filter((_, index) => used[index]);
        },
        hostVolumes: (owner) => findHostVolumes(owner, options),
        zonesOffering: async (instanceType) => {
            const filters = [{ name: "instance-type", values: [instanceType] }];
            const query = { locationType: "availability-zone", filters };
            return (await answerOf(ec2.getInstanceTypeOfferings(query, options))).locations;
        },
        memoryMiB: async (instanceType) =>
            (await answerIfAny(ec2.getInstanceType({ instanceType }, options)))?.memorySize,
        keyPairExists: async (keyName) =>
            (await answerIfAny(ec2.getKeyPair({ keyName }, options))) !== undefined,
        instanceProfileExists: async (name) =>
            (await answerIfAny(iam.getInstanceProfile({ name }, options))) !== undefined,
        ...imageReads(options),
        ...networkReads(caller, options),
    };
}

async function whoWeAre(options: pulumi.InvokeOptions): Promise<Caller> {
    const [{ accountId, arn }, { region }] = await Promise.all([
        getCallerIdentity({}, options),
        getRegion({}, options),
    ]);
    return { accountId, arn, region };
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
