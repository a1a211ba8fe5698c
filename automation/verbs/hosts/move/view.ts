import type { OutputFormat } from "../../../command/options";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { MoveResult } from "./move";

/** In which cluster the host is now. */
export function showMove(result: MoveResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, instanceId, toCluster, fromCluster, wasThere, seconds } = result;
    return wasThere
        ? `${environment}: host ${instanceId} is in cluster ${toCluster} already\n`
        : `${environment}: host ${instanceId} is in cluster ${toCluster}${fromCluster === undefined ? "" : `, and no more in ${fromCluster}`}; ${formatSeconds(seconds)}\n`;
}
