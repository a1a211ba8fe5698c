import * as pulumi from "@pulumi/pulumi";
import {
    SlesEcsCluster,
    type Settings,
    type SlesEcsClusterArgs,
    type SlesEcsOutputs,
} from "../../components";
import { Recorder, type MockAws } from "../helpers/pulumiMocks";

export interface BuiltEnvironment {
    readonly recorder: Recorder;
    /** The plain values of the outputs. */
    readonly outputs: pulumi.Unwrap<SlesEcsOutputs>;
}

export interface RefusedEnvironment {
    readonly recorder: Recorder;
    readonly error: unknown;
}

/** Builds an environment under mocks and waits until everything is registered. */
export async function build(
    settings: Settings,
    aws: Partial<MockAws> = {},
    args: Pick<SlesEcsClusterArgs, "warningsTold" | "leaseRenewal"> = {},
): Promise<BuiltEnvironment> {
    const recorder = await Recorder.start(aws);
    const { ready } = new SlesEcsCluster("sles-ecs", { settings, ...args });
    const outputs = await unwrap(pulumi.output(ready));
    await pulumi.runtime.disconnect();
    return { recorder, outputs };
}

/** Builds an environment that AWS cannot hold. @returns the error, and what was registered all the same */
export async function refused(settings: Settings, aws: Partial<MockAws> = {}): Promise<RefusedEnvironment> {
    const recorder = await Recorder.start(aws);
    const cluster = new SlesEcsCluster("sles-ecs", { settings });
    const error = await cluster.ready.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    // The outputs are refused with it; Pulumi reports that, and here it is expected.
    await Promise.allSettled([unwrap(cluster.clusterName), unwrap(cluster.clusterArn)]);
    await pulumi.runtime.disconnect();
    return { recorder, error };
}

/** Waits for an output. `apply` alone would never say that an output was refused. */
export function unwrap<T>(output: pulumi.Output<T>): Promise<T> {
    return (output as unknown as { promise(): Promise<T> }).promise();
}
