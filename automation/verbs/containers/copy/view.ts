import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { renderJson } from "../../../output/json";
import type { CopyResult } from "./copy";

const licences: Readonly<Record<CopyResult["licence"], string>> = {
    free: "a Base Container Image of SUSE's: free to pass on",
    restricted: "an image of SLES: its license keeps it in private registries",
    unknown: "not known to be SUSE's",
};

/** Where the image is now, by tag and digest. */
export function showCopy(result: CopyResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { repository, tag, digest, wasThere, sent, sentBytes, skipped, licence } = result;
    const how = wasThere
        ? "there already, nothing was sent"
        : `${counted(sent, "layer")} sent (${(sentBytes / 2 ** 20).toFixed(1)} MiB), ${skipped} there already`;
    return [
        `${repository}:${tag}`,
        `  digest   ${digest}`,
        `  license  ${licences[licence]}`,
        `  ${how}`,
        "",
    ].join("\n");
}
