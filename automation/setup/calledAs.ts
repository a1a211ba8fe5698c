/**
 * How a shell finds this program, for the commands that are printed: by its name, or by the package manager that has run it, out
 * of whose folder no shell has it on its PATH. npm and pnpm say in `npm_command` what they do (docs.npmjs.com, npm exec), Yarn only
 * that a script runs.
 */
export function calledAs(env: Readonly<Record<string, string | undefined>>): readonly string[] {
    const name = "sles-ecs";
    const manager = /^\w+/.exec(env["npm_config_user_agent"] ?? "")?.[0];
    const isRun = ["exec", "run", "run-script"].includes(env["npm_command"] ?? "");
    if (manager === "yarn" && env["npm_lifecycle_event"] !== undefined) {
        return ["yarn", name];
    }
    if (!isRun) {
        return [name];
    }
    return manager === "pnpm" ? ["pnpm", "exec", name] : ["npx", name];
}
