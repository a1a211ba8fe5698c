import { allCommands } from "./allCommands";
import type { Context } from "../ports/context";
import { exitCodes } from "../errors/exitCodes";
import { refuseNegativeTimes } from "./negativeTimes";
import { forgetFailures, withOtherStep, type GivenCommand } from "./otherStep";
import { createParser, type Parsing } from "./parser";
import { reportError } from "./reportError";

/**
 * The command line as a function: reads the arguments, runs one command, shows what goes wrong.
 * @param argv the words after `sles-ecs`
 * @returns the exit code; never throws
 */
export async function main(argv: readonly string[], context: Context): Promise<number> {
    const parsing: Parsing = { argv, context, exitCode: exitCodes.done };
    try {
        refuseNegativeTimes(argv);
        let answer = "";
        await createParser(allCommands, parsing).parseAsync(
            argv.length === 0 ? ["--help"] : [...argv],
            {},
            (_error, _argv, output) => {
                answer = output;
            },
        );
        if (answer !== "") {
            context.io.stdout(`${answer}\n`);
        }
        if (parsing.exitCode === exitCodes.done) {
            await forgetFailures(given(parsing), context);
        }
        return parsing.exitCode;
    } catch (error) {
        const known = await withOtherStep(error, given(parsing), context);
        return reportError(known, context, {
            debug: argv.includes("--debug"),
            json: asksForJson(argv),
            projectDirectory: parsing.projectDirectory,
        });
    }
}

function given({ argv, projectDirectory, environment }: Parsing): GivenCommand {
    return { argv, projectDirectory, environment };
}

/** Read from the bare words, because the command line itself may be what is wrong. */
function asksForJson(argv: readonly string[]): boolean {
    return argv.some(
        (word, index) =>
            /^(--output|-o)=json$/.test(word) ||
            ((word === "--output" || word === "-o") && argv[index + 1] === "json"),
    );
}
