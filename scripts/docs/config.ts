import type { SettingDescription } from "../../components/model/settings";
import { code, generatedNote, markdownTable, page } from "./markdown";

/** docs/config.md, from the schema of the settings. */
export function configPage(settings: readonly SettingDescription[]): string {
    const top = settings.filter(({ path }) => !path.includes("."));
    return page(
        generatedNote,
        "# Settings",
        "The settings of an environment stand in `Pulumi.<environment>.yaml` under `config:`, each with the prefix `sles-ecs:`. Every one may be left out. A key that is unknown, or does not belong to the `mode` beside it, is refused; all problems are shown at once.",
        markdownTable(
            ["Setting", "Type", "Default", "Meaning"],
            top.map((setting) => [
                nested(settings, setting).length > 0
                    ? `[${code(setting.path)}](#sles-ecs${setting.path.toLowerCase()})`
                    : code(setting.path),
                setting.type,
                defaultText(setting),
                setting.description,
            ]),
        ),
        ...top
            .filter((setting) => nested(settings, setting).length > 0)
            .map((setting) => section(settings, setting)),
    );
}

function nested(
    settings: readonly SettingDescription[],
    { path }: SettingDescription,
): readonly SettingDescription[] {
    return settings.filter((setting) => setting.path.startsWith(`${path}.`));
}

function section(settings: readonly SettingDescription[], setting: SettingDescription): string {
    const all = nested(settings, setting);
    const modes = [...new Set(all.map(({ mode }) => mode))];
    const tables = modes.map((mode) =>
        page(
            mode === undefined ? "" : `With ${code(`mode: ${mode}`)}:`,
            markdownTable(
                ["Key", "Type", "Default", "Meaning"],
                all
                    .filter((entry) => entry.mode === mode)
                    .map((entry) => [
                        code(entry.path.slice(setting.path.length + 1)),
                        entry.type,
                        defaultText(entry),
                        entry.description,
                    ]),
            ),
        ).trimEnd(),
    );
    return page(`## ${code(`sles-ecs:${setting.path}`)}`, setting.description, ...tables).trimEnd();
}

/** "- " in front of a default says that it is behaviour, not a value. */
function defaultText({ defaultText: text, required }: SettingDescription): string {
    if (text === undefined) {
        return required ? "must be given" : "";
    }
    return text.startsWith("- ") ? text.slice(2) : code(text);
}
