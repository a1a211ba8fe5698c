import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import { renderTable, tableLook } from "../../../output/table";
import type { NetworkRequirements } from "./requirements";
import type { Context } from "../../../ports/context";

/** Where hosts go to, a line each. */
export function showRequirements(
    { environment, settingsInvalid, region, destinations }: NetworkRequirements,
    output: OutputFormat,
    { io }: Pick<Context, "io">,
): string {
    return output === "json"
        ? renderJson({ environment, settingsInvalid, region, destinations })
        : renderTable(
              ["DESTINATION", "PORT", "NEEDED FOR", "WHAT"],
              destinations.map(({ to, port, protocol, neededFor, what }) => [
                  to,
                  `${port}/${protocol}`,
                  neededFor,
                  what,
              ]),
              tableLook(io, ["WHAT", "NEEDED FOR"]),
          );
}

/** That pint has not answered just now. */
export function showNote({ remark }: NetworkRequirements): string {
    return remark === undefined ? "" : `warning: SUSE's servers are those that pint told last: ${remark}\n`;
}
