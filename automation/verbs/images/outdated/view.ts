import { command, joinLines, line, type Line, type Show } from "../../../../components/model/commandLine";
import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import { renderTable, tableLook } from "../../../output/table";
import { describeImageState, needsAttention, type ImageStatus } from "../../../images/imageStatus";
import type { OutdatedOne, OutdatedResult } from "./outdated";
import type { Context } from "../../../ports/context";

/** The environments with their images, one line each; then what is the matter with some of them. */
export function showOutdated(
    { environments }: OutdatedResult,
    output: OutputFormat,
    { io, show }: Pick<Context, "io" | "show">,
): string {
    if (output === "json") {
        return renderJson({ environments: environments.map((status) => asJson(status, show)) });
    }
    if (environments.length === 0) {
        return `there are no environments yet\nNext: ${show(command("init"))}\n`;
    }
    const table = renderTable(
        ["ENVIRONMENT", "REGION", "LOCKED", "NEWEST", "STATE"],
        environments.map((status) => [
            status.environment,
            status.region,
            status.lock?.name,
            status.newest?.name,
            describeImageState(status),
        ]),
        tableLook(io, ["REGION", "NEWEST", "LOCKED"]),
    );
    const messages = environments.flatMap(describeMessage).map(show);
    const next = nextOf(environments);
    return [
        table.trimEnd(),
        ...(messages.length === 0 ? [] : ["", ...messages]),
        ...(next === undefined ? [] : [`Next: ${show(next)}`]),
        "",
    ].join("\n");
}

function asJson({ message, next, ...status }: OutdatedOne, show: Show): object {
    return { ...status, message: message && show(message), next: next && show(next) };
}

/** One that could not be looked at tells its next step itself, as nothing else is known of it. */
function describeMessage({ environment, message, code, next }: ImageStatus): readonly Line[] {
    const mending =
        code === undefined ? "" : line` (${joinLines([code, ...(next === undefined ? [] : [next])], ", ")})`;
    return message === undefined ? [] : [line`${environment}: ${message}${mending}`];
}

/** What has to be done to an image goes before what may be, and that before what could not be looked at. */
function nextOf(environments: OutdatedResult["environments"]): Line | undefined {
    const known = environments.filter(({ state }) => state !== "unknown");
    return [...known.filter(needsAttention), ...known, ...environments].find(({ next }) => next !== undefined)
        ?.next;
}
