import { serviceInputs } from "../resources/ecsService";
import { checkArguments } from "../schema/check";
import {
    flag,
    integer,
    list,
    object,
    required,
    set,
    tags,
    text,
    type Fields,
    type Properties,
    type Values,
} from "../schema/property";

const container = object({
    command: list(text()),
    cpu: integer(),
    entryPoint: list(text()),
    environment: list(object({ name: text(), value: text() })),
    essential: flag(),
    healthCheck: object({
        command: list(text()),
        interval: integer(),
        retries: integer(),
        startPeriod: integer(),
        timeout: integer(),
    }),
    image: required(text()),
    logConfiguration: object({ logDriver: required(text()), options: tags() }),
    memory: integer(),
    memoryReservation: integer(),
    mountPoints: list(object({ containerPath: text(), readOnly: flag(), sourceVolume: text() })),
    name: required(text()),
    portMappings: list(object({ containerPort: integer(), hostPort: integer(), protocol: text() })),
    privileged: flag(),
    readonlyRootFilesystem: flag(),
    secrets: list(object({ name: required(text()), valueFrom: required(text()) })),
    stopTimeout: integer(),
    user: text(),
    workingDirectory: text(),
});

const role = object({ roleArn: text(), skip: flag() });

const taskDefinitionArgs = {
    container,
    cpu: text(),
    executionRole: role,
    family: text(),
    logGroup: object({
        existing: object({ name: required(text()), region: required(text()) }),
        skip: flag(),
    }),
    memory: text(),
    networkMode: text(),
    placementConstraints: set(object({ expression: text(), type: required(text()) })),
    skipDestroy: flag(),
    tags: tags(),
    taskRole: role,
    volumes: list(object({ hostPath: text(), name: required(text()) })),
};

const { name, ...ofService } = serviceInputs;

const fields = {
    ...ofService,
    continueBeforeSteadyState: flag(),
    name: { ...name, isRequired: false },
    taskDefinitionArgs: object(taskDefinitionArgs),
    useClusterDefaultCapacityProviderStrategy: flag(),
} satisfies Fields;

/** The inputs of `awsx:ecs:EC2Service` that are served. */
export type Ec2ServiceInputs = Values<typeof fields>;

/** What a task is made of, as the component takes it. */
export type TaskDefinitionInputs = Values<typeof taskDefinitionArgs>;

/**
 * Checks the inputs of the component, in which what is not known before the update has Pulumi's mark for that.
 * @throws Error that names everything that is wrong
 */
export function checkEc2ServiceInputs(given: Properties): Ec2ServiceInputs {
    const { inputs, problems } = checkArguments("awsx:ecs:EC2Service", fields, given);
    const parsed = inputs as Ec2ServiceInputs;
    const wrong = problems.length > 0 ? problems.map(({ reason }) => reason) : contradictions(parsed);
    if (wrong.length > 0) {
        throw new Error(wrong.join("; "));
    }
    return parsed;
}

/** What the official component refuses, too. */
function contradictions(inputs: Ec2ServiceInputs): readonly string[] {
    const { taskDefinition, taskDefinitionArgs: args, capacityProviderStrategies } = inputs;
    const problems: readonly (readonly [isWrong: boolean, problem: string])[] = [
        [
            (taskDefinition === undefined) === (args === undefined),
            "awsx:ecs:EC2Service: expected one of taskDefinition and taskDefinitionArgs",
        ],
        [
            args !== undefined && args.container === undefined,
            'missing property "taskDefinitionArgs.container" of awsx:ecs:EC2Service',
        ],
        [
            capacityProviderStrategies !== undefined &&
                inputs.useClusterDefaultCapacityProviderStrategy === true,
            "awsx:ecs:EC2Service: expected one of capacityProviderStrategies and useClusterDefaultCapacityProviderStrategy",
        ],
    ];
    return problems.filter(([isWrong]) => isWrong).map(([, problem]) => problem);
}
