import type { Handler } from "../cloud";
import { deleteAttributes, listAttributes, putAttributes } from "./attributes";
import {
    createCapacityProvider,
    deleteCapacityProvider,
    describeCapacityProviders,
    updateCapacityProvider,
} from "./capacityProviders";
import {
    createCluster,
    deleteCluster,
    describeClusters,
    listClusters,
    putClusterCapacityProviders,
} from "./clusters";
import {
    deregisterContainerInstance,
    describeContainerInstances,
    discoverPollEndpoint,
    listContainerInstances,
    registerContainerInstance,
    updateContainerInstancesState,
} from "./containerInstances";
import { createService, deleteService, describeServices, listServices, updateService } from "./services";
import { listTagsForResource, tagResource, untagResource } from "./tags";
import { describeTasks, listTasks, runTask, startTaskOn, stopOneTask } from "./tasks";

/** Actions of Amazon ECS that the front answers, by name. The others are moto's. */
export const ecsHandlers: Readonly<Record<string, Handler>> = {
    CreateCapacityProvider: createCapacityProvider,
    CreateCluster: createCluster,
    CreateService: createService,
    DeleteAttributes: deleteAttributes,
    DeleteCapacityProvider: deleteCapacityProvider,
    DeleteCluster: deleteCluster,
    DeleteService: deleteService,
    DeregisterContainerInstance: deregisterContainerInstance,
    DescribeCapacityProviders: describeCapacityProviders,
    DescribeClusters: describeClusters,
    DescribeContainerInstances: describeContainerInstances,
    DescribeServices: describeServices,
    DescribeTasks: describeTasks,
    DiscoverPollEndpoint: discoverPollEndpoint,
    ListAttributes: listAttributes,
    ListClusters: listClusters,
    ListContainerInstances: listContainerInstances,
    ListServices: listServices,
    ListTagsForResource: listTagsForResource,
    ListTasks: listTasks,
    PutAttributes: putAttributes,
    PutClusterCapacityProviders: putClusterCapacityProviders,
    RegisterContainerInstance: registerContainerInstance,
    RunTask: runTask,
    StartTask: startTaskOn,
    StopTask: stopOneTask,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateCapacityProvider: updateCapacityProvider,
    UpdateContainerInstancesState: updateContainerInstancesState,
    UpdateService: updateService,
};
