import { readDefault, type SettingDescription } from "../../components/model/settings";
import { code, generatedNote, markdownTable, page } from "./markdown";

/** docs/config.md, from the schema of the settings. */
export function configPage(settings: readonly SettingDescription[]): string {
    const top = settings.filter(({ path }) => !path.includes("."));
    return page(
        generatedNote,
        "# Settings",
        "The settings of an environment stand in `Pulumi.<environment>.yaml` under `config:`, each with the prefix `sles-ecs:`. Every one may be left out. A key that is unknown, or does not belong to the `mode` beside it, is refused; all problems are shown at once. Commands that change nothing, such as `status`, then go by the settings that the last update was given, and warn.",
        "The prefix is `sles-ecs:` whatever the project in Pulumi.yaml is called: a project may be renamed and keeps its settings. A setting under the project's own name, where nothing would read it, or without a prefix is refused. Pulumi reads the settings file with the extension of the project's own file; `Pulumi.<environment>.yml` beside `Pulumi.yaml` is refused.",
        'Text that looks like a number, a date or a truth value needs quotes: `clusterName: "0123"`. Readers of YAML differ on `0123`, `1_0`, `1e3`, `2026-11-29`, `True`, merge keys (`<<`) and tags (`!!int`), and Pulumi\'s is another than most; such values are refused, with the form that keeps their characters. Settings are plain text: one that is stored as a secret is refused.',
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

function defaultText({ defaultText: text, required }: SettingDescription): string {
    if (text === undefined) {
        return required ? "must be given" : "";
    }
    const read = readDefault(text);
    return read.isValue ? code(read.text) : read.text;
}
