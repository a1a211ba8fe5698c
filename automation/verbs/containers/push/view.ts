import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import type { PushResult } from "./push";

/** Where the image is now, by tag and digest. */
export function showPush(result: PushResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { repository, tag, digest, image, instanceId, wasThere } = result;
    const there = wasThere ? "  there already, nothing was pushed\n" : "";
    return `${repository}:${tag}\n  digest  ${digest}\n  from    ${image} on host ${instanceId}\n${there}`;
}
