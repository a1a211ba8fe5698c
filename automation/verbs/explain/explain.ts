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
    const setting = asked.startsWith(`${settingsNamespace}:`)
        ? asked.slice(settingsNamespace.length + 1)
        : asked;
    const settings = all.filter(({ path }) => path === setting);
    if (settings.length === 0) {
        throw unknown(asked, setting, all);
    }
    return { setting, settings, keys: all.filter(({ path }) => path.startsWith(`${setting}.`)) };
}

function unknown(asked: string, setting: string, all: readonly SettingDescription[]): AppError {
    const paths = [...new Set(all.map(({ path }) => path))];
    // Who knows the key need not know where it stands.
    const sameKey = paths.filter((path) => path.split(".").at(-1) === setting);
    const near = sameKey.length > 0 ? sameKey : nearestWords(setting, paths).slice(0, 3);
    const meant = near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
    return new AppError("SETTING_UNKNOWN", { message: `there is no setting ${asked}${meant}` });
}
