import path from "node:path";
import { pathToFileURL } from "node:url";
import { pintPrefix } from "../front/apiRequest";
import type { LocalCloudInfo } from "./status";

/**
 * The environment in which Pulumi, the AWS SDKs and the AWS CLI work on a local cloud and nowhere else: its
 * endpoint and its pint, made-up credentials, a state backend and a Pulumi home of its own.
 */
export function localCloudEnvironment(info: LocalCloudInfo): Record<string, string> {
    const inDirectory = (...parts: string[]) => path.join(info.directory, ...parts);
    return {
        AWS_ENDPOINT_URL: info.endpoint,
        AWS_REGION: "us-east-1",
        AWS_DEFAULT_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
        // Files of this name do not exist: whatever a person's own files say is left out.
        AWS_CONFIG_FILE: inDirectory("aws", "config"),
        AWS_SHARED_CREDENTIALS_FILE: inDirectory("aws", "credentials"),
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        SLES_ECS_PINT_URL: `${info.endpoint}${pintPrefix}`,
        PULUMI_BACKEND_URL: pathToFileURL(stateFolder(info)).href,
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_HOME: pulumiHome(info),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        ...(info.providerPorts !== undefined && { PULUMI_DEBUG_PROVIDERS: `aws:${info.providerPorts.aws}` }),
    };
}

/** The state backend of what is on a local cloud. */
export function stateFolder({ directory }: Pick<LocalCloudInfo, "directory">): string {
    return path.join(directory, "state");
}

/** Where Pulumi keeps its plugins on a local cloud. */
export function pulumiHome({ directory }: Pick<LocalCloudInfo, "directory">): string {
    return path.join(directory, "pulumi-home");
}

/** About the AWS SDK itself, not about an account. */
const harmless = /^AWS_SDK_JS_/;

/**
 * The environment of the daemon: everything but what leads to the person's own account. It would be wrong there,
 * and already the name of a profile that is not in moto's view of the files makes each of its answers an error.
 */
export function daemonEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(
        Object.entries(env).filter(([name]) => !name.startsWith("AWS_") || harmless.test(name)),
    );
}
