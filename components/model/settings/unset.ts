/** Keys under which people choose the names themselves. */
const namesAndValues = ["tags", "attributes", "agentLabels", "pauseLabels", "logOpts"];

/**
 * Drops what counts as not set: null, "" and {}. Pulumi needs a default for every key that Pulumi.yaml
 * describes, and these are the ones that say "none". Within names and values people say what they mean: a tag may
 * be empty.
 */
export function withoutUnset(value: unknown): unknown {
    if (value === null || value === "") {
        return undefined;
    }
    if (Array.isArray(value) || typeof value !== "object") {
        return value;
    }
    const entries = Object.entries(value)
        .map(
            ([key, entry]) =>
                [key, namesAndValues.includes(key) && !isEmpty(entry) ? entry : withoutUnset(entry)] as const,
        )
        .filter(([, entry]) => entry !== undefined);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
    return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

/** Keys at the top whose value is text. */
const textKeys = ["clusterName", "basedOn"];
/** Keys at the top whose value is true or false. */
const booleanKeys = ["adoptCluster"];

/**
 * Gives the simple values at the top their type. `pulumi config set` stores them all as text, while a person
 * who writes the file by hand writes YAML; both must mean the same.
 */
export function withSimpleTypes(settings: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(settings).map(([key, value]) => {
            if (textKeys.includes(key) && (typeof value === "number" || typeof value === "boolean")) {
                return [key, String(value)];
            }
            if (booleanKeys.includes(key) && (value === "true" || value === "false")) {
                return [key, value === "true"];
            }
            return [key, value];
        }),
    );
}
