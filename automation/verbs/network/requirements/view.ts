import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import { renderTable } from "../../../output/table";
import type { NetworkRequirements } from "./requirements";

/** Where hosts go to, a line each. */
export function showRequirements(
    { environment, region, destinations }: NetworkRequirements,
    output: OutputFormat,
): string {
    return output === "json"
        ? renderJson({ environment, region, destinations })
        : renderTable(
              ["DESTINATION", "PORT", "NEEDED FOR", "WHAT"],
              destinations.map(({ to, port, protocol, neededFor, what }) => [
                  to,
                  `${port}/${protocol}`,
                  neededFor,
                  what,
              ]),
          );
}

/** That pint has not answered just now. */
export function showNote({ remark }: NetworkRequirements): string {
    return remark === undefined ? "" : `warning: SUSE's servers are those that pint told last: ${remark}\n`;
}
