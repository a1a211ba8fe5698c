import type { Context } from "../../ports/context";
import type { EnvironmentStatus } from "./status";
import { renderJson } from "../../output/json";
import { renderStatus } from "./view";
import { createTheme } from "../../output/theme";
import type { OutputFormat } from "../../command/options";

/** The state of an environment, for people or for scripts. */
export function showStatus(
    status: EnvironmentStatus,
    output: OutputFormat,
    { io, show }: Pick<Context, "io" | "show">,
): string {
    return output === "json" ? renderJson(status) : renderStatus(status, createTheme(io.color), show);
}
