import { z } from "zod";
import { settingsSchema } from "./schema";

/** A JSON schema of settings, as far as it is looked into, and what the settings' own says beside (fields.ts, `meta`). */
export interface SettingSchema {
    readonly type?: string;
    readonly const?: string;
    readonly enum?: readonly string[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly description?: string;
    readonly defaultText?: string;
    /** The values it takes, where the schema alone cannot say. */
    readonly typeText?: string;
    readonly mayBeOutput?: string;
    readonly items?: SettingSchema;
    readonly properties?: Readonly<Record<string, SettingSchema>>;
    readonly additionalProperties?: SettingSchema | false;
    /** Modes. */
    readonly oneOf?: readonly SettingSchema[];
    /** A switch, or a group of keys that turns it on. */
    readonly anyOf?: readonly SettingSchema[];
    readonly required?: readonly string[];
}

/** The schema of what a person writes. */
export function settingsJsonSchema(): SettingSchema {
    return z.toJSONSchema(settingsSchema, { io: "input" }) as SettingSchema;
}
