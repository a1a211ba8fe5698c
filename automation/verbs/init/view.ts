import { command } from "../../../components/model/commandLine";
import type { InitFile, InitResult } from "./init";
import { renderJson } from "../../output/json";
import { renderSteps } from "../../output/steps";
import { renderTable } from "../../output/table";
import type { OutputFormat } from "../../command/options";
import type { Context } from "../../ports/context";

const words: Readonly<Record<InitFile["outcome"], string>> = {
    written: "written",
    completed: "completed with what it lacked",
    kept: "left as it was",
};

/** What `init` wrote, and what to do next. */
export function showInit(
    result: InitResult,
    output: OutputFormat,
    { show, io }: Pick<Context, "show" | "io">,
): string {
    if (output === "json") {
        return renderJson(result);
    }
    return [
        renderTable(
            ["FILE", "OUTCOME"],
            result.files.map(({ name, outcome }) => [name, words[outcome]]),
        ),
        ...aboutProject(result),
        "Next:",
        ...renderSteps(
            [
                ...(result.state.needsPassphrase
                    ? [
                          [
                              "export PULUMI_CONFIG_PASSPHRASE=",
                              "locks secrets in the state; an empty one counts",
                          ] as const,
                      ]
                    : []),
                ["edit Pulumi.dev.yaml", "the settings of the environment dev"],
                [show(command("preview", "dev")), "what would be created"],
                [show(command("up", "dev")), "create it, and wait until its hosts are ready"],
                [show(command("local", "start")), "or try it on this machine first, without an AWS account"],
                ["npm install", "the Pulumi SDKs; only plain `pulumi up` needs them"],
            ],
            io,
        ),
        "",
    ].join("\n");
}

function aboutProject({ project, region, state: { backend } }: InitResult): readonly string[] {
    return [
        ...(project === undefined ? [] : [`The Pulumi project is called ${project}.`]),
        ...(region === undefined ? [] : [`The environment dev is going to be in ${region}.`]),
        ...(backend === undefined ? [] : [`Pulumi keeps the state in ${backend}.`]),
    ];
}
