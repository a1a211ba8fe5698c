import { daysBetween } from "../../../components/model/images/imageDate";
import type { LockImageResult } from "../../actions/images/lock";
import { needsAttention, type ImageStatus } from "../../actions/images/imageStatus";
import type { OutdatedResult } from "../../actions/images/outdated";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { OutputFormat } from "../options";

/** What an environment is locked to now, and what to do next. */
export function showLock({ file, ...result }: LockImageResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson({ ...result, settingsFile: file });
    }
    const { environment, lock, before } = result;
    return [
        `${environment} is locked to ${lock.name} (${lock.id}) in ${file}`,
        ...(before === undefined ? [] : [`before: ${before.name} (${before.id})`]),
        `Next: sles-ecs images ${before === undefined ? "outdated" : `update ${environment}`}`,
        "",
    ].join("\n");
}

/** The environments with their images, one line each; then what is the matter with some of them. */
export function showOutdated({ environments }: OutdatedResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson({ environments });
    }
    if (environments.length === 0) {
        return "there are no environments yet\nNext: sles-ecs init\n";
    }
    const table = renderTable(
        ["ENVIRONMENT", "REGION", "LOCKED", "NEWEST", "STATE"],
        environments.map((status) => [
            status.environment,
            status.region,
            status.lock?.name,
            status.newest?.name,
            describeState(status),
        ]),
    );
    const messages = environments.flatMap(({ environment, message }) =>
        message === undefined ? [] : [`${environment}: ${message}`],
    );
    const next = environments.find((status) => needsAttention(status) && status.lock !== undefined);
    return [
        table.trimEnd(),
        ...(messages.length === 0 ? [] : ["", ...messages]),
        ...(next === undefined ? [] : [`Next: ${nextStep(next)}`]),
        "",
    ].join("\n");
}

/** Where no host runs, a lock that moves replaces none. */
function nextStep({ environment, hosts }: ImageStatus): string {
    return hosts?.all === 0
        ? `sles-ecs images lock ${environment} --newest`
        : `sles-ecs images update ${environment}`;
}

const words: Readonly<Record<ImageStatus["state"], string>> = {
    current: "current",
    hostsBehind: "hosts behind",
    outdated: "outdated",
    notLocked: "not locked",
    unknown: "unknown",
    deprecated: "deprecated",
    deletedSoon: "deleted soon",
    gone: "gone",
    wrong: "wrong",
};

function describeState({ state, lock, newest }: ImageStatus): string {
    const days = lock === undefined || newest === undefined ? 0 : daysBetween(lock.date, newest.date);
    return state === "outdated" && days > 0 ? `${words[state]} by ${days} days` : words[state];
}
