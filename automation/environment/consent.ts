import { command, type CommandLine } from "../../components/model/commandLine";
import type { CommonOptions } from "../command/command";
import type { Context } from "../ports/context";
import { oneLine } from "../output/oneLine";
import { AppError } from "../errors/appError";

/**
 * Asks whether to go on, after the plan has been shown on stderr.
 * @throws AppError DECLINED after a no, CONSENT_NEEDED where nobody can be asked
 */
export async function requireConsent(
    context: Pick<Context, "io">,
    options: Pick<CommonOptions, "yes">,
    question: string,
    asked: CommandLine,
): Promise<void> {
    if (options.yes) {
        return;
    }
    if (!context.io.interactive) {
        throw consentNeeded(question, asked);
    }
    if (!(await context.io.confirm(oneLine(question)))) {
        throw new AppError("DECLINED", { message: "declined; nothing was changed", hint: asked });
    }
}

/** @param question that nobody can be asked, or what it is about */
export function consentNeeded(question: string, asked: CommandLine): AppError {
    return new AppError("CONSENT_NEEDED", {
        message: `consent is needed, and there is no terminal to ask at: ${question}`,
        hint: command(...asked.words, "--yes"),
    });
}
