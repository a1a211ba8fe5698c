import { command } from "../../components/model/commandLine";
import { createHash } from "node:crypto";

import { portsText, type PortRange } from "../../components/model/agent/hostPortRange";
import { serviceNames } from "../../components/model/services/serviceNames";
import type { Problem } from "../../components/model/problem";
import {
    missingExecRole,
    serviceDefaults,
    type ServicePlan,
} from "../../components/model/services/serviceRequest";
import { carries, environmentTags, proofOf, tagKeys, type Tags } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Registered, ServiceForm, TaskForm } from "../ports/deploymentServices";
import { hasFailed, startsAgain } from "./deployments";
import { findBalancerPlace, type BalancerAnswer, type BalancerPlace } from "./balancerPlace";
import { hostProblems } from "./hostsCan";
import { containerName, findService, isOwnService, ofOthers, type FoundService } from "./ownService";
import { findMissing } from "./missing";
import { listProblems } from "./problems";
import { findStandingBalancer } from "./standingBalancer";

/** A service as it is to be, with what it keeps of the one that is there. */
export interface SettledService extends ServicePlan {
    readonly count: number;
    readonly exec: boolean;
}

/** What a deployment would do, read before anything is changed. */
export interface DeployPlan {
    readonly wanted: SettledService;
    readonly task: TaskForm;
    /** What `service deploy` gives all that it makes for the service. */
    readonly tags: Tags;
    /** Missing where it has to be registered. */
    readonly registered?: Registered;
    readonly standing?: FoundService;
    readonly balancer?: BalancerPlace;
    /** What could not be asked, or is doubtful. */
    readonly warnings: readonly Problem[];
    /** What changes, as lines for a person; empty where all is as it should be. */
    readonly changes: readonly string[];
}

/** Spread over zones, then over hosts. */
const spread = [
    { type: "spread", field: "attribute:ecs.availability-zone" },
    { type: "spread", field: "instanceId" },
] as const;

/**
 * Reads what there is of a service, and what it needs.
 * @param dynamicPorts where hosts take ports from that nobody names
 * @throws AppError NO_STACK_ID, SERVICE_OF_OTHERS, SERVICE_LEAVING; SERVICE_INVALID with everything that is not there
 */
export async function planDeploy(
    target: Target,
    asked: ServicePlan,
    dynamicPorts: PortRange,
): Promise<DeployPlan> {
    const { aws, owner, environment } = target;
    const { stackId } = owner;
    if (stackId === undefined) {
        throw new AppError("NO_STACK_ID", {
            message: `${environment} has no stack id yet, by which its services would be known`,
            hint: command("up", environment),
        });
    }
    const names = serviceNames(stackId, environment, asked.name);
    const region = await aws.identity.region();
    const tags = { ...environmentTags(owner, {}), [tagKeys.service]: asked.name };
    const task = taskForm(asked, names, region, tags);
    const [standing, latest, logTags, missing] = await Promise.all([
        findService(target, asked.name),
        aws.ecs.registered(names.family),
        aws.logs.tagsOfGroup(names.logGroup),
        findMissing(target, asked),
    ]);
    requireOwn(target, asked.name, standing, [latest?.tags, logTags]);
    const wanted = settle(asked, standing);
    const registered = await findRegistered(target, task, [standing?.service.taskDefinition, latest?.name]);
    const [ofHosts, balancer] = await Promise.all([
        hostProblems(target, task, registered?.requiresAttributes),
        planBalancer(target, asked, names.balancer, standing, dynamicPorts),
    ]);
    const problems = [...missing, ...execProblems(wanted), ...ofHosts, ...(balancer?.problems ?? [])];
    const warnings = problems.filter(({ severity }) => severity === "warning");
    if (warnings.length < problems.length) {
        throw new AppError("SERVICE_INVALID", {
            message: `service ${wanted.name} needs what is not there; nothing was changed`,
            details: listProblems(problems),
            hint: command("service", "deploy", "--help"),
        });
    }
    const plan = { wanted, task, tags, registered, standing, balancer: balancer?.place, warnings };
    return { ...plan, changes: changesOf(plan) };
}

function settle(asked: ServicePlan, standing: FoundService | undefined): SettledService {
    const { count, exec } = asked;
    return {
        ...asked,
        count: count ?? standing?.service.desired ?? serviceDefaults.count,
        exec: exec ?? standing?.progress.exec ?? false,
    };
}

/** The task definition comes from what is said now, and so does its role. */
function execProblems({ name, exec, taskRole }: SettledService): readonly Problem[] {
    return exec && taskRole === undefined
        ? [
              {
                  path: "--task-role",
                  message: `${missingExecRole}; service ${name} keeps --exec unless --no-exec is said`,
                  severity: "error",
              },
          ]
        : [];
}

/** A balancer that is there has its say also where none is asked for: the tasks are its targets. */
async function planBalancer(
    target: Target,
    asked: ServicePlan,
    name: string,
    standing: FoundService | undefined,
    dynamicPorts: PortRange,
): Promise<BalancerAnswer | undefined> {
    if (asked.balancer === undefined && (standing?.service.targetGroups.length ?? 0) === 0) {
        return undefined;
    }
    const found = await findStandingBalancer(target, asked, name);
    return asked.balancer === undefined ? undefined : findBalancerPlace(target, asked, found, dynamicPorts);
}

/** A task definition of the same form: what runs, or else the latest, which an earlier deployment may have come to, or have failed with. */
async function findRegistered(
    { aws }: Target,
    task: TaskForm,
    names: readonly (string | undefined)[],
): Promise<Registered | undefined> {
    const known = [...new Set(names.flatMap((name) => name ?? []))];
    const found = await Promise.all(known.map((name) => aws.ecs.registered(name)));
    return found.find((one) => one?.tags[tagKeys.form] === task.tags[tagKeys.form]);
}

function requireOwn(
    target: Target,
    name: string,
    standing: FoundService | undefined,
    parts: readonly (Tags | undefined)[],
): void {
    const isForeign = parts.some((tags) => tags !== undefined && !carries(tags, proofOf(target.owner)));
    if (isForeign || (standing !== undefined && !isOwnService(standing.service, target))) {
        throw ofOthers(target, name);
    }
    if (standing !== undefined && standing.service.status !== "ACTIVE") {
        const { running, pending } = standing.service;
        throw new AppError("SERVICE_LEAVING", {
            message: `a service ${name} is ${standing.service.status}, with ${running + pending} tasks that are still to stop; nothing was changed`,
            hint: command("service", "list", target.environment),
        });
    }
}

function taskForm(
    wanted: ServicePlan,
    { family, logGroup }: { readonly family: string; readonly logGroup: string },
    region: string,
    tags: Tags,
): TaskForm {
    const { image, cpuUnits, memoryMiB, port, environment, secrets, executionRole, taskRole } = wanted;
    const command = wanted.command.length === 0 ? undefined : wanted.command;
    const form = {
        ...{ family, container: containerName, image, cpuUnits, memoryMiB, port, environment, secrets },
        ...{ command, executionRole, taskRole, logs: { group: logGroup, region } },
    };
    const sum = createHash("sha256").update(JSON.stringify(form)).digest("hex");
    return { ...form, tags: { ...tags, [tagKeys.form]: sum } };
}

/** The service as ECS is to have it. A fixed port of the host is free for a new task only once the old one has stopped. */
export function serviceForm(
    { clusterName }: Pick<Target, "clusterName">,
    { wanted, tags, standing }: Pick<DeployPlan, "wanted" | "tags" | "standing">,
    taskDefinition: string,
): ServiceForm {
    const isFixed = wanted.port?.host !== undefined;
    return {
        cluster: clusterName,
        name: wanted.name,
        taskDefinition,
        count: wanted.count,
        minimumHealthyPercent: isFixed ? 0 : 100,
        maximumPercent: isFixed ? 100 : 200,
        placementStrategy: spread,
        exec: wanted.exec,
        forceNewDeployment: hasFailed(standing?.progress),
        tags,
    };
}

function changesOf(plan: Omit<DeployPlan, "changes">): readonly string[] {
    const { wanted, task, registered, standing, balancer } = plan;
    const { service, progress } = standing ?? {};
    const form = serviceForm({ clusterName: "" }, plan, "");
    const isSame = registered !== undefined && service?.taskDefinition === registered.name;
    const size = `${wanted.cpuUnits} CPU units and ${wanted.memoryMiB} MiB`;
    return [
        ...(service === undefined
            ? [`makes service ${wanted.name}, with ${wanted.count} of these tasks`]
            : []),
        ...(isSame ? [] : [`runs ${task.image}, ${size} a task${portText(wanted)}`]),
        ...(service !== undefined && service.desired !== wanted.count
            ? [`tasks: ${service.desired} -> ${wanted.count}`]
            : []),
        ...(progress !== undefined && progress.exec !== wanted.exec
            ? [`lets commands be run in its tasks: ${progress.exec ? "yes -> no" : "no -> yes"}`]
            : []),
        ...(progress !== undefined && progress.maximumPercent !== form.maximumPercent
            ? [`tasks beside those that are replaced: up to ${form.maximumPercent} percent`]
            : []),
        ...(wanted.balancer !== undefined && (service?.targetGroups.length ?? 0) === 0
            ? [`makes an Application Load Balancer, ${wanted.balancer}, that listens on port 80`]
            : []),
        ...doorLines(balancer),
        ...(hasFailed(progress) ? [startsAgain] : []),
    ];
}

function doorLines(balancer: BalancerPlace | undefined): readonly string[] {
    return balancer === undefined
        ? []
        : balancer.openGroups.map(
              (id) => `opens security group ${id} to the load balancer on ${portsText(balancer.hostPorts)}`,
          );
}

function portText({ port }: ServicePlan): string {
    if (port === undefined) {
        return "";
    }
    return port.host === undefined
        ? `, port ${port.container} at one of the host's that docker chooses`
        : `, port ${port.container} at port ${port.host} of the host`;
}
