const agentConfigFile = "/etc/ecs/ecs.config";
/** Also in the quotes that a shell takes away; what the shell itself would put in stays as it is written. */
const setting =
    /\b(ECS_[A-Z0-9_]+)=(?:(\{[^}\n]*\})|["']?(\$\([^)\n]*\)|\$\{[^}\n]*\}|`[^`\n]*`|[^\s"'\\;&|>)]+)|)/g;

/** Settings of the ECS agent, such as `ECS_CLUSTER`, as lines of /etc/ecs/ecs.config say them. */
export type AgentConfig = Readonly<Record<string, string>>;

/** Reads `KEY=value` lines as the ECS agent does: split at the first `=`, trimmed, the last of a key counts. */
export function readKeyValues(text: string): AgentConfig {
    const values: Record<string, string> = {};
    for (const line of text.split("\n")) {
        const split = line.indexOf("=");
        if (split > 0 && !line.trimStart().startsWith("#")) {
            values[line.slice(0, split).trim()] = line.slice(split + 1).trim();
        }
    }
    return values;
}

/**
 * The settings that shell text puts into /etc/ecs/ecs.config, by whatever command: `echo`, `printf`, `tee`, a
 * here document. Text that does not name the file sets nothing.
 */
export function agentConfigOfCommands(text: string): AgentConfig {
    if (!text.includes(agentConfigFile)) {
        return {};
    }
    return Object.fromEntries(
        [...text.matchAll(setting)].map(([, key, json, word]) => [key ?? "", json ?? word ?? ""]),
    );
}

/** Whether a value is what only the shell of a host could tell: a variable, a command's output, or a place in printf's words. */
export function isOfShell(value: string): boolean {
    return /[$`]|%s/.test(value);
}

/** Whether shell text writes the file anew instead of adding to it. */
export function overwritesAgentConfig(text: string): boolean {
    return (
        new RegExp(`(^|[^>])>\\s*["']?${agentConfigFile}`).test(text) ||
        /\btee\s+(?!-a|--append)[^|;&]*\/etc\/ecs\/ecs\.config/.test(text)
    );
}
