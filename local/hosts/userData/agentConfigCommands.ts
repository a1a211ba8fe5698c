const agentConfigFile = "/etc/ecs/ecs.config";
const setting = /\b(ECS_[A-Z0-9_]+)=((?:\{[^}\n]*\})|[^\s"'\\;&|>)]*)/g;

/**
 * The settings that shell text puts into /etc/ecs/ecs.config, by whatever command: `echo`, `printf`, `tee`, a
 * here document. Text that does not name the file sets nothing.
 */
export function agentConfigOfCommands(text: string): Record<string, string> {
    if (!text.includes(agentConfigFile)) {
        return {};
    }
    return Object.fromEntries([...text.matchAll(setting)].map(([, key, value]) => [key ?? "", value ?? ""]));
}

/** Whether shell text writes the file anew instead of adding to it. */
export function overwritesAgentConfig(text: string): boolean {
    return (
        new RegExp(`(^|[^>])>\\s*["']?${agentConfigFile}`).test(text) ||
        /\btee\s+(?!-a|--append)[^|;&]*\/etc\/ecs\/ecs\.config/.test(text)
    );
}
