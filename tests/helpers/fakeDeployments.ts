import type {
    BalancerPart,
    LoadBalancingService,
    LogsService,
    Ec2Service,
} from "../../automation/ports/awsServices";
import type { DeploymentService, Registered } from "../../automation/ports/deploymentServices";
import { carries } from "../../components/model/tags";
import type { Change, FakeAwsState, Read } from "./fakeAws";

/** What `service deploy` has made in a fake account. */
export interface FakeServiceParts {
    balancerParts: BalancerPart[];
    ownTaskDefinitions: (Pick<Registered, "arn" | "tags"> & Partial<Registered>)[];
}

export const noServiceParts: FakeServiceParts = { balancerParts: [], ownTaskDefinitions: [] };

/** Nobody deploys there: that is played over the local cloud (tests/local/services). */
function unplayed(what: string): never {
    throw new Error(`the fake account plays no ${what}`);
}

/** The deployments of services of a fake account: what is there can be found and removed. */
export function fakeDeployments(state: FakeAwsState, read: Read, change: Change): DeploymentService {
    return {
        serviceProgress: () => unplayed("serviceProgress"),
        registered: (name) =>
            read("ecs.registered", () => {
                const found = state.ownTaskDefinitions.find(({ arn }) => arn === name);
                return (
                    found && {
                        ...{ name, containers: [], requiresAttributes: [], hostPorts: [], logs: [] },
                        ...found,
                    }
                );
            }),
        ownTaskDefinitions: (_, tags) =>
            read("ecs.ownTaskDefinitions", () =>
                state.ownTaskDefinitions.filter((one) => carries(one.tags, tags)),
            ),
        registerTask: () => unplayed("registerTask"),
        removeTaskDefinition: (arn) =>
            change("ecs.removeTaskDefinition", arn, () => {
                state.ownTaskDefinitions = state.ownTaskDefinitions.filter((one) => one.arn !== arn);
            }),
        createService: () => unplayed("createService"),
        changeService: () => unplayed("changeService"),
        tasksOfService: () => unplayed("tasksOfService"),
        executeCommand: () => unplayed("executeCommand"),
    };
}

export function fakeLoadBalancing(state: FakeAwsState, read: Read, change: Change): LoadBalancingService {
    return {
        deregistrationDelays: (arns) =>
            read(
                "loadBalancing.deregistrationDelays",
                () =>
                    new Map(Object.entries(state.deregistrationDelays).filter(([arn]) => arns.includes(arn))),
            ),
        tagged: (tags, fits) =>
            read("loadBalancing.tagged", () =>
                state.balancerParts.filter((one) => fits(one.name) && carries(one.tags, tags)),
            ),
        tags: (arn) =>
            read("loadBalancing.tags", () => state.balancerParts.find((one) => one.arn === arn)?.tags),
        makeTargetGroup: () => unplayed("makeTargetGroup"),
        makeLoadBalancer: () => unplayed("makeLoadBalancer"),
        makeListener: () => unplayed("makeListener"),
        remove: (arn) =>
            change("loadBalancing.remove", arn, () => {
                state.balancerParts = state.balancerParts.filter((one) => one.arn !== arn);
            }),
    };
}

export function fakeLogs(state: FakeAwsState, read: Read): Omit<LogsService, "tags" | "remove"> {
    return {
        makeGroup: () => unplayed("makeGroup"),
        tagsOfGroup: (name) =>
            read(
                "logs.tagsOfGroup",
                () => Object.entries(state.byArn).find(([arn]) => arn.endsWith(`:${name}`))?.[1],
            ),
        events: () => unplayed("events"),
    };
}

export const fakeServiceEc2: Pick<Ec2Service, "makeSecurityGroup" | "letIn" | "subnetsOf"> = {
    makeSecurityGroup: () => unplayed("makeSecurityGroup"),
    letIn: () => unplayed("letIn"),
    subnetsOf: () => unplayed("subnetsOf"),
};
