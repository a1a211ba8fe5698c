import { command, type Show } from "../../../components/model/commandLine";
import { isProvenGone } from "../../../components/model/evidence";
import { projectOf } from "../../../components/model/tags";
import type { OutputFormat } from "../../command/options";
import { AppError } from "../../errors/appError";
import { oneLine } from "../../output/oneLine";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import { requireNothingLeft, showDestroy } from "../../teardown/view";
import type { ListedOwner, OrphansResult } from "./orphans";
import type { RemovedOrphans } from "./remove";
import { describeUnseen } from "../../inventory/unreadable";

const states: Readonly<Record<ListedOwner["state"], string>> = {
    here: "found here",
    unreadable: "unreadable here",
    none: "not found in this backend",
};

/** Every environment that has something in AWS, whether a state here knows it, and what is there of those that none knows. */
export function showOrphans(result: OrphansResult, output: OutputFormat, show: Show): string {
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
    const kept = environments.filter(({ keptVolumes }) => keptVolumes.length > 0);
    const [first] = lost.filter((one) => one.state === "none" && one.stackId !== undefined && isOurs(one));
    const table = renderTable(
        ["ENVIRONMENT", "STACK", "ID", "OWNER", "ENDS", "OLDEST HOST", "REGION", "STATE", "RESOURCES"],
        environments.map((one) => [
            ...[one.environment, one.stack, one.stackId, one.owner].map((text) => text && oneLine(text)),
            ...[one.expiresAt, one.oldestHost, one.region, describeState(one), one.resources?.length],
        ]),
    );
    return [
        ...(environments.length === 0 ? [`nothing of sles-ecs in ${where}`] : [table]),
        ...lost.flatMap(({ stack, resources = [] }) => [
            `${oneLine(stack)}:`,
            ...resources.map(({ type, id }) => `  ${type} ${id}`),
        ]),
        ...kept.map(({ stack, keptVolumes }) => `kept of ${oneLine(stack)}: ${keptVolumes.join(", ")}`),
        ...(first === undefined
            ? []
            : [
                  "An environment of another backend looks the same from here: remove what you know to be nobody's.",
                  `Next: ${show(command("orphans", "--remove", "--id", first.stackId, "--region", first.region))}`,
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

/** What went, environment by environment. */
export function showRemoved(
    { environments, volumes }: RemovedOrphans,
    output: OutputFormat,
    show: Show,
): string {
    if (output === "json") {
        return renderJson({ environments, volumes });
    }
    return [
        ...volumes.map((id) => `deleted kept volume ${id}\n`),
        ...environments.map((evidence) => showDestroy({ alreadyGone: false, evidence }, output, show)),
    ].join("");
}

/** @throws AppError LEFT_BEHIND where something of one of them is left */
export function requireAllGone({ environments }: RemovedOrphans): void {
    environments
        .filter((one) => !isProvenGone(one))
        .forEach((evidence) => {
            const { stackId = "", region } = evidence;
            requireNothingLeft(
                { alreadyGone: false, evidence },
                command("orphans", "--remove", "--id", stackId, "--region", region),
            );
        });
}
