import * as pulumi from "@pulumi/pulumi";
import { refusedStart, type Findings } from "./model/checks/finding";
import { command, renderLine, type Line } from "./model/commandLine";
import { hostImages, sayNextStep, type NextCommand, type WordNextStep } from "./model/nextStep";
import { problemLine, type Problem } from "./model/problem";

/** Where the settings stand that a person is to change: in the stack's configuration, or in the program that gives them. */
export type SettingsHome = "configuration" | "program";

/**
 * An error for people, which Pulumi prints without a stack trace.
 * @param message what is wrong, why, and what was expected
 * @param nextStep what to do about it
 */
export function refusal(message: string, nextStep: string): pulumi.RunError {
    return forPeople(`${message}\n  ${nextStep}`);
}

/**
 * Pulumi hides the stack of a RunError, and yet has it coloured for its trace, where Node 20 spins on a line of
 * `@pulumi/resource.ts` until the text is too long, 20 s later (github.com/nodejs/node/issues/64011).
 */
function forPeople(message: string): pulumi.RunError {
    const error = new pulumi.RunError(message);
    delete error.stack;
    return error;
}

/** Findings that refuse the start as one error, with the words of the command line; undefined where none does. */
function refusalOf(findings: Findings, home: SettingsHome): pulumi.RunError | undefined {
    const refused = refusedStart(findings, wordNextStep[home]);
    if (refused === undefined) {
        return undefined;
    }
    const { code, message, details, nextStep } = refused;
    const lines = [`${message} [${code}]`, ...details, ...(nextStep === undefined ? [] : [nextStep])];
    return forPeople(lines.map((one) => renderLine(one)).join("\n  "));
}

/**
 * What checks have found out, unless they refuse it or could not find it out; without it there is no program, so that a check
 * that could not be made is one that failed.
 * @throws pulumi.RunError with everything that a person can mend
 */
export function requireFacts<Facts>(findings: Findings, facts: Facts | undefined, home: SettingsHome): Facts {
    const failed =
        refusalOf(findings, home) ??
        (facts === undefined
            ? refusalOf(
                  findings.map((finding) => ({ ...finding, severity: "error" })),
                  home,
              )
            : undefined);
    if (failed !== undefined) {
        throw failed;
    }
    if (facts === undefined) {
        throw new Error("AWS has told neither what there is nor why not");
    }
    return facts;
}

/** The settings' problems as one error for Pulumi's own command line: one line each. */
export function settingsRefusal(environment: string, problems: readonly Problem[]): pulumi.RunError {
    const lines = problems
        .filter(isError)
        .map(
            (problem) => `  ${isSetting(problem) ? "sles-ecs:" : ""}${problemText(problem, "configuration")}`,
        );
    return forPeople([`the settings in Pulumi.${environment}.yaml cannot be used:`, ...lines].join("\n"));
}

/** What refuses the settings that a program gives, a line each. */
export function listProblems(environment: string, problems: readonly Problem[]): string {
    const lines = problems.filter(isError).map((problem) => problemText(problem, "program"));
    return [`the settings of ${environment} cannot be used:`, ...lines].join("\n  ");
}

export function isError({ severity }: Problem): boolean {
    return severity === "error";
}

/** Not a key of another namespace, and not about all of them. */
function isSetting({ path }: Problem): boolean {
    return path !== "" && !path.includes(":");
}

/** The settings' problems as one error for the program that gives them. */
export function inputsRefusal(message: string): pulumi.RunError {
    return forPeople(message);
}

export function problemText(problem: Problem, home: SettingsHome): string {
    return renderLine(problemLine(problem, wordNextStep[home]));
}

const wordNextStep: Readonly<Record<SettingsHome, WordNextStep>> = {
    configuration: (step) => sayNextStep(step, sayToPulumi),
    program: (step) => sayNextStep(step, sayToProgrammer),
};

/** Pulumi's own command where it has one. */
function sayToPulumi(next: NextCommand): Line {
    switch (next.do) {
        case "adoptCluster":
            return "pulumi config set sles-ecs:adoptCluster true";
        case "setSetting":
            return `pulumi config set --path sles-ecs:${next.path} ${next.value}`;
        case "unsetSetting":
            return `leave ${next.path} out: pulumi config rm --path sles-ecs:${next.path}`;
        case "lockImage":
            return command("images", "lock", next.environment, next.newest === true && "--newest");
        case "updateImage":
            return command("images", "update", next.environment, next.to !== undefined && ["--to", next.to]);
        case "listHostImages":
            return listHostImages(next.region);
    }
}

/** No command changes what stands in a program, and those of the command line refuse its stack. */
function sayToProgrammer(next: NextCommand): Line {
    switch (next.do) {
        case "adoptCluster":
            return setInProgram("adoptCluster", "true");
        case "setSetting":
            return setInProgram(next.path, [next.value, next.bound].filter(isSaid).join(" "));
        case "unsetSetting":
            return `leave ${next.path} out of the program's settings`;
        case "lockImage":
            return setInProgram("hostImage.lock", next.newest === true ? newest : "it");
        case "updateImage":
            return setInProgram("hostImage.lock", next.to ?? newest);
        case "listHostImages":
            return listHostImages(next.region);
    }
}

const newest = "the newest image";

function setInProgram(path: string, value: string): string {
    return `set ${path} to ${value} in the program's settings`;
}

function isSaid(word: unknown): boolean {
    return word !== undefined;
}

function listHostImages(region: string): Line {
    return command("images", "list", "--region", region, "--filter", hostImages);
}
