import { ignoredText } from "../../../components/model/agent/ignoredSettings";
import { command, type Show } from "../../../components/model/commandLine";
import { causeTitles } from "../../../components/model/diagnosis/cause";
import type { OutputFormat } from "../../command/options";
import { counted } from "../../output/counted";
import { renderJson } from "../../output/json";
import { oneLine } from "../../output/oneLine";
import { themeOf, type Theme } from "../../output/theme";
import type { Context } from "../../ports/context";
import type { Diagnosed } from "./diagnosed";
import type { DoctorResult } from "./doctor";

/** What was found, a block a host, with what shows it and what mends it. */
export function showDoctor(
    result: DoctorResult,
    output: OutputFormat,
    { io, show }: Pick<Context, "io" | "show">,
): string {
    return output === "json" ? asJson(result, show) : asText(result, themeOf(io), show);
}

function asJson({ diagnoses, rest, settingsRemedy, ...result }: DoctorResult, show: Show): string {
    return renderJson({
        ...result,
        settingsRemedy: settingsRemedy && show(settingsRemedy),
        rest: rest && { ...rest, remedy: show(rest.remedy) },
        diagnoses: diagnoses.map(({ id, zone, cause, evidence, remedy }) => ({
            id,
            zone,
            cause: cause ?? "UNKNOWN",
            title: titleOf(cause),
            evidence,
            remedy: remedy && show(remedy),
        })),
    });
}

function asText(result: DoctorResult, theme: Theme, show: Show): string {
    const {
        environment,
        clusterName,
        readyHosts,
        wantedHosts,
        rest,
        diagnoses,
        ignoring,
        missingHosts,
        unread,
        settingsRemedy,
    } = result;
    const hosts = `${readyHosts} of ${counted(wantedHosts, "host")} ready in cluster ${clusterName}`;
    const isGroupIll = diagnoses.some(({ zone }) => zone === undefined);
    const missing = isGroupIll ? 0 : missingHosts;
    return [
        `${theme.strong(environment)}: ${readyHosts < wantedHosts && rest === undefined ? theme.doubtful(hosts) : theme.good(hosts)}`,
        ...(rest === undefined
            ? []
            : [
                  `\n${oneLine(rest.reason)}: its hosts are off on purpose (${rest.because})\n  Next: ${show(settingsRemedy ?? rest.remedy)}`,
              ]),
        ...diagnoses.map((one) => block(one, theme, show)),
        ...ignoring.map(
            ({ id, agentVersion, settings }) =>
                `\n${theme.doubtful(id)}: ${ignoredText(agentVersion, settings)}`,
        ),
        ...(missing > 0
            ? [
                  `\n${counted(missing, "host")} ${missing === 1 ? "does" : "do"} not exist, and EC2 tells of none that was given up\n  Next: ${show(settingsRemedy ?? command("up", environment))}`,
              ]
            : []),
        ...(unread.length > 0 ? ["", ...unread.map((one) => oneLine(`not read: ${one}`))] : []),
        "",
    ].join("\n");
}

function block({ id, zone, cause, evidence, remedy }: Diagnosed, theme: Theme, show: Show): string {
    const where = zone === undefined ? "" : ` ${zone}`;
    return [
        "",
        `${theme.doubtful(id)}${where}: ${titleOf(cause)}${cause === undefined ? "" : ` (${cause})`}`,
        ...evidence.map((one) => `  ${oneLine(one)}`),
        ...(remedy === undefined ? [] : [`  Next: ${show(remedy)}`]),
    ].join("\n");
}

function titleOf(cause: Diagnosed["cause"]): string {
    return cause === undefined ? "no known cause fits; this is what was read" : causeTitles[cause];
}
