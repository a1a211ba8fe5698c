import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LocalWorkspace, type InlineProgramArgs, type Stack } from "@pulumi/pulumi/automation";
import { localCloudEnvironment, startLocalCloud, stopLocalCloud } from "../../../../local";
import { Clients } from "../../../../local/provider/aws/clients";
import { prepareTools } from "./tools";

export const testRegion = "us-east-1";

/** The real engine on a local cloud, of which the provider is a part. */
export interface World {
    readonly aws: Clients;
    readonly endpoint: string;
    /** Where the engine keeps its state. */
    readonly stateDirectory: string;
    stack(name: string, program: InlineProgramArgs["program"]): Promise<Stack>;
    close(): Promise<void>;
}

/** Starts a local cloud in a directory of its own; it ends with this process. */
export async function startWorld(): Promise<World> {
    const tools = await prepareTools();
    const directory = await mkdtemp(path.join(tmpdir(), "sles-ecs-provider-"));
    const cloud = await startLocalCloud({
        directory,
        port: 0,
        motoServer: tools.motoServer,
        exitWithParent: true,
    });
    const aws = new Clients(cloud.endpoint, testRegion);
    const environment = {
        ...localCloudEnvironment(cloud),
        PATH: `${tools.pulumiFolder}${path.delimiter}${process.env["PATH"] ?? ""}`,
    };
    return {
        aws,
        endpoint: cloud.endpoint,
        stateDirectory: path.join(directory, "state"),
        stack: (name, program) => makeStack(environment, name, program),
        close: async () => {
            aws.close();
            await stopLocalCloud(directory);
            await rm(directory, { recursive: true, force: true });
        },
    };
}

async function makeStack(
    envVars: Record<string, string>,
    name: string,
    program: InlineProgramArgs["program"],
): Promise<Stack> {
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: name, projectName: "provider-test", program },
        { envVars },
    );
    await stack.setConfig("aws:region", { value: testRegion });
    return stack;
}
