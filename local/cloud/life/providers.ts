import { localCloudEnvironment } from "./localCloudEnvironment";

/** The Pulumi providers of a local cloud. */
export interface RunningProviders {
    readonly awsPort: number;
    close(): Promise<void>;
}

/** Starts the `aws` provider in this process, and puts the `awsx` plugin where Pulumi looks for it. */
export async function startProviders(endpoint: string, directory: string): Promise<RunningProviders> {
    const environment = localCloudEnvironment({ directory, endpoint, pid: process.pid, startedAt: "" });
    Object.assign(process.env, environment);
    const { startAwsProvider } = await import("../../provider/awsServer");
    const aws = await startAwsProvider({ endpoint });
    return { awsPort: aws.port, close: () => aws.close() };
}
