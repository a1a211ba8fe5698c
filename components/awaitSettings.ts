import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./model/problem";
import { parseSettings, type ParsedSettings, type ResolvedSettings } from "./model/settings";
import { inputsRefusal, isError, listProblems } from "./refusal";
import type { SettingsInputs } from "./settingsInputs.generated";
import { isPlain, SettingsOutputs } from "./settingsOutputs";

/** Settings that can be used. */
export interface GivenSettings {
    readonly settings: ResolvedSettings;
    readonly warnings: readonly Problem[];
    /** That they came from; missing for plain ones. */
    readonly outputs?: SettingsOutputs;
}

interface Giving {
    /** What the state keeps of them. */
    readonly inputs: ResolvedSettings | SettingsInputs;
    /** Rejected with every problem of what had to be waited for. */
    readonly settings: Promise<GivenSettings>;
    /** The options of the component that is made by them. */
    within(opts?: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions | undefined;
}

/**
 * Reads what a program gives as settings, and waits for the outputs among them.
 * @param read the same, read already
 * @throws pulumi.InputPropertiesError with every problem of plain ones
 */
export function awaitSettings(inputs: SettingsInputs, environment: string, read?: ParsedSettings): Giving {
    if (read !== undefined || isPlain(inputs)) {
        const valid = requireValid(read ?? parseSettings(inputs, environment), environment);
        return { inputs: valid.settings, settings: Promise.resolve(valid), within: (opts) => opts };
    }
    let known: SettingsOutputs | undefined;
    const settings = SettingsOutputs.read(inputs).then((outputs) => {
        known = outputs;
        return requireKnown(outputs, environment);
    });
    // Whoever makes something of them is told; until then nobody listens.
    settings.catch(() => undefined);
    const transformations = [(args: pulumi.ResourceTransformationArgs) => known?.transform(args)];
    return { inputs, settings, within: (opts) => pulumi.mergeOptions(opts, { transformations }) };
}

function requireValid(parsed: ParsedSettings, environment: string): GivenSettings {
    const { settings, problems } = parsed;
    if (settings === undefined) {
        const errors = problems.filter(isError);
        throw new pulumi.InputPropertiesError({
            message: listProblems(environment, errors),
            errors: errors.map(({ path, message }) => ({
                propertyPath: `settings.${path}`,
                reason: message,
            })),
        });
    }
    return { settings, warnings: problems };
}

/** Pulumi shows an InputPropertiesError that comes later as a fault of the program, with a trace of its calls. */
function requireKnown(outputs: SettingsOutputs, environment: string): GivenSettings {
    const parsed = parseSettings(outputs.settings, environment);
    const problems = [...outputs.problems, ...parsed.problems];
    if (parsed.settings === undefined || outputs.problems.length > 0) {
        throw inputsRefusal(outputs.redact(listProblems(environment, problems)));
    }
    const warnings = outputs.redactAll(problems);
    return { settings: parsed.settings, warnings: [...warnings, ...unknownYet(outputs)], outputs };
}

function unknownYet({ unknown }: SettingsOutputs): readonly Problem[] {
    const message = `not known before the update: ${unknown.join(", ")}. What AWS says to that is asked then`;
    return unknown.length === 0 ? [] : [{ path: "", message, severity: "warning" }];
}
