import { isProvenGone } from "../../../components/model/evidence";
import { projectOf } from "../../../components/model/tags";
import type { OutputFormat } from "../../command/options";
import { AppError } from "../../errors/appError";
import { oneLine } from "../../output/oneLine";
import { renderJson } from "../../output/json";
import { renderTable, tableLook } from "../../output/table";
import { exitCodeOfAll, whatIsLeft } from "../../teardown/endOne";
import { orphanRemoval } from "../../teardown/orphanRemoval";
import { requireNothingLeft, showDestroy } from "../../teardown/view";
import type { ListedOwner, OrphansResult } from "./orphans";
import type { RemovedOrphans } from "./remove";
import { describeUnseen } from "../../inventory/unreadable";
import type { Context } from "../../ports/context";
import { momentCell } from "../../output/when";

const states: Readonly<Record<ListedOwner["state"], string>> = {
    here: "found here",
    unreadable: "unreadable here",
    none: "not found in this backend",
};

/**
 * Every environment that has something in AWS, whether a state here knows it, and what is there of those that none knows.
 * @param environment the only one that was looked for
 */
export function showOrphans(
    result: OrphansResult,
    output: OutputFormat,
    { io, show, clock }: Pick<Context, "io" | "show" | "clock">,
    environment?: string,
): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environments, accountId, regions, project } = result;
    // Whether another project's states know something nobody here can tell.
    const isOurs = (one: ListedOwner): boolean => projectOf(one) === project;
    const describeState = (one: ListedOwner): string =>
        one.state === "none" && !isOurs(one) ? "of another project" : states[one.state];
    const where = `account ${accountId}, ${regions.join(", ")}`;
    const lost = environments.filter(({ state, resources = [] }) => state !== "here" && resources.length > 0);
    const kept = environments.filter(
        ({ keptVolumes, keptRepositories }) => keptVolumes.length + keptRepositories.length > 0,
    );
    const [first] = lost.filter((one) => one.state === "none" && one.stackId !== undefined && isOurs(one));
    const moment = momentCell({ io, clock });
    const table = renderTable(
        ["ENVIRONMENT", "STACK", "ID", "OWNER", "ENDS", "OLDEST HOST", "REGION", "STATE", "RESOURCES"],
        environments.map((one) => [
            ...[one.environment, one.stack, one.stackId, one.owner],
            ...[moment(one.expiresAt), moment(one.oldestHost), one.region, describeState(one)],
            one.resources?.length,
        ]),
        tableLook(io, ["STACK", "OLDEST HOST", "OWNER", "REGION", "ENDS", "RESOURCES"]),
    );
    return [
        ...(environments.length === 0 ? [`nothing of ${environment ?? "sles-ecs"} in ${where}`] : [table]),
        ...lost.flatMap(({ stack, resources = [] }) => [
            `${oneLine(stack)}:`,
            ...resources.map(({ type, id }) => `  ${type} ${id}`),
        ]),
        ...kept.map(
            ({ stack, keptVolumes, keptRepositories }) =>
                `kept of ${oneLine(stack)}: ${[...keptVolumes, ...keptRepositories].join(", ")}`,
        ),
        ...(first === undefined
            ? []
            : [
                  "An environment of another backend looks the same from here: remove what you know to be nobody's.",
                  `Next: ${show(orphanRemoval(first))}`,
              ]),
        "",
    ].join("\n");
}

/** @throws AppError LEFT_BEHIND where not everything could be looked for */
export function requireSeen({ unseen }: OrphansResult): void {
    if (unseen.length > 0) {
        throw new AppError("LEFT_BEHIND", {
            message: "not everything could be looked for: there may be more than the list shows",
            details: unseen.map(describeUnseen),
            hint: "get the permissions that are named above, then run the same command again",
        });
    }
}

/** What went, environment by environment, and of several what did not. */
export function showRemoved(
    result: RemovedOrphans,
    output: OutputFormat,
    context: Pick<Context, "io" | "show">,
): string {
    const { show } = context;
    const { environments, volumes, repositories, failed } = result;
    if (output === "json") {
        return renderJson({
            ...{ environments, volumes, repositories },
            failed: failed.map(({ next: _, ...one }) => one),
        });
    }
    const [next] = [
        ...failed.flatMap((one) => one.next ?? []),
        ...environments.filter((one) => !isProvenGone(one)).map((one) => orphanRemoval(one)),
    ];
    return [
        ...volumes.map((id) => `deleted kept volume ${id}\n`),
        ...repositories.map((name) => `deleted kept repository ${name}, with its images\n`),
        ...environments.map((evidence) => showDestroy({ alreadyGone: false, evidence }, output, context)),
        ...(isOfSeveral(result)
            ? [
                  ...environments
                      .filter((one) => !isProvenGone(one))
                      .map((one) => `left of ${one.environment}: ${oneLine(whatIsLeft(one))}\n`),
                  ...failed.map(
                      ({ id, environment, reason }) =>
                          `not removed: ${environment === undefined ? id : `${environment} (${id})`}: ${oneLine(reason)}\n`,
                  ),
                  ...(next === undefined ? [] : [`Next: ${show(next)}\n`]),
              ]
            : []),
    ].join("");
}

/**
 * What the exit code is; where there was only one to remove, its error says what to do.
 * @throws AppError LEFT_BEHIND where something of the only one is left
 */
export function concludeRemoved(result: RemovedOrphans): number {
    const { environments, failed } = result;
    if (!isOfSeveral(result)) {
        environments.forEach((evidence) =>
            requireNothingLeft({ alreadyGone: false, evidence }, orphanRemoval(evidence)),
        );
    }
    return exitCodeOfAll([
        ...environments.map((one) => (isProvenGone(one) ? "destroyed" : "left")),
        ...failed.map(() => "failed"),
    ]);
}

function isOfSeveral({ environments, volumes, repositories, failed }: RemovedOrphans): boolean {
    return environments.length + volumes.length + repositories.length + failed.length > 1;
}
