import * as pulumi from "@pulumi/pulumi";
import { refusedStart, type Findings } from "./model/checks/finding";
import { sayNextStep, type NextCommand, type NextStep } from "./model/nextStep";
import { problemLine, type Problem } from "./model/problem";

/**
 * An error for people, which Pulumi prints without a stack trace.
 * @param message what is wrong, why, and what was expected
 * @param nextStep what to do about it
 */
export function refusal(message: string, nextStep: string): pulumi.RunError {
    return new pulumi.RunError(`${message}\n  ${nextStep}`);
}

/** Findings that refuse the start as one error, with the words of the command line; undefined where none does. */
export function refusalOf(findings: Findings): pulumi.RunError | undefined {
    const refused = refusedStart(findings, wordNextStep);
    if (refused === undefined) {
        return undefined;
    }
    const { code, message, details, nextStep } = refused;
    const lines = [`${message} [${code}]`, ...details, ...(nextStep === undefined ? [] : [nextStep])];
    return new pulumi.RunError(lines.join("\n  "));
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

export function problemText(problem: Problem): string {
    return problemLine(problem, wordNextStep);
}

function wordNextStep(step: NextStep): string {
    return sayNextStep(step, say);
}

/** Pulumi's own command where it has one. */
function say(command: NextCommand): string {
    switch (command.do) {
        case "adoptCluster":
            return "pulumi config set sles-ecs:adoptCluster true";
        case "setSetting":
            return `pulumi config set --path sles-ecs:${command.path} ${command.value}`;
        case "unsetSetting":
            return `leave ${command.path} out: pulumi config rm --path sles-ecs:${command.path}`;
        case "lockImage":
            return `sles-ecs images lock ${command.environment}${command.newest === true ? " --newest" : ""}`;
        case "updateImage":
            return `sles-ecs images update ${command.environment}${command.to === undefined ? "" : ` --to ${command.to}`}`;
        case "listHostImages":
            return `sles-ecs images list --region ${command.region} --filter name~ecs`;
    }
}
