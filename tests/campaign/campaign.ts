import { Life, type PointResult } from "./life";
import { choosePoints, pointText, seeded, type LifePlan, type Point, type Recording } from "./points";
import { scenarios } from "./scenarios";
import { Stage } from "./stage";

/** What a campaign is to do. */
export interface CampaignOptions {
    readonly seed: number;
    readonly kills: number;
    /** How many lives go on at once, each in a local cloud of its own. */
    readonly workers: number;
    /** Told of every point as soon as it is done. */
    readonly report: (result: PointResult) => void;
}

/** Records one life of each scenario that nobody disturbs, and chooses among what happens in them. */
export async function chooseAmongRecorded({
    seed,
    kills,
    workers,
}: CampaignOptions): Promise<readonly Point[]> {
    const names = Object.keys(scenarios);
    const recordings = await inParallel<string, readonly Recording[]>(names, workers, (stage, name, index) =>
        new Life(stage, `first${index}`, { scenario: name, points: {} }).record(),
    );
    const found = [...recordings.values()].flat();
    return choosePoints(found, kills, seeded(seed));
}

/** Plays lives; one that goes wrong before its point counts as a failure of its points. */
export async function playLives(
    lives: readonly LifePlan[],
    { workers, report }: Pick<CampaignOptions, "workers" | "report">,
): Promise<readonly PointResult[]> {
    const results = await inParallel(lives, workers, async (stage, plan, index) => {
        const life = new Life(stage, `life${index}`, plan);
        const names = Object.values(plan.points).map(pointText);
        const done = await life.play().catch((error: unknown) => failedLife(names, error));
        done.forEach(report);
        return done;
    });
    return [...results.values()].flat();
}

/** Plays lives in which some of all calls to AWS are throttled, fail, break off or take long. */
export async function playFaultyLives(
    count: number,
    faults: number,
    { workers, report }: Pick<CampaignOptions, "workers" | "report">,
): Promise<readonly PointResult[]> {
    const names = Object.keys(scenarios);
    const lives = Array.from({ length: count }, (_, index) => names[index % names.length] ?? "");
    const results = await inParallel(lives, workers, async (stage, scenario, index) => {
        const life = new Life(stage, `faulty${index}`, { scenario, points: {} }, faults);
        const done = await life.play().catch((error: unknown) => failedLife([scenario], error));
        done.forEach(report);
        return done;
    });
    return [...results.values()].flat();
}

function failedLife(points: readonly string[], error: unknown): readonly PointResult[] {
    const troubles = [`the life went wrong: ${error instanceof Error ? error.message : String(error)}`];
    return points.map((point) => ({ point, commands: [], seconds: 0, isMissed: false, troubles }));
}

/** Works on each in turn, on as many stages as there are workers. @throws the first error, once all have ended */
async function inParallel<Item, Result>(
    items: readonly Item[],
    workers: number,
    work: (stage: Stage, item: Item, index: number) => Promise<Result>,
): Promise<ReadonlyMap<number, Result>> {
    const results = new Map<number, Result>();
    const queue = [...items.entries()];
    const worker = async (): Promise<void> => {
        const stage = await Stage.create();
        try {
            for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
                const [index, item] = next;
                results.set(index, await work(stage, item, index));
            }
        } finally {
            await stage.stop();
        }
    };
    const ends = await Promise.allSettled(Array.from({ length: Math.min(workers, items.length) }, worker));
    for (const end of ends) {
        if (end.status === "rejected") {
            throw end.reason;
        }
    }
    return results;
}
