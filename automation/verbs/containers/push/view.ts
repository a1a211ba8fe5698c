import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import type { PushResult } from "./push";

/** Where the image is now, by tag and digest. */
export function showPush(result: PushResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { repository, tag, digest, image, instanceId } = result;
    return `${repository}:${tag}\n  digest  ${digest}\n  from    ${image} on host ${instanceId}\n`;
}
