export { settingsDescription, type SettingDescription } from "./describe";
export { parseSettings, type ParsedSettings, type ReadingOptions } from "./parse";
export type * from "./resolved";
export { settingsKeys, type Settings } from "./schema";
