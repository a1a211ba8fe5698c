import { renderLine } from "../../components/model/commandLine";
import { causeTitles } from "../../components/model/diagnosis/cause";
import { errorCatalogue } from "../../automation/errors/errorCatalogue";
import { exitCodes } from "../../automation/errors/exitCodes";
import { code, generatedNote, markdownTable, page } from "./markdown";

const exitCodeMeanings = {
    done: "Done. Nothing was left out.",
    failed: "Failed. Partial success is a failure too.",
    usage: "The command line or the settings are wrong; nothing was changed.",
    notFound: "What the command is about does not exist.",
    busy: "The environment is locked by another update.",
    notReady: "The time limit was over before everything was ready.",
    declined: "You said no; nothing was changed.",
    leftBehind: "A destroy is over, and something is left.",
    interrupted: "Interrupted by Ctrl-C or a signal.",
} as const satisfies Record<keyof typeof exitCodes, string>;

/** Not in the catalogue, because nothing throws it: anything thrown that is no known error is reported as one. */
const defect = {
    exitCode: exitCodes.failed,
    meaning: "A defect of sles-ecs itself.",
    hint: "run again with --debug, and report what it shows",
};

/** docs/errors.md, from the catalogue of errors. */
export function errorsPage(): string {
    const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
    return page(
        generatedNote,
        "# Exit codes and errors",
        'An error is shown on stderr: what happened and why, the command to go on with, and its code. With `--output json` it is one line of JSON: `{"version": 1, "error": {"code", "message", "details", "hint", "exitCode"}}`.',
        "## Exit codes",
        markdownTable(
            ["Code", "Meaning"],
            names.map((name) => [String(exitCodes[name]), exitCodeMeanings[name]]),
        ),
        "## Error codes",
        markdownTable(
            ["Error", "Exit code", "Meaning", "What next"],
            Object.entries({ ...errorCatalogue, DEFECT: defect })
                .sort(([left], [right]) => (left < right ? -1 : 1))
                .map(([name, { exitCode, meaning, hint }]) => [
                    code(name),
                    String(exitCode),
                    meaning,
                    renderLine(hint ?? ""),
                ]),
        ),
        "## Causes",
        "Why a host is not ready, or a group launches none, as `doctor` names it with what shows it and what mends it. NOT_READY names those of hosts.",
        markdownTable(
            ["Cause", "Meaning"],
            Object.entries(causeTitles).map(([name, title]) => [code(name), title]),
        ),
    );
}
