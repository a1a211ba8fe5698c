import { createHash } from "node:crypto";
import type { ComponentResourceOptions, Input, Inputs } from "@pulumi/pulumi";
import { getStack } from "@pulumi/pulumi/metadata";
import { all, output as outputOf } from "@pulumi/pulumi/output";
import { ComponentResource } from "@pulumi/pulumi/resource";
import { make, type AwsResource } from "./children";
import type { TaskDefinitionInputs } from "./ec2ServiceInputs";

const executionPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

const trustOfTasks = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
        {
            Action: "sts:AssumeRole",
            Principal: { Service: "ecs-tasks.amazonaws.com" },
            Effect: "Allow",
            Sid: "",
        },
    ],
});

type Container = NonNullable<TaskDefinitionInputs["container"]>;

interface LogPlace {
    readonly group: Input<string>;
    readonly region: Input<string>;
}

/**
 * `awsx:ecs:EC2TaskDefinition` for the local cloud: a log group and two roles unless they are given or left out, and the
 * task definition, under the names of the official component
 * (https://github.com/pulumi/pulumi-awsx, awsx/ecs/ec2TaskDefinition.ts).
 */
export class Ec2TaskDefinition extends ComponentResource {
    readonly taskDefinition: AwsResource;

    /**
     * @param given the inputs, with outputs in them
     * @param checked the same, as far as they are known
     */
    constructor(
        private readonly componentName: string,
        given: Inputs,
        private readonly checked: TaskDefinitionInputs,
        options: ComponentResourceOptions,
    ) {
        super("awsx:ecs:EC2TaskDefinition", componentName, {}, options);
        const { container, logGroup, taskRole, executionRole, family, ...rest } = given;
        const place = this.logPlace(logGroup as Inputs | undefined);
        const taskRoleArn = this.roleArn("task", taskRole as Inputs | undefined, []);
        const executionRoleArn = this.roleArn("execution", executionRole as Inputs | undefined, [
            executionPolicy,
        ]);
        const containerDefinitions = all([outputOf(container as Container), outputOf(place)]).apply(
            ([one, where]) => JSON.stringify([containerDefinition(one as Container, where)]),
        );
        const named = containerDefinitions.apply(
            (text) => `${componentName}-${shortHash(getStack() + text)}`,
        );
        this.taskDefinition = make.taskDefinition(
            componentName,
            {
                networkMode: "awsvpc",
                ...rest,
                requiresCompatibilities: ["EC2"],
                taskRoleArn,
                executionRoleArn,
                family: (family as Input<string> | undefined) ?? named,
                containerDefinitions,
            },
            { parent: this },
        );
        this.registerOutputs({ taskDefinition: this.taskDefinition });
    }

    /** Where containers log that say nothing of it; nowhere when told so. */
    private logPlace(given: Inputs | undefined): LogPlace | undefined {
        const { skip = false, existing } = this.checked.logGroup ?? {};
        if (skip) {
            return undefined;
        }
        if (existing !== undefined) {
            const { name, region } = given?.["existing"] as Inputs;
            return { group: name as Input<string>, region: region as Input<string> };
        }
        const group = make.logGroup(this.componentName, {}, { parent: this });
        return { group: group.output("name"), region: group.output("region") };
    }

    private roleArn(
        use: "task" | "execution",
        given: Inputs | undefined,
        policyArns: readonly string[],
    ): Input<string> | undefined {
        const { skip = false, roleArn } = this.checked[`${use}Role`] ?? {};
        if (skip || roleArn !== undefined) {
            return skip ? undefined : (given?.["roleArn"] as Input<string>);
        }
        const name = `${this.componentName}-${use}`;
        const role = make.role(name, { assumeRolePolicy: trustOfTasks }, { parent: this });
        for (const policyArn of policyArns) {
            const args = { role: role.output("name"), policyArn };
            make.rolePolicyAttachment(`${name}-${shortHash(policyArn)}`, args, { parent: this });
        }
        return role.output("arn");
    }
}

/** A container as ECS takes it. */
function containerDefinition(
    container: Container,
    place: { readonly group: string; readonly region: string } | undefined,
): object {
    const logConfiguration =
        container.logConfiguration ??
        (place && {
            logDriver: "awslogs",
            options: {
                "awslogs-group": place.group,
                "awslogs-region": place.region,
                "awslogs-stream-prefix": container.name,
            },
        });
    const portMappings = container.portMappings?.map(({ containerPort, hostPort, protocol }) => ({
        containerPort: containerPort ?? hostPort,
        hostPort: hostPort ?? containerPort,
        protocol,
    }));
    return { ...container, portMappings, logConfiguration };
}

function shortHash(text: string): string {
    return createHash("sha1").update(text).digest("hex").slice(0, 8);
}
