import { isDeepStrictEqual } from "node:util";

import { command as commandLine, type Show } from "../../../../components/model/commandLine";
import type { ImageUpdate } from "./update";
import { describePlan, describeStrays } from "./describePlan";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import { stepAsJson } from "../../../rolling/stepAsJson";
import type { OutputFormat } from "../../../command/options";

/** The plan of an update, or what it has done. */
export function showUpdate(update: ImageUpdate, output: OutputFormat, show: Show): string {
    return output === "json" ? updateAsJson(update) : updateAsText(update, show);
}

function updateAsText(update: ImageUpdate, show: Show): string {
    const { environment, from, to, steps, ready, command, seconds } = update;
    if (isCurrent(update)) {
        return linesOf([
            `${environment} is on ${to.name} (${to.id}) already, and so are all its hosts`,
            ...strayLines(update, show),
        ]);
    }
    if (ready === undefined) {
        return linesOf([...describePlan(update), `Next: ${show(command)}`]);
    }
    const moved = from?.id === to.id ? "is on" : "has moved to";
    const count = steps.length === 1 ? "1 host" : `${steps.length} hosts`;
    return linesOf([
        `${environment} ${moved} ${to.name}: ${count} replaced, ${ready.hosts.length} of ${ready.wantedHosts} ready; ${formatSeconds(seconds)}`,
        ...strayLines(update, show),
    ]);
}

function linesOf(lines: readonly string[]): string {
    return `${lines.join("\n")}\n`;
}

/** `up` takes them away, which is more than the image. */
function strayLines(update: ImageUpdate, show: Show): readonly string[] {
    const { environment, strays } = update;
    return strays.length === 0
        ? []
        : [...describeStrays(update), `Next: ${show(commandLine("up", environment))}`];
}

function updateAsJson(update: ImageUpdate): string {
    const { environment, from, to, packageChanges, unfinished, steps, strays, ready, seconds } = update;
    return renderJson({
        environment,
        from,
        to,
        filterChange: update.filterChange,
        packages: packageChanges.packages,
        packageChanges: packageChanges.page,
        unfinished: unfinished.names,
        hosts: steps.map(stepAsJson),
        strays,
        state: isCurrent(update) ? "current" : ready === undefined ? "planned" : "updated",
        ...(ready === undefined ? {} : { readyHosts: ready.hosts.map(({ instanceId }) => instanceId) }),
        seconds,
    });
}

/** There was nothing to do. */
function isCurrent({ from, to, filterChange, unfinished, steps }: ImageUpdate): boolean {
    return (
        isDeepStrictEqual(from, to) &&
        filterChange === undefined &&
        unfinished.names.length === 0 &&
        steps.length === 0
    );
}
