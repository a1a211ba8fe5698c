import type { OutputFormat } from "../../../command/options";
import { oneLine } from "../../../output/oneLine";
import { renderJson } from "../../../output/json";
import { renderTable, tableLook } from "../../../output/table";
import type { ListResult } from "./list";
import type { Context } from "../../../ports/context";
import { momentCell } from "../../../output/when";

/** Packages that hosts can install, and images in the repositories. */
export function showContainers(
    result: ListResult,
    output: OutputFormat,
    { io, clock }: Pick<Context, "io" | "clock">,
): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { packages, unasked, repositories } = result;
    const moment = momentCell({ io, clock });
    const rows = repositories.flatMap(({ name, images }) =>
        images
            .filter(({ tags }) => tags.length > 0)
            .map(({ tags, digest, pushedAt }) => [
                name,
                tags.join(", "),
                digest.slice(0, "sha256:".length + 12),
                moment(pushedAt?.toISOString()),
            ]),
    );
    return [
        packages === undefined
            ? `packages are not known: ${oneLine(unasked ?? "")}\n`
            : packages.found.length === 0
              ? `host ${packages.instanceId} finds no package with a container image\n`
              : renderTable(
                    ["PACKAGE", "ON THE HOST", "SUMMARY"],
                    packages.found.map(({ name, installed, summary }) => [
                        name,
                        installed ? "installed" : "",
                        oneLine(summary),
                    ]),
                    tableLook(io, ["SUMMARY"]),
                ),
        rows.length === 0
            ? "the environment's repositories hold no image with a tag\n"
            : renderTable(["REPOSITORY", "TAG", "DIGEST", "PUSHED"], rows, tableLook(io, ["DIGEST"])),
    ].join("\n");
}
