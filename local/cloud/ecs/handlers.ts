import type { Cloud, Handler } from "../cloud";
import { jsonResponse, unsupported } from "../front/apiResponse";
import { discoverPollEndpoint, poll, registerContainerInstance, submitStateChange } from "./agentCalls";
import { deleteAttributes, listAttributes, putAttributes } from "./attributes";
import { createCapacityProvider, deleteCapacityProvider, updateCapacityProvider } from "./capacityProviders";
import {
    createDaemon,
    deleteDaemon,
    describeDaemon,
    listDaemons,
    registerDaemonTaskDefinition,
} from "./daemons";
import { describeCapacityProviders } from "./describeCapacityProviders";
import { createCluster, deleteCluster, describeClusters, putClusterCapacityProviders } from "./clusters";
import {
    deregisterContainerInstance,
    describeContainerInstances,
    listContainerInstances,
    updateContainerInstancesState,
} from "./containerInstances";
import {
    createExpressGatewayService,
    deleteExpressGatewayService,
    describeExpressGatewayService,
} from "./expressServices";
import { executeCommand } from "./executeCommand";
import { createService, deleteService, describeServices, listServices, updateService } from "./services";
import { listTagsForResource, tagResource, untagResource } from "./tags";
import { runTask, startTask } from "./taskLaunch";
import { describeTasks, listTasks, stopTask } from "./tasks";

/** Actions of Amazon ECS that the front answers, by name. The others are moto's. */
export const ecsHandlers: Readonly<Record<string, Handler>> = {
    CreateCapacityProvider: json(createCapacityProvider),
    CreateCluster: json(createCluster),
    CreateDaemon: json(createDaemon),
    CreateExpressGatewayService: json(createExpressGatewayService),
    CreateService: json(createService),
    DeleteAttributes: json(deleteAttributes),
    DeleteCapacityProvider: json(deleteCapacityProvider),
    DeleteCluster: json(deleteCluster),
    DeleteDaemon: json(deleteDaemon),
    DeleteExpressGatewayService: json(deleteExpressGatewayService),
    DeleteService: json(deleteService),
    DeregisterContainerInstance: json(deregisterContainerInstance),
    DescribeCapacityProviders: json(describeCapacityProviders),
    DescribeClusters: json(describeClusters),
    DescribeContainerInstances: json(describeContainerInstances),
    DescribeDaemon: json(describeDaemon),
    DescribeExpressGatewayService: json(describeExpressGatewayService),
    DescribeServices: json(describeServices),
    DescribeTasks: json(describeTasks),
    DiscoverPollEndpoint: json(discoverPollEndpoint),
    ExecuteCommand: json(executeCommand),
    ListAttributes: json(listAttributes),
    ListContainerInstances: json(listContainerInstances),
    ListDaemons: json(listDaemons),
    ListServices: json(listServices),
    ListTagsForResource: json(listTagsForResource),
    ListTasks: json(listTasks),
    Poll: poll,
    PutAttributes: json(putAttributes),
    PutClusterCapacityProviders: json(putClusterCapacityProviders),
    RegisterContainerInstance: json(registerContainerInstance),
    RegisterDaemonTaskDefinition: json(registerDaemonTaskDefinition),
    RunTask: json(runTask),
    StartTask: json(startTask),
    StopTask: json(stopTask),
    SubmitAttachmentStateChanges: json(submitStateChange),
    SubmitContainerStateChange: json(submitStateChange),
    SubmitTaskStateChange: json(submitStateChange),
    TagResource: json(tagResource),
    UntagResource: json(untagResource),
    UpdateCapacityProvider: json(updateCapacityProvider),
    UpdateContainerInstancesState: json(updateContainerInstancesState),
    UpdateService: json(updateService),
    // moto would answer these from a record of hosts, tasks and services that nobody keeps there.
    ...Object.fromEntries(
        [
            "CreateTaskSet",
            "DeleteTaskSet",
            "DescribeTaskSets",
            "UpdateServicePrimaryTaskSet",
            "UpdateTaskSet",
        ].map((action): [string, Handler] => [action, (request) => Promise.reject(unsupported(request))]),
    ),
};

type Operation<Input> = (input: Input, region: string, cloud: Cloud, host: string) => Promise<object>;

/** An operation as a handler. What clients send is taken at its word, as moto does. */
function json<Input>(operation: Operation<Input>): Handler {
    return async ({ body, region, headers }, cloud) => {
        const text = body?.toString("utf8") ?? "";
        const input = JSON.parse(text === "" ? "{}" : text) as Input;
        return jsonResponse(await operation(input, region, cloud, headers.host ?? ""));
    };
}
