/** A command of sles-ecs for a host, as its text says. */
export interface HostCommand {
    readonly name: string;
    /** What stands in the text as `name='value'`. */
    readonly values: Readonly<Record<string, string>>;
}

/** What a script has come to on a host. */
export interface ScriptAnswer {
    readonly status: "InProgress" | "Success" | "Failed";
    readonly exitCode: number;
    readonly output: string;
    readonly errors: string;
}

/** What a simulated host says to every other script: it has no shell. */
export const noShell: ScriptAnswer = {
    status: "Failed",
    exitCode: 127,
    output: "",
    errors: "the hosts of the local cloud have no shell: they know the commands of sles-ecs alone, by the line `# sles-ecs command:`",
};

/** The same, whenever it is asked. */
export function always(answer: ScriptAnswer): () => ScriptAnswer {
    return () => answer;
}

/** Reads which command a script is; undefined where it is none of sles-ecs. */
export function readHostCommand(text: string): HostCommand | undefined {
    const name = /^# sles-ecs command: (\S+)$/m.exec(text)?.[1];
    if (name === undefined) {
        return undefined;
    }
    const values = [...text.matchAll(/^([a-z_]+)='([^'\n]*)'$/gm)].map(
        ([, key = "", value = ""]) => [key, value] as const,
    );
    return { name, values: Object.fromEntries(values) };
}
