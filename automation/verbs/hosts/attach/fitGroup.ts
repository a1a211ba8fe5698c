import { command, line, type Line } from "../../../../components/model/commandLine";
import { readHostImageName } from "../../../../components/model/images/hostImageName";
import {
    clusterNamedIn,
    describeNamedCluster,
    isLateScript,
} from "../../../../components/model/userData/clusterNamed";
import type { Target } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { claimOn, isLentTo } from "../../../hosts/loans";
import type { NamedGroup } from "../../../ports/scalingServices";
import { requireReplacing } from "../../../rolling/groups";

/** A group whose hosts join the cluster. */
export interface FitGroup {
    readonly group: NamedGroup;
    /** Name of its capacity provider. */
    readonly capacityProvider: string;
    /** An earlier command has made that already. */
    readonly isMade: boolean;
    /** Why its hosts may join another cluster; undefined where they cannot. */
    readonly doubt?: string;
    /** ECS sets the size of the group by its tasks, by that command. */
    readonly isManaged: boolean;
}

type Place = Pick<Target, "aws" | "clusterName" | "owner" | "environment">;

/** @throws AppError GROUP_NOT_FOUND, GROUP_OF_OTHERS, GROUP_SUSPENDED, GROUP_UNFIT with every reason */
export async function findFitGroup(target: Place, name: string): Promise<FitGroup> {
    const { aws, owner } = target;
    const group = (await aws.autoScaling.groupsNamed([name]))[0];
    if (group === undefined || group.leaving) {
        const region = await aws.identity.region();
        throw new AppError("GROUP_NOT_FOUND", {
            message: `${group === undefined ? `there is no Auto Scaling group ${name} in ${region}` : `the Auto Scaling group ${name} is being deleted`}; nothing has been changed`,
            hint: `aws autoscaling describe-auto-scaling-groups --region ${region} --query 'AutoScalingGroups[].AutoScalingGroupName'`,
        });
    }
    requireFree(target, group);
    const providers = await aws.ecs.groupProviders();
    const provider = providers.find((one) => one.group === name);
    if (provider !== undefined && !isLentTo(provider.tags, owner)) {
        throw new AppError("GROUP_OF_OTHERS", {
            message: `group ${name} has a capacity provider already, ${provider.name}, and can have one only: expected none; nothing has been changed`,
            hint: `aws ecs describe-capacity-providers --capacity-providers ${provider.name}`,
        });
    }
    requireReplacing(group, "bring hosts");
    const doubt = await requireFit(target, group);
    const taken = new Set(providers.map((one) => one.name));
    const capacityProvider = provider?.name ?? freeName(providerName(name), taken);
    return {
        ...{ group, capacityProvider, doubt },
        ...{ isMade: provider !== undefined, isManaged: provider?.isManaged ?? false },
    };
}

/** Letters, digits, hyphens and underscores, and not these beginnings (API reference, CreateCapacityProvider). */
function providerName(group: string): string {
    const name = group.replaceAll(/[^A-Za-z0-9_-]/g, "-").slice(0, 200);
    return /^(aws|ecs|fargate)/i.test(name) ? `group-${name}` : name;
}

/** Names of groups that differ may become the same: `a.b` and `a-b`. */
function freeName(name: string, taken: ReadonlySet<string>, number = 1): string {
    const next = number === 1 ? name : `${name}-${number}`;
    return taken.has(next) ? freeName(name, taken, number + 1) : next;
}

function requireFree({ environment, owner }: Place, { name, tags }: NamedGroup): void {
    const { own, attachedTo } = claimOn([tags], owner);
    if (own !== undefined) {
        throw new AppError("GROUP_OF_OTHERS", {
            message: `group ${name} is the own one of ${own.environment} (${own.stack}): expected one that no environment has made; nothing has been changed`,
            hint: command("groups", "list", own.stack === owner.stack ? environment : own.environment),
        });
    }
    if (attachedTo !== undefined) {
        throw new AppError("GROUP_OF_OTHERS", {
            message: `group ${name} is attached to another environment already, that of the stack id ${attachedTo}; nothing has been changed`,
            hint: command("groups", "remove", { placeholder: "environment" }, name),
        });
    }
}

/** @returns why its hosts may join another cluster all the same. @throws AppError GROUP_UNFIT */
async function requireFit(
    { aws, clusterName }: Place,
    { name, startsFrom }: NamedGroup,
): Promise<string | undefined> {
    const reasons: Line[] = [];
    let doubt: string | undefined;
    if (startsFrom === undefined) {
        reasons.push("it starts its hosts from a launch configuration: expected a launch template");
    } else {
        const { userData, imageId, imageParameter } = await aws.ec2.launchTemplate(startsFrom);
        const named = clusterNamedIn(userData);
        if ("name" in named && named.name !== clusterName) {
            reasons.push(
                `the user data of its launch template ${startsFrom.id} has hosts join ${describeNamedCluster(named)}: expected ECS_CLUSTER=${clusterName} in /etc/ecs/ecs.config`,
            );
        }
        if ("unknown" in named) {
            doubt = `warning: the user data of its launch template ${startsFrom.id} has hosts join ${describeNamedCluster(named)}: expected ${clusterName}; where it is another one, they never join`;
        }
        if ("name" in named && named.name === clusterName && isLateScript(userData)) {
            doubt = `warning: the user data of its launch template ${startsFrom.id} is a script, which cloud-init may run after the agent has started: hosts would join cluster default then; expected ECS_CLUSTER=${clusterName} to be written before, as write_files does`;
        }
        const [image] = imageId === undefined ? [] : await aws.ec2.imagesById([imageId]);
        const read = image === undefined ? undefined : readHostImageName(image.name);
        if (image === undefined || read === undefined || "reason" in read) {
            reasons.push(
                `its launch template ${startsFrom.id} names ${image?.name ?? imageId ?? imageParameter ?? "no image"}: expected a SLES ECS image${imageParameter === undefined ? "" : ", which EC2 tells of a parameter to who may call ssm:GetParameters on it"}`,
            );
        }
    }
    if (reasons.length > 0) {
        throw new AppError("GROUP_UNFIT", {
            message: `hosts of group ${name} cannot be attached to cluster ${clusterName}; nothing has been changed`,
            details: reasons,
            hint: line`give it a launch template that fits, and see its instances renewed: aws autoscaling update-auto-scaling-group --auto-scaling-group-name ${name} --launch-template LaunchTemplateId=<id>,Version=<version>`,
        });
    }
    return doubt;
}
