/** A form value: AWS's query protocol writes structures and lists as dotted names with numbers from 1. */
export type FormValue =
    string | number | boolean | undefined | readonly FormValue[] | { readonly [key: string]: FormValue };

/**
 * Writes a value into a form under a name: `{ Ebs: { VolumeSize: 8 } }` under `BlockDeviceMapping.1` becomes
 * `BlockDeviceMapping.1.Ebs.VolumeSize=8`.
 */
export function writeForm(form: URLSearchParams, name: string, value: FormValue): void {
    if (value === undefined) {
        return;
    }
    if (isList(value)) {
        value.forEach((item, index) => {
            writeForm(form, `${name}.${index + 1}`, item);
        });
    } else if (typeof value === "object") {
        for (const [key, item] of Object.entries(value)) {
            writeForm(form, `${name}.${key}`, item);
        }
    } else {
        form.set(name, String(value));
    }
}

function isList(value: FormValue): value is readonly FormValue[] {
    return Array.isArray(value);
}

/** Reads what is in a form under a name, the reverse of `writeForm`; every leaf is text. */
export function readForm(form: URLSearchParams, name: string): FormValue {
    const direct = form.get(name);
    if (direct !== null) {
        return direct;
    }
    const start = `${name}.`;
    const keys = new Set(
        [...form.keys()]
            .filter((key) => key.startsWith(start))
            .map((key) => key.slice(start.length).split(".")[0] ?? ""),
    );
    if (keys.size === 0) {
        return undefined;
    }
    const entries = [...keys].map((key) => [key, readForm(form, `${start}${key}`)] as const);
    return entries.every(([key]) => /^\d+$/.test(key))
        ? entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, value]) => value)
        : Object.fromEntries(entries);
}

/** The texts of a list, such as `InstanceId.1`, `InstanceId.2`. */
export function readFormList(form: URLSearchParams, name: string): string[] {
    const value = readForm(form, name);
    return value !== undefined && isList(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Takes everything under a name out of a form. */
export function removeFromForm(form: URLSearchParams, name: string): void {
    for (const key of [...form.keys()].filter((key) => key === name || key.startsWith(`${name}.`))) {
        form.delete(key);
    }
}
