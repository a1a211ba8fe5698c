import { command, line } from "../../../components/model/commandLine";
import { readDefault, type SettingDescription } from "../../../components/model/settings";
import type { OutputFormat } from "../../command/options";
import { renderJson } from "../../output/json";
import { renderTable, tableLook } from "../../output/table";
import { wrapped } from "../../output/wrapped";
import type { Context } from "../../ports/context";
import type { Explained } from "./explain";

/** What `explain` found, as a page of text. */
export function showExplained(
    explained: Explained,
    output: OutputFormat,
    { io, show }: Pick<Context, "io" | "show">,
): string {
    if (output === "json") {
        return renderJson(explained);
    }
    if (explained.setting === undefined) {
        const rows = explained.settings.map((one) => [one.path, firstWords(one.description)]);
        return `${renderTable(["SETTING", "MEANING"], rows, tableLook(io, ["MEANING"], []))}\nMore: ${show(line`${command("explain")} <setting>`)}\n`;
    }
    return [
        ...explained.settings.map((one) => entry(one, io.columns, 0)),
        ...modesOf(explained.keys).map((mode) => {
            const keys = explained.keys.filter((key) => key.mode === mode);
            const head = mode === undefined ? "Keys:" : `Keys with mode: ${mode}`;
            return `${head}\n\n${keys.map((key) => entry(key, io.columns, 2)).join("\n")}`;
        }),
    ].join("\n");
}

function modesOf(keys: readonly SettingDescription[]): readonly (string | undefined)[] {
    return [...new Set(keys.map(({ mode }) => mode))];
}

/** `hosts.count  integer 0 to 5000, default 1`, and below it what that means. */
function entry(setting: SettingDescription, columns: number, indent: number): string {
    const { path, mode, type, description } = setting;
    const ofMode = indent === 0 && mode !== undefined ? ` (mode: ${mode})` : "";
    return (
        wrapped(`${path}${ofMode}: ${type}${defaultOf(setting)}`, columns, indent) +
        (description === "" ? "" : wrapped(description, columns, indent + 4))
    );
}

function defaultOf({ defaultText, required }: SettingDescription): string {
    if (defaultText === undefined) {
        return required ? "; must be given" : "";
    }
    return `; default: ${readDefault(defaultText).text}`;
}

/** As much as a line of a list has room for: up to the first full stop or colon. */
function firstWords(text: string): string {
    return /^.*?(?=[.:](?: |$))/.exec(text)?.[0] ?? text;
}
