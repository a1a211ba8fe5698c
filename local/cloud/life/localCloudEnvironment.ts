import path from "node:path";
import { pintPrefix } from "../pint/address";
import type { LocalCloudInfo } from "./localCloudInfo";

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
        PULUMI_BACKEND_URL: `file://${inDirectory("state")}`,
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_HOME: inDirectory("pulumi-home"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        ...(info.providerPorts !== undefined && { PULUMI_DEBUG_PROVIDERS: `aws:${info.providerPorts.aws}` }),
    };
}
