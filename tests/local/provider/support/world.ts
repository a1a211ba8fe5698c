import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LocalWorkspace, type InlineProgramArgs, type Stack } from "@pulumi/pulumi/automation";
import { Clients } from "../../../../local/provider/aws/clients";
import { startAwsProvider } from "../../../../local/provider/awsServer";
import { installAwsxPlugin } from "../../../../local/provider/awsxPlugin";
import { startMoto } from "./moto";
import { prepareTools } from "./tools";

export const testRegion = "us-east-1";

/** The real engine, the local provider and an emulated AWS. */
export interface World {
    readonly aws: Clients;
    readonly endpoint: string;
    readonly directory: string;
    readonly providerPort: number;
    readonly environment: Readonly<Record<string, string>>;
    stack(
        name: string,
        program: InlineProgramArgs["program"],
        config?: Record<string, string>,
    ): Promise<Stack>;
    close(): Promise<void>;
}

/** Starts everything that a test of the provider needs, all of it in a directory of its own. */
export async function startWorld(): Promise<World> {
    const tools = await prepareTools();
    const directory = await mkdtemp(path.join(tmpdir(), "sles-ecs-provider-"));
    await installAwsxPlugin(path.join(directory, "home"));
    const moto = await startMoto(tools.motoServer);
    const provider = await startAwsProvider({ endpoint: moto.endpoint });
    const aws = new Clients(moto.endpoint, testRegion);
    const environment = {
        AWS_ENDPOINT_URL: moto.endpoint,
        PATH: `${tools.pulumiFolder}${path.delimiter}${process.env["PATH"] ?? ""}`,
        PULUMI_BACKEND_URL: `file://${directory}`,
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_HOME: path.join(directory, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    return {
        aws,
        endpoint: moto.endpoint,
        directory,
        providerPort: provider.port,
        environment,
        stack: (name, program, config) =>
            makeStack(environment, name, program, config ?? { "aws:region": testRegion }),
        close: async () => {
            await provider.close();
            await aws.close();
            await moto.stop();
            await rm(directory, { recursive: true, force: true });
        },
    };
}

async function makeStack(
    environment: Readonly<Record<string, string>>,
    name: string,
    program: InlineProgramArgs["program"],
    config: Record<string, string>,
): Promise<Stack> {
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: name, projectName: "provider-test", program },
        { envVars: { ...environment } },
    );
    await stack.setAllConfig(
        Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])),
    );
    return stack;
}
