import type { Io } from "../ports/io";
import { shellWord } from "./shellWord";

/** The text with `-C` in every command of this program: a command to go on with must find the same project. */
export function withProjectOption(text: string, projectDirectory: string | undefined): string {
    return projectDirectory === undefined
        ? text
        : text.replaceAll(
              /(?<![\w./-])sles-ecs (?=(?:completion|demo|destroy|images|init|list|local|outputs|preview|refresh|status|up|wait|--help)\b)/g,
              () => `sles-ecs -C ${shellWord(projectDirectory)} `,
          );
}

/** Puts `-C` into the lines of an answer that say what to do next. */
export function ioOfProject(io: Io, projectDirectory: string | undefined): Io {
    const nextSteps = /^(Next: | {2}sles-ecs ).*$/gm;
    return {
        ...io,
        stdout: (text) =>
            io.stdout(text.replaceAll(nextSteps, (line) => withProjectOption(line, projectDirectory))),
    };
}
