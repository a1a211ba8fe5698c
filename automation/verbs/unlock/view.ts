import { renderJson } from "../../output/json";
import type { OutputFormat } from "../../command/options";
import type { UnlockResult } from "./unlock";

/** What was unlocked, if anything. */
export function showUnlock(result: UnlockResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, wasUnlocked } = result;
    return wasUnlocked ? `${environment} is not locked\n` : `${environment} is unlocked\n`;
}
