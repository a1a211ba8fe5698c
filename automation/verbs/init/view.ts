import { command, line, type Show } from "../../../components/model/commandLine";
import type { InitFile, InitResult } from "./init";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { OutputFormat } from "../../command/options";

const words: Readonly<Record<InitFile["outcome"], string>> = {
    written: "written",
    completed: "completed with what it lacked",
    kept: "left as it was",
};

/** What `init` wrote, and what to do next. */
export function showInit(result: InitResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson(result);
    }
    return [
        renderTable(
            ["FILE", "OUTCOME"],
            result.files.map(({ name, outcome }) => [name, words[outcome]]),
        ),
        ...(result.project === undefined ? [] : [`The Pulumi project is called ${result.project}.`]),
        "Next:",
        "  npm install            the Pulumi SDKs; only plain `pulumi up` needs them",
        "  edit Pulumi.dev.yaml   the settings of the environment dev",
        show(line`  ${command("preview", "dev")}   what would be created`),
        show(line`  ${command("up", "dev")}        create it, and wait until its hosts are ready`),
        "",
    ].join("\n");
}
