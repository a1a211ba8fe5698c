import type { Answer } from "../engine/harness";

/** What became of a command whose own words were followed until it was done. */
export interface Following {
    readonly commands: readonly string[];
    /** Why it came to no end. */
    readonly trouble?: string;
}

const longestWay = 8;

/**
 * Runs a command, and after it whatever the product says is next, until the command itself has been done; as a person
 * does who believes what is printed. The same words twice are a circle.
 */
export async function follow(run: (line: string) => Promise<Answer>, wanted: string): Promise<Following> {
    const commands: string[] = [];
    const failures = new Set<string>();
    let line = wanted;
    while (commands.length < longestWay) {
        const answer = await run(line);
        commands.push(`${line} -> ${answer.exitCode}`);
        if (answer.exitCode === 0) {
            const rest = leftIn(answer.stdout);
            if (line === wanted && rest === undefined) {
                return { commands };
            }
            if (rest !== undefined) {
                const after = await follow(run, rest);
                return { ...after, commands: [...commands, ...after.commands] };
            }
            line = wanted;
            continue;
        }
        const failure = `${line}: ${errorIn(answer.stderr)}`;
        if (failures.has(failure)) {
            return { commands, trouble: `advised again what had failed the same way:\n${answer.stderr}` };
        }
        failures.add(failure);
        const next = nextIn(answer.stderr);
        const command = next === undefined ? undefined : commandIn(next, line);
        if (command === undefined) {
            return {
                commands,
                trouble: `no command to go on with: ${next ?? "no Next"}; ${failure}\n${answer.stderr}`,
            };
        }
        line = command;
    }
    return { commands, trouble: `not done after ${longestWay} commands` };
}

/** The whole error, but for what differs from run to run. */
function errorIn(stderr: string): string {
    const lines = stderr.split("\n");
    const start = lines.findIndex((line) => line.startsWith("error: "));
    return start < 0
        ? `(without an error) ${stderr.slice(-500)}`
        : lines
              .slice(start)
              .join(" ")
              .replace(/process \d+|since \S+/g, "");
}

/** What takes away that a command was not to touch, though it is done. */
function leftIn(stdout: string): string | undefined {
    return /left alone\nNext: (.*)$/m.exec(stdout)?.[1];
}

function nextIn(stderr: string): string | undefined {
    return /^Next: (.*)$/m.exec(stderr)?.[1];
}

const starters = /^(sles-ecs|pulumi|aws|cp|mkdir|rm|export) /;

/** What of the advice can be run; what is no command, such as "find what uses it", is the person's part. */
function commandIn(next: string, line: string): string | undefined {
    if (/^run the same command again/.test(next)) {
        return line;
    }
    const parts = next.split(/, then: |; only when you know that it is dead: /);
    const commands = parts.filter((part) => starters.test(part));
    return commands.length === 0 ? undefined : commands.join(" && ");
}
