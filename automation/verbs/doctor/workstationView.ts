import type { Show } from "../../../components/model/commandLine";
import type { OutputFormat } from "../../command/options";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import { themeOf } from "../../output/theme";
import type { Context } from "../../ports/context";
import type { Check } from "./check";
import type { Workstation } from "./workstation";

const words = { good: "ok", doubtful: "?", bad: "no" } as const satisfies Record<Check["verdict"], string>;

/** What this machine has and lacks: a line each, and what to do about what is missing. */
export function showWorkstation(
    { checks }: Workstation,
    output: OutputFormat,
    { io, show }: Pick<Context, "io" | "show">,
): string {
    if (output === "json") {
        return renderJson({ checks: checks.map((check) => withText(check, show)) });
    }
    const theme = themeOf(io);
    const rows = checks.map(({ what, verdict, found }) => [words[verdict], what, found]);
    const remedies = checks.flatMap(({ what, verdict, remedy }) =>
        remedy === undefined
            ? []
            : [`${verdict === "bad" ? theme.bad(what) : theme.doubtful(what)}: ${show(remedy)}\n`],
    );
    return [
        renderTable(["", "CHECK", "FOUND"], rows),
        ...(remedies.length > 0 ? ["\n", ...remedies] : []),
    ].join("");
}

function withText({ remedy, ...check }: Check, show: Show): object {
    return { ...check, remedy: remedy && show(remedy) };
}
