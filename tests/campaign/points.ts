import { phases, scenarioOf, type Phase } from "./scenarios";

const callMoments = ["before", "made", "answered"] as const;
const stateMoments = ["written", "cut", "attrs"] as const;

/**
 * Where an engine is killed: in a call to AWS, or once it has written its state; then the file may be cut as by a power
 * failure, or what the backend keeps beside it.
 */
export type Place =
    | {
          readonly kind: "call";
          readonly service: string;
          readonly action: string;
          readonly moment: (typeof callMoments)[number];
      }
    | { readonly kind: "state"; readonly moment: (typeof stateMoments)[number] };

/** One place at which one command of one life is killed. */
export interface Point {
    readonly scenario: string;
    readonly phase: Phase;
    readonly place: Place;
    /** Which call, or which writing, from 1. */
    readonly nth: number;
}

/** As it is printed and given to `--replay`: `network/create/ec2.CreateSubnet#2:made`, `kept/destroy/state#3:cut`. */
export function pointText({ scenario, phase, place, nth }: Point): string {
    const what = place.kind === "state" ? "state" : `${place.service}.${place.action.replaceAll(" /", "~")}`;
    return `${scenario}/${phase}/${what}#${nth}:${place.moment}`;
}

/** @throws Error saying what of the text is no point */
export function parsePoint(text: string): Point {
    const [, scenario = "", phaseName = "", what = "", nth = "", moment = ""] =
        /^(\w+)\/(\w+)\/([^#]+)#(\d+):(\w+)$/.exec(text) ?? [];
    scenarioOf(scenario);
    const phase = phases.find((one) => one === phaseName);
    if (phase === undefined) {
        throw new Error(`phase: got ${phaseName}, expected one of ${phases.join(", ")}`);
    }
    return { scenario, phase, nth: Number(nth), place: parsePlace(what, moment) };
}

function parsePlace(what: string, moment: string): Place {
    if (what === "state") {
        return { kind: "state", moment: oneOf(stateMoments, moment) };
    }
    const [service = "", action = ""] = what.split(/\.(.*)/);
    return {
        kind: "call",
        service,
        action: action.replaceAll("~", " /"),
        moment: oneOf(callMoments, moment),
    };
}

function oneOf<Name extends string>(names: readonly Name[], text: string): Name {
    const known = names.find((one) => one === text);
    if (known === undefined) {
        throw new Error(`moment: got ${text}, expected one of ${names.join(", ")}`);
    }
    return known;
}

/** Everything that happened in one phase of a life that nobody disturbed. */
export interface Recording {
    readonly scenario: string;
    readonly phase: Phase;
    readonly calls: readonly { readonly service: string; readonly action: string }[];
    readonly stateWrites: number;
}

const reading = /^(Describe|Get|List|Simulate|GET )/;

/** Numbers from 0 to 1 in an order that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/**
 * Chooses points: of every action of every phase first one, then another one, so that the rare ones are there too; by
 * chance which call, and which moment of it.
 */
export function choosePoints(
    recordings: readonly Recording[],
    count: number,
    random: () => number,
): readonly Point[] {
    const strata = recordings.flatMap((recording) => strataOf(recording, random));
    const points = new Map<string, Point>();
    for (let rounds = 0; points.size < count && rounds < 50; rounds += 1) {
        for (const draw of shuffled(strata, random)) {
            const point = draw();
            if (points.size < count) {
                points.set(pointText(point), point);
            }
        }
    }
    return [...points.values()];
}

function strataOf(recording: Recording, random: () => number): (() => Point)[] {
    const { scenario, phase, calls, stateWrites } = recording;
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const upTo = (count: number): number => 1 + Math.floor(random() * count);
    const changes = new Map<string, Recording["calls"][number][]>();
    for (const one of calls.filter(({ action }) => !reading.test(action))) {
        const name = `${one.service}.${one.action}`;
        changes.set(name, [...(changes.get(name) ?? []), one]);
    }
    const call = (of: Recording["calls"][number], count: number): Point => ({
        ...{ scenario, phase, nth: upTo(count) },
        place: { ...of, kind: "call", moment: pick(callMoments) },
    });
    const reads = calls.filter(({ action, service }) => reading.test(action) && service !== "pint");
    return [
        ...[...changes.values()].map((same) => () => call(pick(same), same.length)),
        () => {
            const one = pick(reads);
            const same = reads.filter(
                ({ service, action }) => service === one.service && action === one.action,
            );
            return call(one, same.length);
        },
        ...stateMoments.map((moment) => (): Point => ({
            ...{ scenario, phase, nth: upTo(stateWrites) },
            place: { kind: "state", moment },
        })),
    ];
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
    return list
        .map((one) => ({ one, key: random() }))
        .sort((left, right) => left.key - right.key)
        .map(({ one }) => one);
}

/** One life of an environment, and where its phases are interrupted. */
export interface LifePlan {
    readonly scenario: string;
    readonly points: Partial<Record<Phase, Point>>;
}

/** Puts points into as few lives as there can be: of each phase one. */
export function planLives(points: readonly Point[]): readonly LifePlan[] {
    const lives: { scenario: string; points: Partial<Record<Phase, Point>> }[] = [];
    for (const point of points) {
        const free = lives.find(
            (life) => life.scenario === point.scenario && life.points[point.phase] === undefined,
        );
        if (free === undefined) {
            lives.push({ scenario: point.scenario, points: { [point.phase]: point } });
        } else {
            free.points[point.phase] = point;
        }
    }
    return lives;
}
