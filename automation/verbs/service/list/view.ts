import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import { renderTable, tableLook } from "../../../output/table";
import type { ServicesResult } from "./list";
import type { Context } from "../../../ports/context";

/** A line a service, and what is in the way of those that lack tasks. */
export function showServices(
    result: ServicesResult,
    output: OutputFormat,
    { io }: Pick<Context, "io">,
): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { clusterName, services } = result;
    if (services.length === 0) {
        return `no service is on cluster ${clusterName}\n`;
    }
    const table = renderTable(
        ["SERVICE", "WHOSE", "TASKS", "DEPLOYMENT", "IMAGE", "ADDRESS"],
        services.map(({ name, own, running, desired, rollout, images, addresses }) => [
            name,
            own ? "own" : "others",
            `${running} of ${desired}`,
            rollout.toLowerCase().replaceAll("_", " "),
            images.join(", "),
            addresses.join(" "),
        ]),
        tableLook(io, ["IMAGE", "WHOSE"], ["DEPLOYMENT"]),
    );
    const waiting = services.filter(({ hindrances }) => hindrances.length > 0);
    return [
        table,
        ...waiting.map(
            ({ name, hindrances }) =>
                `\nno host takes another task of ${name}:\n${hindrances.map((one) => `  ${one}\n`).join("")}`,
        ),
    ].join("");
}
