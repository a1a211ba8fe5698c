import { isAccident } from "../../components/model/diagnosis/causes/instance";
import { tagKeys, type Ownership } from "../../components/model/tags";
import { oneLine } from "../output/oneLine";
import type { Theme } from "../output/theme";
import type { Host } from "../ports/aws";
import { isGone } from "./find";

/** What there is to tell of hosts that should be there and are not. */
export interface Missing {
    /** Those of which EC2 still tells why they were lost. */
    readonly lost: readonly Host[];
    /** How many more there are, of which nobody tells anything. */
    readonly untold: number;
}

/** @param hosts of the environment, those that are gone included */
export function missingOf(wantedHosts: number, hosts: readonly Host[]): Missing {
    const count = wantedHosts - hosts.filter((host) => !isGone(host)).length;
    const lost = count > 0 ? hosts.filter((host) => isGone(host) && isAccident(host)) : [];
    return { lost, untold: Math.max(0, count - lost.length) };
}

export function missingLine(count: number, { stack }: Pick<Ownership, "stack">): string {
    const what = count === 1 ? "1 more host does" : `${count} more hosts do`;
    return `${what} not exist: EC2 has no other instance with the tag ${tagKeys.stack}=${stack}`;
}

/** What an answer tells of hosts that should be there and are not. */
export interface ToldMissing {
    /** How many should be there and are not. */
    readonly missingHosts: number;
    /** Those of them of which EC2 still tells why they were lost. */
    readonly lostHosts: readonly (Host & { readonly reached: string })[];
}

/** The same in words, a line for each that was lost and one for the others. */
export function missingText(
    { missingHosts, lostHosts, stack }: ToldMissing & Pick<Ownership, "stack">,
    theme: Theme,
): string {
    const untold = missingHosts - lostHosts.length;
    return [
        ...lostHosts.map((host) => `${theme.doubtful(host.instanceId)}: ${oneLine(host.reached)}\n`),
        ...(untold > 0 ? [`${missingLine(untold, { stack })}\n`] : []),
    ].join("");
}
