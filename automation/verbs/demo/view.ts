import { command } from "../../../components/model/commandLine";
import type { DemoResult } from "./demo";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import { renderSteps } from "../../output/steps";
import { renderTable } from "../../output/table";
import type { OutputFormat } from "../../command/options";
import type { Context } from "../../ports/context";

/** Closing words of the demo: that nothing is left, what each phase took, and what to try next. */
export function showDemo(
    result: DemoResult,
    output: OutputFormat,
    { show, io }: Pick<Context, "show" | "io">,
): string {
    if (output === "json") {
        return renderJson(result);
    }
    const left = Object.keys(result.after).map((kind) => [
        kind,
        result.before[kind] ?? 0,
        result.after[kind] ?? 0,
    ]);
    const phases = result.phases.map(({ name, seconds }) => [name, formatSeconds(seconds)]);
    return [
        renderTable(["IN THE ACCOUNT", "BEFORE", "AFTER"], left),
        renderTable(["PHASE", "TOOK"], [...phases, ["all but the set-up", formatSeconds(result.seconds)]]),
        [
            "Next:",
            ...renderSteps(
                [
                    [show(command("init")), "in your own folder: settings of a first environment"],
                    [show(command("local", "start")), "the same by hand, on a local cloud that stays"],
                    [show(command("preview", "dev")), "what would be created, there or in your AWS account"],
                    [show(command("explain")), "what can be set, with values and defaults"],
                ],
                io,
            ),
            "",
        ].join("\n"),
    ].join("\n");
}
