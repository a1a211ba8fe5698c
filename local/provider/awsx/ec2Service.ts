import type { ComponentResourceOptions, Input, Inputs, Output } from "@pulumi/pulumi";
import { output as outputOf } from "@pulumi/pulumi/output";
import { ComponentResource } from "@pulumi/pulumi/resource";
import { make, type AwsResource } from "./children";
import type { Ec2ServiceInputs } from "./ec2ServiceInputs";
import { Ec2TaskDefinition } from "./ec2TaskDefinition";

/** Outputs of the component, as the official one has them. */
export interface Ec2ServiceOutputs {
    readonly service: AwsResource;
    readonly taskDefinition: AwsResource | undefined;
}

/**
 * `awsx:ecs:EC2Service` for the local cloud: the service, and its task definition where that is given by its parts, under
 * the names of the official component (https://github.com/pulumi/pulumi-awsx, awsx/ecs/ec2Service.ts).
 */
export class Ec2Service extends ComponentResource {
    /** What the component made, and all of its outputs. */
    readonly outputs: Ec2ServiceOutputs;

    /**
     * @param given the inputs, with outputs in them
     * @param checked the same, as far as they are known
     */
    constructor(name: string, given: Inputs, checked: Ec2ServiceInputs, options: ComponentResourceOptions) {
        super("awsx:ecs:EC2Service", name, {}, options);
        const { taskDefinitionArgs, continueBeforeSteadyState, taskDefinition, ...rest } = given;
        const { useClusterDefaultCapacityProviderStrategy: byCluster = false, ...ofService } = rest;
        const made =
            checked.taskDefinitionArgs &&
            new Ec2TaskDefinition(name, taskDefinitionArgs as Inputs, checked.taskDefinitionArgs, {
                parent: this,
            }).taskDefinition;
        const hasStrategy = checked.capacityProviderStrategies !== undefined || byCluster === true;
        const continues = outputOf(continueBeforeSteadyState as Input<boolean> | undefined);
        const service = make.service(
            name,
            {
                ...ofService,
                launchType: hasStrategy ? undefined : "EC2",
                taskDefinition: made?.output("arn") ?? (taskDefinition as Output<string>),
                waitForSteadyState: continues.apply((goesOn) => goesOn !== true),
            },
            { parent: this },
        );
        this.outputs = { service, taskDefinition: made };
        this.registerOutputs(this.outputs);
    }
}
