import path from "node:path";
import { startAwsProvider } from "../../provider/awsServer";
import { installAwsxPlugin } from "../../provider/awsxPlugin";
import { localCloudEnvironment } from "./localCloudEnvironment";
import type { LocalCloudInfo } from "./localCloudInfo";

/** The Pulumi providers of a local cloud. */
export interface RunningProviders {
    readonly awsPort: number;
    close(): Promise<void>;
}

/** Starts the `aws` provider in this process, and puts the `awsx` plugin where Pulumi looks for it. */
export async function startProviders(
    cloud: Omit<LocalCloudInfo, "providerPorts">,
): Promise<RunningProviders> {
    const environment = localCloudEnvironment(cloud);
    Object.assign(process.env, environment);
    await installAwsxPlugin(environment["PULUMI_HOME"] ?? path.join(cloud.directory, "pulumi-home"));
    const aws = await startAwsProvider({ endpoint: cloud.endpoint });
    return { awsPort: aws.port, close: () => aws.close() };
}
