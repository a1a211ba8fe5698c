import { renderLine, type Line } from "./model/commandLine";
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./model/problem";

/**
 * An error for people, which Pulumi prints without a stack trace.
 * @param message what is wrong, why, and what was expected
 * @param nextStep what to do about it
 * @param details more on what is wrong, one line each
 */
export function refusal(message: string, nextStep: Line, details: readonly string[] = []): pulumi.RunError {
    return new pulumi.RunError([message, ...details, renderLine(nextStep)].join("\n  "));
}

/** The settings' problems as one error for Pulumi's own command line: one line each. */
export function settingsRefusal(environment: string, problems: readonly Problem[]): pulumi.RunError {
    const lines = problems
        .filter((problem) => problem.severity === "error")
        .map((problem) => `  sles-ecs:${problemText(problem)}`);
    return new pulumi.RunError(
        [`the settings in Pulumi.${environment}.yaml cannot be used:`, ...lines].join("\n"),
    );
}

export function problemText({ path, message, hint }: Problem): string {
    return `${path}: ${message}${hint === undefined ? "" : ` (${renderLine(hint)})`}`;
}
