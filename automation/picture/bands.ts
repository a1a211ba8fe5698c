import type { HostStage, RunHost, RunRecord, RunResource } from "../../components/model/runRecord";
import { formatSeconds, secondsBetween } from "../output/durations";
import { hostName } from "./words";

/** A stretch of time, coloured by what it was spent on. */
interface Bar {
    readonly startedAt: string;
    readonly endedAt: string;
    readonly kind: "phase" | "done" | "failed" | "unfinished" | HostStage;
}

/** A line of the chart. */
export interface Row {
    readonly label: string;
    /** How long it took, or what became of it. */
    readonly took: string;
    readonly bars: readonly Bar[];
}

/** Lines that belong together. */
export interface Band {
    readonly title: string;
    readonly rows: readonly Row[];
    readonly took: string;
    /** What its lines are. */
    readonly noun: string;
    /** A plain one is shown as it is; others fold into a line of their own. */
    readonly isPlain: boolean;
}

/** A run as lines: its phases, then what the engine did by what it is a part of, then how each host came up. */
export function bandsOf({ phases, resources, hosts }: RunRecord): readonly Band[] {
    const parts = [...new Set(resources.map(({ part }) => part))];
    return [
        { ...band("Phases", "phase", phases.map(phaseRow)), isPlain: true },
        ...parts.map((part) =>
            band(capitalised(part), "step", resources.filter((one) => one.part === part).map(resourceRow)),
        ),
        ...(hosts.length === 0 ? [] : [band("Boot", "host", [...hosts].sort(byNumber).map(hostRow))]),
    ];
}

function phaseRow({ title, ...span }: RunRecord["phases"][number]): Row {
    return { label: title, took: durationOf(span), bars: [{ ...span, kind: "phase" }] };
}

function resourceRow({ label, operation, outcome, startedAt, endedAt }: RunResource): Row {
    const took = durationOf({ startedAt, endedAt });
    return {
        label: `${operation} ${label}`,
        took: outcome === "done" ? took : `${outcome} after ${took}`,
        bars: [{ startedAt, endedAt, kind: outcome }],
    };
}

function hostRow(host: RunHost): Row {
    const { stages } = host;
    const [first, last] = [stages[0], stages.at(-1)];
    const took =
        first === undefined || last === undefined
            ? ""
            : last.stage === "ready"
              ? stages.length === 1
                  ? "was ready"
                  : `ready after ${durationOf({ startedAt: first.startedAt, endedAt: last.startedAt })}`
              : `${last.stage} for ${durationOf(last)}`;
    return {
        label: hostName(host),
        took,
        bars: stages.map(({ stage, startedAt, endedAt }) => ({ startedAt, endedAt, kind: stage })),
    };
}

function byNumber(left: RunHost, right: RunHost): number {
    return (
        (left.number ?? Infinity) - (right.number ?? Infinity) ||
        (left.instanceId < right.instanceId ? -1 : 1)
    );
}

/** From the first begin of its lines to the last end; what did not go well is told on the line that folds it. */
function band(title: string, noun: string, rows: readonly Row[]): Band {
    const bars = rows.flatMap((row) => row.bars);
    const wrong = rows.filter((row) =>
        row.bars.some(({ kind }) => kind === "failed" || kind === "unfinished"),
    );
    const starts = bars.map(({ startedAt }) => startedAt).sort();
    const ends = bars.map(({ endedAt }) => endedAt).sort();
    const took = durationOf({ startedAt: starts[0] ?? "", endedAt: ends.at(-1) ?? "" });
    return {
        ...{ title, noun, rows },
        took: wrong.length === 0 ? took : `${took}, ${wrong.length} not done`,
        isPlain: false,
    };
}

function capitalised(text: string): string {
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function durationOf({ startedAt, endedAt }: Pick<Bar, "startedAt" | "endedAt">): string {
    const seconds = secondsBetween(new Date(startedAt), new Date(endedAt));
    return formatSeconds(Number.isNaN(seconds) ? 0 : seconds);
}
