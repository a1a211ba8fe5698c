import type { Show } from "../../../../components/model/commandLine";
import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import type { LockImageResult } from "./lock";

/** What an environment is locked to now, and what to do next. */
export function showLock({ file, ...result }: LockImageResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson({ ...result, next: show(result.next), settingsFile: file });
    }
    const { environment, lock, before, changed, next } = result;
    const was = before === undefined ? "not locked" : `${before.name} (${before.id})`;
    return [
        changed
            ? `${environment} is locked to ${lock.name} (${lock.id}) in ${file}`
            : `${environment} is locked to ${lock.name} (${lock.id}) in ${file} already; nothing has changed`,
        ...(changed ? [`before: ${was}`] : []),
        `Next: ${show(next)}`,
        "",
    ].join("\n");
}
