import { nearestWords } from "../../../components/model/nearestWord";
import {
    settingsDescription,
    settingsNamespace,
    type SettingDescription,
} from "../../../components/model/settings";
import { AppError } from "../../errors/appError";

export interface Explained {
    /** Path of what was asked for; missing for the list of all. */
    readonly setting?: string;
    /** The setting itself, once for each mode that has it; every setting of the first level where none was asked for. */
    readonly settings: readonly SettingDescription[];
    /** What stands below it. */
    readonly keys: readonly SettingDescription[];
}

/**
 * What the settings' schema says of one of them.
 * @throws AppError SETTING_UNKNOWN
 */
export function explain(asked: string | undefined): Explained {
    const all = settingsDescription();
    if (asked === undefined || asked === "") {
        return { settings: all.filter(({ path }) => !path.includes(".")), keys: [] };
    }
    const path = asked.startsWith(`${settingsNamespace}:`)
        ? asked.slice(settingsNamespace.length + 1)
        : asked;
    const setting = all.some((one) => one.path === path) ? path : holderOf(path, all);
    if (setting === undefined) {
        throw unknown(asked, path, all);
    }
    const settings = all.filter((one) => one.path === setting);
    return { setting, settings, keys: all.filter(({ path }) => path.startsWith(`${setting}.`)) };
}

function unknown(asked: string, setting: string, all: readonly SettingDescription[]): AppError {
    const paths = [...new Set(all.map(({ path }) => path))];
    // Who knows the key need not know where it stands.
    const sameKey = paths.filter((path) => path.split(".").at(-1) === setting);
    const alike = sameKey.length > 0 ? sameKey : nearestWords(setting, paths).slice(0, 3);
    const near = alike.length > 0 ? alike : paths.filter((path) => setting.startsWith(`${path}.`)).slice(-1);
    const meant = near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
    return new AppError("SETTING_UNKNOWN", { message: `there is no setting ${asked}${meant}` });
}

/**
 * The setting that holds what was asked for, where it holds what people name themselves or a list: `network.ingress` of
 * `network.ingress[0].port`, as errors call it, and `tags` of `tags.team`.
 */
function holderOf(asked: string, all: readonly SettingDescription[]): string | undefined {
    return all.find(
        ({ path, type }) =>
            (holding.test(type) ||
                (type === "object" && !all.some((one) => one.path.startsWith(`${path}.`)))) &&
            /^(\.|\[)/.test(asked.startsWith(path) ? asked.slice(path.length) : ""),
    )?.path;
}

const holding = /^(list of|names and values)/;
