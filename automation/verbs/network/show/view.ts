import type { SubnetWays } from "../../../../components/model/checks/reach";
import type { Hop, Way } from "../../../../components/model/checks/ways/way";
import { targetNames, targets } from "../../../../components/model/checks/ways/ways";
import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import { renderTable, tableLook } from "../../../output/table";
import type { ShownNetwork } from "./show";
import type { Context } from "../../../ports/context";

/** The ways of each subnet, a line each, and below them what would mend those that are not open. */
export function showWays(shown: ShownNetwork, output: OutputFormat, { io }: Pick<Context, "io">): string {
    if (output === "json") {
        return renderJson(toJson(shown));
    }
    const { environment, subnets } = shown;
    if (subnets.length === 0) {
        return `the network of ${environment} is yet to be created\n`;
    }
    const rows = subnets.flatMap(({ subnet, ways }) =>
        targets.map((target) => {
            const way = ways[target];
            return [subnet.id, subnet.zone, targetNames[target], way.verdict, describe(way)];
        }),
    );
    const remedies = remediesOf(subnets);
    return [
        renderTable(["SUBNET", "ZONE", "TO", "VERDICT", "WAY"], rows, tableLook(io, ["ZONE"], ["VERDICT"])),
        ...(remedies.length === 0 ? [] : ["\nWhat would help:\n", ...remedies.map((one) => `  ${one}\n`)]),
    ].join("");
}

/** What could not be read, a line each. */
export function showUnread({ unread }: ShownNetwork): string {
    return unread.map((message) => `warning: ${message}\n`).join("");
}

function describe(way: Way): string {
    switch (way.verdict) {
        case "open":
            return pathOf(way.hops);
        case "closed":
            return way.reason;
        case "doubtful":
            return `${way.reason}, unless ${way.doubt}`;
    }
}

/** Interface endpoints lead there by themselves, one for each service; everything else is passed in turn. */
function pathOf(hops: readonly Hop[]): string {
    const isInside = ({ kind }: Hop): boolean => kind === "interface endpoint";
    const inside = hops.filter(isInside).map(({ id }) => id);
    const passed = hops.filter((hop) => !isInside(hop)).map(({ id }) => id);
    return [...inside, ...(passed.length === 0 ? [] : [passed.join(" > ")])].join(", ");
}

/** One remedy often mends several ways: each is told once, with whom it is for. */
function remediesOf(subnets: readonly SubnetWays[]): readonly string[] {
    const all = subnets.flatMap(({ subnet, ways }) =>
        targets.flatMap((target) => {
            const way = ways[target];
            return way.verdict === "open" ? [] : { remedy: way.remedy, who: subnet.id };
        }),
    );
    const by = new Map<string, Set<string>>();
    all.forEach(({ remedy, who }) => by.set(remedy, (by.get(remedy) ?? new Set()).add(who)));
    return [...by].map(([remedy, who]) => `${[...who].join(", ")}: ${remedy}`);
}

function toJson({ environment, settingsInvalid, region, subnets, unread }: ShownNetwork): object {
    return {
        environment,
        settingsInvalid,
        region,
        subnets: subnets.map(({ subnet: { id, zone, vpcId }, ways }) => ({ id, zone, vpcId, ways })),
        unread,
    };
}
