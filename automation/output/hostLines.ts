import { hostStages, type HostStage } from "../../components/model/runRecord";
import type { HostReached } from "../ports/io";
import { formatSeconds, secondsBetween } from "./durations";
import type { AwaitedHost, HostsReached } from "./progressState";
import type { Theme } from "./theme";

/** How many hosts are told of one by one where every line stays. */
const mostNamed = 10;

/** What is drawn of hosts on a terminal: a line a host where all of them fit, else one a stage. */
export function liveHostLines(
    { wanted, all }: HostsReached<AwaitedHost>,
    now: Date,
    theme: Theme,
    room: { readonly rows: number; readonly columns: number },
): readonly string[] {
    const rows = all.length < room.rows ? all.map(rowOf) : stageRows(all);
    const tookOf = ({ since }: Row): string => formatSeconds(secondsBetween(since, now));
    const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
    const names = widest(rows.map(({ name }) => name));
    const stages = widest(rows.map(({ stage }) => stage));
    const times = widest(rows.map(tookOf));
    const lines = rows.map((row) => {
        const name = row.name.padEnd(names);
        const blanks = " ".repeat(stages - row.stage.length);
        const left = room.columns - (2 + names + 2 + stages + 2 + times + 2);
        const time = theme.quiet(tookOf(row).padEnd(times));
        return `  ${name}  ${theme.state(row.stage)}${blanks}  ${time}  ${cutTo(left, row.told)}`.trimEnd();
    });
    return [`  ${readyText({ wanted, all })}`, ...lines];
}

/**
 * What is told of hosts where every line stays: those that have changed; of many how many are in which stage, so that there
 * is one line a look at most.
 */
export function lastingHostLines(before: HostsReached | undefined, hosts: HostsReached): readonly string[] {
    const tell = hosts.all.length > mostNamed ? inShort : oneByOne;
    const told = before === undefined ? [] : tell(before);
    return tell(hosts).filter((line) => !told.includes(line));
}

/** Hosts that are not ready, those first that have been where they are for longest. */
export function longestAwaited({ all }: HostsReached<AwaitedHost>): readonly AwaitedHost[] {
    return all.filter(({ stage }) => stage !== "ready").sort((one, other) => +one.since - +other.since);
}

/** A host and how far it has come, on one line. */
export function hostText({ instanceId, zone, reached }: HostReached): string {
    return `${instanceId} ${zone}: ${reached}`;
}

interface Row {
    readonly name: string;
    readonly stage: HostStage;
    readonly since: Date;
    /** What there is to say beside the stage. */
    readonly told: string;
}

function rowOf(host: AwaitedHost): Row {
    const { stage, since, reached } = host;
    return { name: nameOf(host), stage, since, told: stage === "ready" ? "" : reached };
}

/** How many hosts each stage has, with the one that has been in it for longest. */
function stageRows(all: readonly AwaitedHost[]): readonly Row[] {
    const rows = hostStages.flatMap((stage): readonly Row[] => {
        const [longest, ...others] = all
            .filter((host) => host.stage === stage)
            .sort((one, other) => +one.since - +other.since);
        const told = longest && rowOf(longest);
        return told === undefined
            ? []
            : [
                  {
                      ...told,
                      name: String(others.length + 1),
                      told: stage === "ready" ? "" : `${told.name} longest: ${told.told}`,
                  },
              ];
    });
    const width = Math.max(...rows.map(({ name }) => name.length));
    return rows.map((row) => ({ ...row, name: row.name.padStart(width) }));
}

/** A fixed host has a number of its own; hosts of a group are told apart by their instances alone. */
function nameOf({ number, instanceId }: HostReached): string {
    return number === undefined ? instanceId : `host ${number}`;
}

function readyText({ wanted, all }: HostsReached): string {
    const ready = all.filter(({ stage }) => stage === "ready").length;
    return `${ready} of ${wanted} ${wanted === 1 ? "host" : "hosts"} ready`;
}

function oneByOne(hosts: HostsReached): readonly string[] {
    return [readyText(hosts), ...hosts.all.map(hostText)];
}

function inShort(hosts: HostsReached): readonly string[] {
    const others = hostStages
        .filter((stage) => stage !== "ready")
        .map((stage) => [hosts.all.filter((host) => host.stage === stage).length, stage] as const)
        .filter(([count]) => count > 0);
    const told = others.map(([count, stage]) => `${count} ${stage}`).join(", ");
    return [told === "" ? readyText(hosts) : `${readyText(hosts)}: ${told}`];
}

/** Whole words, as many as there is room for. */
function cutTo(columns: number, text: string): string {
    return text.length <= columns
        ? text
        : `${text.slice(0, Math.max(0, columns - 3)).replace(/\S*$/, "")}...`;
}
