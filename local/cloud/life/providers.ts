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
    const [{ startAwsProvider }, { installAwsxPlugin }] = await Promise.all([
        import("../../provider/awsServer"),
        import("../../provider/awsxPlugin"),
    ]);
    const [aws] = await Promise.all([
        startAwsProvider({ endpoint }),
        installAwsxPlugin(String(environment["PULUMI_HOME"])),
    ]);
    return { awsPort: aws.port, close: () => aws.close() };
}
