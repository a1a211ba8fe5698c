import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./model/problem";
import { parseSettings, pathText, settingsKeys, standInFor, type ResolvedSettings } from "./model/settings";
import { inputsRefusal, listProblems } from "./refusal";
import type { SettingsInputs } from "./settingsInputs.generated";

/** Sections of the settings that a part was given, read as those of a file are. */
export interface PartSettings {
    /** What the part does not take is at its default. */
    readonly settings: ResolvedSettings;
    readonly warnings: readonly Problem[];
    /** The output again that a text stands in for; any other text as it is. */
    readonly restore: <Text extends string | undefined>(text: Text) => pulumi.Input<string> | Text;
}

/** Sections whose texts go into resources as they are; of the others user data is made, or a name. */
const mayHoldOutputs = ["dockerStorage", "hosts", "instanceRole", "tags"];

/**
 * Reads sections of the settings by their schema, and fills in its defaults. An output in them stays one, and is not waited for.
 * @param sections those that the part takes, also where they are undefined
 * @throws pulumi.RunError with every problem
 */
export function readPart(sections: SettingsInputs, environment: string): PartSettings {
    const outputs = new Map<string, pulumi.Output<string>>();
    const misplaced: Problem[] = [];
    const plain = withoutOutputs(sections, [], (output, path) => {
        const standIn = mayHoldOutputs.includes(String(path[0])) && standInFor(path, outputs.size + 1);
        if (typeof standIn === "string") {
            outputs.set(standIn, output as pulumi.Output<string>);
            return standIn;
        }
        misplaced.push({
            path: pathText(path),
            message: "got an output, expected a plain value",
            severity: "error",
        });
        return undefined;
    });
    const unread = settingsKeys.filter((key) => !(key in sections));
    const { settings, problems } = parseSettings(plain, environment, { unread });
    if (settings === undefined || misplaced.length > 0) {
        throw inputsRefusal(listProblems(environment, [...misplaced, ...problems]));
    }
    return { settings, warnings: problems, restore: (text) => outputs.get(text ?? "") ?? text };
}

type Path = readonly (string | number)[];

function withoutOutputs(
    value: unknown,
    path: Path,
    replace: (output: pulumi.Output<unknown>, path: Path) => unknown,
): unknown {
    if (pulumi.Output.isInstance<unknown>(value) || value instanceof Promise) {
        return replace(pulumi.output<unknown>(value), path);
    }
    if (Array.isArray(value)) {
        return value.map((entry, index) => withoutOutputs(entry, [...path, index], replace));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).map(([key, entry]: [string, unknown]) => [
        key,
        withoutOutputs(entry, [...path, key], replace),
    ]);
    return Object.fromEntries(entries);
}
