import type { ServicePlan } from "../../components/model/services/serviceRequest";
import type { TaggedResource } from "./aws";
import type { Tags, TagQuery } from "../../components/model/tags";

/** A task definition of one container, to be registered. */
export interface TaskForm extends Pick<
    ServicePlan,
    "image" | "cpuUnits" | "memoryMiB" | "port" | "environment" | "secrets" | "executionRole" | "taskRole"
> {
    readonly family: string;
    /** Name of its one container. */
    readonly container: string;
    /** @default - the image's own */
    readonly command?: readonly string[];
    readonly logs: { readonly group: string; readonly region: string };
    readonly tags: Tags;
}

/** A task definition that is there. */
export interface Registered extends TaggedResource {
    /** `family:revision`. */
    readonly name: string;
    readonly containers: readonly {
        readonly name: string;
        readonly image: string;
        readonly cpuUnits: number;
        readonly memoryMiB: number;
    }[];
    /** ARN of the role that the agent takes in place of the host's. */
    readonly executionRole?: string;
    /** Attributes that ECS wants of a host for it. */
    readonly requiresAttributes: readonly string[];
    /** Ports of the host itself, such as `80/tcp`. */
    readonly hostPorts: readonly string[];
    /** Log groups of its containers, and what the names of their streams begin with. */
    readonly logs: readonly {
        readonly container: string;
        readonly group: string;
        readonly streamPrefix: string;
    }[];
}

/** How a service is to be. */
export interface ServiceForm {
    readonly cluster: string;
    readonly name: string;
    readonly taskDefinition: string;
    readonly count: number;
    /** In percent, as ECS has them. */
    readonly minimumHealthyPercent: number;
    readonly maximumPercent: number;
    readonly placementStrategy: readonly { readonly type: "spread" | "binpack"; readonly field: string }[];
    readonly exec: boolean;
    /** Has ECS begin a deployment though nothing differs; of a service that is there. */
    readonly forceNewDeployment: boolean;
    readonly balancer?: {
        readonly targetGroup: string;
        readonly container: string;
        readonly containerPort: number;
        /** How long a new task may fail the load balancer's health checks. */
        readonly graceSeconds: number;
    };
    readonly tags: Tags;
}

/** One deployment of a service. */
export interface Deployment {
    readonly id: string;
    /** PRIMARY, ACTIVE or INACTIVE. */
    readonly status: string;
    /** IN_PROGRESS, COMPLETED or FAILED. */
    readonly rolloutState: string;
    readonly reason: string;
    readonly failedTasks: number;
    /** `family:revision`. */
    readonly taskDefinition: string;
    readonly desired: number;
    readonly running: number;
    readonly pending: number;
}

export interface ServiceEvent {
    readonly id: string;
    readonly at: Date;
    readonly message: string;
}

/** How the deployments of a service stand. */
export interface ServiceProgress {
    readonly deployments: readonly Deployment[];
    /** Newest first. */
    readonly events: readonly ServiceEvent[];
    readonly exec: boolean;
    readonly minimumHealthyPercent: number;
    readonly maximumPercent: number;
}

export interface PortBinding {
    /** Address of the host; `0.0.0.0` for all of them. */
    readonly address: string;
    readonly hostPort: number;
    readonly containerPort: number;
}

/** A task of a service; stopped ones are there for about an hour. */
export interface ServiceTask {
    readonly arn: string;
    readonly taskDefinition: string;
    readonly lastStatus: string;
    readonly desiredStatus: string;
    readonly startedBy?: string;
    readonly containerInstanceArn?: string;
    readonly stopCode?: string;
    readonly stoppedReason?: string;
    readonly stoppedAt?: Date;
    readonly containers: readonly {
        readonly name: string;
        readonly exitCode?: number;
        readonly reason?: string;
        readonly bindings: readonly PortBinding[];
    }[];
}

/** A session in a container, as the Session Manager plugin takes it up. */
export interface ContainerSession {
    readonly sessionId: string;
    readonly streamUrl: string;
    /** Whoever has it is in the session. */
    readonly tokenValue: string;
    /** What the plugin calls its target. */
    readonly target: string;
    readonly region: string;
    readonly endpoint: string;
}

/** What the answer to a change of a service says: what is read at once afterwards may still be without it. */
export interface Begun {
    /** Of the service's newest deployment; missing where the service is gone. */
    readonly deploymentId: string | undefined;
}

/** What of Amazon ECS makes services. Names that do not exist answer `undefined` or an empty list. */
export interface DeploymentService {
    serviceProgress(cluster: string, service: string): Promise<ServiceProgress | undefined>;
    /** @param name family, for its latest revision that is ACTIVE, or `family:revision` */
    registered(name: string): Promise<Registered | undefined>;
    /** Task definitions whose family begins so and that carry these tags; those that are being deleted left out. */
    ownTaskDefinitions(familyStart: string, tags: TagQuery): Promise<readonly TaggedResource[]>;
    /** @returns `family:revision` */
    registerTask(form: TaskForm): Promise<string>;
    /** Deregisters a task definition and begins to delete it; one that is gone is no error. */
    removeTaskDefinition(arn: string): Promise<void>;
    createService(form: ServiceForm): Promise<Begun>;
    /** Gives a service that is there another task definition, count and settings. */
    changeService(form: ServiceForm): Promise<Begun>;
    /** Its tasks, also those that have stopped. */
    tasksOfService(cluster: string, service: string): Promise<readonly ServiceTask[]>;
    /** Begins a session with a command in a container. */
    executeCommand(
        cluster: string,
        task: string,
        container: string,
        command: string,
    ): Promise<ContainerSession>;
}
