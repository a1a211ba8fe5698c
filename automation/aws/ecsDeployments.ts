import {
    CreateServiceCommand,
    DeleteTaskDefinitionsCommand,
    DeregisterTaskDefinitionCommand,
    DescribeServicesCommand,
    DescribeTaskDefinitionCommand,
    ListTagsForResourceCommand,
    paginateListTaskDefinitionFamilies,
    paginateListTaskDefinitions,
    RegisterTaskDefinitionCommand,
    UpdateServiceCommand,
    type CreateServiceCommandInput,
    type ECSClient,
    type RegisterTaskDefinitionCommandInput,
    type Service,
    type TaskDefinition,
} from "@aws-sdk/client-ecs";

import { logStreamPrefix } from "../../components/model/services/serviceNames";
import { carries, type Tags, type TagQuery } from "../../components/model/tags";
import type { TaggedResource } from "../ports/aws";
import type {
    Begun,
    DeploymentService,
    Registered,
    ServiceForm,
    ServiceProgress,
    TaskForm,
} from "../ports/deploymentServices";
import { collect, tagsOf, unless } from "./collect";
import { noCluster } from "./ecsGone";
import { hostPortsOf } from "./ecsPlacement";
import { createServiceTasks, nameOf } from "./ecsServiceTasks";
import type { AwsSession } from "./session";

/** ECS answers so where there is no such task definition (API reference, DescribeTaskDefinition). */
const noTaskDefinition = ["ClientException", "InvalidParameterException"];

/** What of Amazon ECS makes services. */
export function createDeployments(client: ECSClient, session: AwsSession): DeploymentService {
    return {
        serviceProgress: async (cluster, service) => {
            const answer = await unless(noCluster, undefined, () =>
                client.send(new DescribeServicesCommand({ cluster, services: [service] })),
            );
            const found = answer?.services?.find(({ status }) => status !== "INACTIVE");
            return found && toProgress(found);
        },
        registered: (name) =>
            unless(noTaskDefinition, undefined, async () => {
                const request = { taskDefinition: name, include: ["TAGS" as const] };
                const answer = await client.send(new DescribeTaskDefinitionCommand(request));
                return answer.taskDefinition && toRegistered(answer.taskDefinition, tagsOf(answer.tags));
            }),
        ownTaskDefinitions: (start, tags) => ownTaskDefinitions(client, start, tags),
        registerTask: async (form) => {
            const answer = await client.send(new RegisterTaskDefinitionCommand(taskInput(form)));
            return nameOf(answer.taskDefinition?.taskDefinitionArn);
        },
        removeTaskDefinition: async (arn) => {
            await unless(noTaskDefinition, undefined, () =>
                client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })),
            );
            await unless(noTaskDefinition, undefined, () =>
                client.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: [arn] })),
            );
        },
        createService: async (form) => {
            const answer = await client.send(
                new CreateServiceCommand({
                    ...serviceInput(form),
                    serviceName: form.name,
                    schedulingStrategy: "REPLICA",
                    tags: listOf(form.tags),
                    propagateTags: "SERVICE",
                }),
            );
            return begunOf(answer);
        },
        changeService: async (form) => {
            const { name: service, forceNewDeployment } = form;
            const input = { ...serviceInput(form), service, forceNewDeployment };
            return begunOf(await client.send(new UpdateServiceCommand(input)));
        },
        ...createServiceTasks(client, session),
    };
}

/** As the answer to a change has it. */
export function begunOf(answer: { readonly service?: Service } | undefined): Begun {
    return { deploymentId: answer?.service?.deployments?.find(({ status }) => status === "PRIMARY")?.id };
}

function listOf(tags: Tags): { key: string; value: string }[] {
    return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function taskInput(form: TaskForm): RegisterTaskDefinitionCommandInput {
    const { port, command, logs } = form;
    return {
        family: form.family,
        networkMode: "bridge",
        requiresCompatibilities: ["EC2"],
        executionRoleArn: form.executionRole,
        taskRoleArn: form.taskRole,
        tags: listOf(form.tags),
        containerDefinitions: [
            {
                name: form.container,
                image: form.image,
                essential: true,
                cpu: form.cpuUnits,
                memory: form.memoryMiB,
                command: command === undefined ? undefined : [...command],
                environment: Object.entries(form.environment).map(([name, value]) => ({ name, value })),
                secrets: Object.entries(form.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
                portMappings:
                    port === undefined
                        ? []
                        : [{ containerPort: port.container, hostPort: port.host ?? 0, protocol: "tcp" }],
                logConfiguration: {
                    logDriver: "awslogs",
                    options: {
                        "awslogs-group": logs.group,
                        "awslogs-region": logs.region,
                        "awslogs-stream-prefix": logStreamPrefix,
                    },
                },
            },
        ],
    };
}

function serviceInput(
    form: ServiceForm,
): Omit<CreateServiceCommandInput, "serviceName"> & { readonly desiredCount: number } {
    const { balancer } = form;
    return {
        cluster: form.cluster,
        taskDefinition: form.taskDefinition,
        desiredCount: form.count,
        enableExecuteCommand: form.exec,
        placementStrategy: form.placementStrategy.map((one) => ({ ...one })),
        deploymentConfiguration: {
            minimumHealthyPercent: form.minimumHealthyPercent,
            maximumPercent: form.maximumPercent,
            deploymentCircuitBreaker: { enable: true, rollback: true },
        },
        loadBalancers:
            balancer === undefined
                ? undefined
                : [
                      {
                          targetGroupArn: balancer.targetGroup,
                          containerName: balancer.container,
                          containerPort: balancer.containerPort,
                      },
                  ],
        healthCheckGracePeriodSeconds: balancer?.graceSeconds,
    };
}

function toProgress(service: Service): ServiceProgress {
    return {
        deployments: (service.deployments ?? []).map((one) => ({
            id: one.id ?? "",
            status: one.status ?? "",
            rolloutState: one.rolloutState ?? "",
            reason: one.rolloutStateReason ?? "",
            failedTasks: one.failedTasks ?? 0,
            taskDefinition: nameOf(one.taskDefinition),
            desired: one.desiredCount ?? 0,
            running: one.runningCount ?? 0,
            pending: one.pendingCount ?? 0,
        })),
        events: (service.events ?? []).map(({ id = "", createdAt, message = "" }) => ({
            id,
            at: createdAt ?? new Date(0),
            message,
        })),
        exec: service.enableExecuteCommand ?? false,
        minimumHealthyPercent: service.deploymentConfiguration?.minimumHealthyPercent ?? 100,
        maximumPercent: service.deploymentConfiguration?.maximumPercent ?? 200,
    };
}

function toRegistered(found: TaskDefinition, tags: Tags): Registered | undefined {
    const { taskDefinitionArn: arn = "", containerDefinitions: containers = [], status } = found;
    return status === "DELETE_IN_PROGRESS"
        ? undefined
        : {
              arn,
              tags,
              name: nameOf(arn),
              containers: containers.map(
                  ({ name = "", image = "", cpu = 0, memory = 0, memoryReservation }) => ({
                      name,
                      image,
                      cpuUnits: cpu,
                      memoryMiB: memoryReservation ?? memory,
                  }),
              ),
              executionRole: found.executionRoleArn,
              requiresAttributes: (found.requiresAttributes ?? []).flatMap(({ name }) => name ?? []),
              hostPorts: hostPortsOf(found),
              logs: containers.flatMap(({ name = "", logConfiguration }) => {
                  const options = logConfiguration?.options ?? {};
                  const group = options["awslogs-group"];
                  return group === undefined
                      ? []
                      : [{ container: name, group, streamPrefix: options["awslogs-stream-prefix"] ?? "" }];
              }),
          };
}

/** Neither INACTIVE ones nor those that are on their way out can be told from the list: each is asked for its tags. */
async function ownTaskDefinitions(
    client: ECSClient,
    familyPrefix: string,
    tags: TagQuery,
): Promise<readonly TaggedResource[]> {
    const families = await collect(
        paginateListTaskDefinitionFamilies({ client }, { familyPrefix, status: "ALL" }),
        (page) => page.families,
    );
    const states = ["ACTIVE", "INACTIVE"] as const;
    const lists = await Promise.all(
        families.flatMap((family) =>
            states.map((status) =>
                collect(
                    paginateListTaskDefinitions({ client }, { familyPrefix: family, status }),
                    (page) => page.taskDefinitionArns,
                ),
            ),
        ),
    );
    const found = await Promise.all(
        [...new Set(lists.flat())].map(async (arn) => {
            const answer = await unless(noTaskDefinition, undefined, () =>
                client.send(new ListTagsForResourceCommand({ resourceArn: arn })),
            );
            return { arn, tags: tagsOf(answer?.tags) };
        }),
    );
    return found.filter((one) => carries(one.tags, tags));
}
