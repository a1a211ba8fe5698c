import { deletion } from "../../components/model/checks/repositories";
import { isProvenGone, type EvidenceItem } from "../../components/model/evidence";
import { command, line, type Show } from "../../components/model/commandLine";
import { lentAmong, removeByHand } from "../inventory/lentItems";
import type { DestroyResult } from "./evidence";
import { AppError } from "../errors/appError";
import { protectedInstances, unprotectAll } from "../errors/instanceProtection";
import { formatSeconds, secondsBetween } from "../output/durations";
import { oneLine } from "../output/oneLine";
import { renderJson } from "../output/json";
import { wordOf } from "../output/resourceWords";
import { renderTable, tableLook } from "../output/table";
import type { Context } from "../ports/context";
import type { OutputFormat } from "../command/options";
import { repositoryType } from "../inventory/found";
import { describeUnseen } from "../inventory/unreadable";

/** The evidence of a destroy: what went, in its order, what stays, and whether anything is left. */
export function showDestroy(
    result: DestroyResult,
    output: OutputFormat,
    { io, show }: Pick<Context, "io" | "show">,
): string {
    const { evidence, alreadyGone, removedSettingsFile } = result;
    if (output === "json") {
        return renderJson(evidence);
    }
    const { environment, removed, startedAt, finishedAt } = evidence;
    const stays = keptLines(result, show);
    if (alreadyGone && isProvenGone(evidence)) {
        const nothing = stays.length === 0 ? "nothing" : "nothing else";
        return [
            `${environment} is gone already: no stack, and ${nothing} in AWS carries its tags`,
            ...stays,
            "",
        ].join("\n");
    }
    const table =
        removed.length === 0
            ? []
            : [renderTable(["REMOVED", "NAME", "ID"], removed.map(row), tableLook(io, ["NAME"]))];
    const seconds = secondsBetween(new Date(startedAt), new Date(finishedAt));
    return [
        ...table,
        ...stays,
        ...(removedSettingsFile === undefined
            ? []
            : [`removed ${removedSettingsFile}, a personal environment's settings`]),
        `${verdictOf(evidence)}; ${formatSeconds(seconds)}`,
        "",
    ].join("\n");
}

function verdictOf({ environment, removed, kept, left, unseen }: DestroyResult["evidence"]): string {
    const went = `${removed.length} removed`;
    if (left.length > 0) {
        return `${environment} is not gone: ${went}, ${left.length} left`;
    }
    return unseen.length > 0
        ? `${environment} is not proven to be gone: ${went}, and ${unseen.map(({ what }) => what).join(", ")} could not be looked for`
        : `${environment} is gone: ${went}, nothing ${kept.length === 0 ? "" : "else "}left that carries its tags`;
}

/** For what the settings file that went with the environment may have said alone: without it nothing is kept any more. */
const fromAnother = ["--from", { placeholder: "environment" }] as const;

/** What stays on purpose, and the commands that take it up again, or away. */
function keptLines(
    { evidence, removedSettingsFile, settingsToTakeUp = [] }: DestroyResult,
    show: Show,
): readonly string[] {
    const { environment, kept, left, givenBack = [] } = evidence;
    const isPersonal = removedSettingsFile !== undefined;
    const volumes = kept.some(({ type }) => type === "ec2:volume");
    const repositories = kept.filter(({ type }) => type === repositoryType);
    const [first] = repositories;
    const again = command(
        "up",
        environment,
        isPersonal && fromAnother,
        isPersonal && settingsToTakeUp.flatMap((one) => ["--set", one]),
        isPersonal &&
            first !== undefined && ["--set", `containerRegistry.repositories=${namesOf(repositories)}`],
    );
    // The settings of a team are changed in their file, and not by the way.
    const edits = isPersonal ? [] : settingsToTakeUp.map((one) => one.replace("=", " to "));
    const howTo = edits.length === 0 ? again : line`set ${edits.join(" and ")}, then: ${again}`;
    const what = [
        ...(volumes ? ["volumes up again, with their data"] : []),
        ...(first === undefined ? [] : ["repositories up again, with their images"]),
    ];
    return [
        ...kept.map((item) => `kept: ${describe({ ...item, type: wordOf(item.type) })}`),
        ...givenBack.map((item) => `given back: ${describe(item)}`),
        ...(left.length === 0 && what.length > 0
            ? [`to take kept ${what.join(", and ")}: ${show(howTo)}`]
            : []),
        ...repositories.map(({ id }) => `to delete kept images: ${deletion(id)}`),
    ];
}

/** As `--set` takes a list. */
function namesOf(repositories: readonly EvidenceItem[]): string {
    return JSON.stringify(repositories.map(({ id }) => id.slice(id.indexOf("/") + 1)));
}

/**
 * @param again removes the rest
 * @throws AppError LEFT_BEHIND when anything survived that should not have, or may have
 */
export function requireNothingLeft(
    { evidence }: DestroyResult,
    again = command("destroy", evidence.environment),
): void {
    const { environment, left, unseen, inTheWay = [], loans = [] } = evidence;
    const notSeen = unseen.map(describeUnseen);
    if (left.length === 0 && unseen.length > 0) {
        throw new AppError("LEFT_BEHIND", {
            message: `nothing is known to be left of ${environment}, but not everything could be looked for`,
            details: notSeen,
            hint: line`get the permissions that are named above, then: ${again}`,
        });
    }
    if (left.length > 0) {
        const holders = inTheWay.map(
            ({ type, name, id, reason }) =>
                `in the way: ${type} ${name} (${id}), not of ${environment}: ${reason}`,
        );
        const guarded = left.flatMap(({ reason = "" }) => protectedInstances(reason));
        throw new AppError("LEFT_BEHIND", {
            message: `${left.length === 1 ? "1 resource" : `${left.length} resources`} of ${environment} still there`,
            details: [...holders, ...left.map(describe), ...notSeen],
            hint:
                guarded.length > 0
                    ? line`${unprotectAll(guarded)}, then: ${again}`
                    : holders.length > 0
                      ? line`delete or move what is in the way, then: ${again}`
                      : line`${removeByHand(left, lentAmong(left, loans))}, then: ${again}`,
        });
    }
}

function row(item: EvidenceItem): [string, string, string] {
    return [wordOf(item.type), item.name, item.id];
}

function describe({ type, name, id, reason }: EvidenceItem): string {
    return oneLine(`${type} ${name} (${id})${reason === undefined ? "" : `: ${reason}`}`);
}
