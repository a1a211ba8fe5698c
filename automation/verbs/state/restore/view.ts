import type { Show } from "../../../../components/model/commandLine";
import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import type { StateDamage } from "../../../ports/engine";
import type { RestoreResult } from "./restore";

/** What was restored, and from what. */
export function showRestored(
    { environment, damage, next }: RestoreResult,
    output: OutputFormat,
    show: Show,
): string {
    if (output === "json") {
        const { file, remedy } = damage ?? {};
        const from = typeof remedy === "object" ? remedy : undefined;
        return renderJson({ environment, restored: damage !== undefined, file, from, next: show(next) });
    }
    const lines =
        damage === undefined ? [`the state of ${environment} is whole`] : linesOf(environment, damage);
    return [...lines, `Next: ${show(next)}`, ""].join("\n");
}

function linesOf(environment: string, { file, attributes, remedy }: StateDamage): readonly string[] {
    if (remedy === "keep" || remedy === "none") {
        return [
            `the state of ${environment} is whole; what lay beside it was cut, and is gone: ${attributes.join(", ")}`,
        ];
    }
    if (remedy === "forget") {
        return [
            `the state of ${environment} is cut, and its backend keeps no other: where it was the first, nothing had been made by then`,
            `its file is now ${file}.damaged, and there is no environment ${environment} yet`,
        ];
    }
    const { resourceCount, writtenAt } = remedy;
    return [
        `the state of ${environment} is again as it was written at ${writtenAt}, with ${resourceCount} resource${resourceCount === 1 ? "" : "s"} in AWS`,
        `restored from: ${remedy.file}`,
        `what was cut:  ${file}.damaged`,
        `what AWS has made since then is found by its tags: the next up or destroy removes it`,
    ];
}
