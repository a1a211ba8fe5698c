import type { Problem } from "../problem";
import type { ResolvedSettings } from "./resolve";
import type { SettingsKey } from "./schema";
import type { Settings } from "./settings.generated";

/** What a rule may look at: the settings as written, and with defaults filled in. */
export interface RuleFacts {
    readonly written: Settings;
    readonly settings: ResolvedSettings;
    readonly environment: string;
}

export interface Rule {
    /** The sections that the rule looks at; it says nothing when one of them is wrong in itself. */
    readonly sections: readonly SettingsKey[];
    check(facts: RuleFacts): Problem | readonly Problem[] | undefined;
}
