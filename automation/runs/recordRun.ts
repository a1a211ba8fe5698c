import { setTimeout as wait } from "node:timers/promises";

import type { RunRecord } from "../../components/model/runRecord";
import { AppError } from "../errors/appError";
import type { Context } from "../ports/context";
import type { EnvironmentStack } from "../ports/engine";
import { thisProcess } from "../setup/machine";
import { keepRun, readKeptRuns, sweepRuns } from "./keptRuns";
import { RunRecorder } from "./recorder";

/** What is recorded of. */
interface Recorded {
    readonly environment: string;
    readonly project: { readonly directory: string };
    readonly stack: Pick<EnvironmentStack, "qualifiedName" | "stackId">;
}

/** So much of a run that is killed may be missing. */
const keepMilliseconds = 1000;
/** More where many hosts make it long: keeping takes a twentieth of the time at most. */
const shareOfTime = 20;

/** Does a piece of work, and keeps what its progress was told while it goes on, and however it ends. */
export async function recordRun<T>(
    verb: string,
    { environment, project, stack }: Recorded,
    context: Context,
    work: (context: Context) => Promise<T>,
): Promise<T> {
    const recorder = new RunRecorder(context.clock);
    const createProgress = async () => recorder.beside(await context.createProgress());
    const of = () => ({
        ...{ projectDirectory: project.directory, environment },
        // The first update has made the id meanwhile.
        owner: { stack: stack.qualifiedName, stackId: stack.stackId },
    });
    await sweepRuns(context);
    const before = await readKeptRuns(context, of());
    const keep = async (how: Pick<RunRecord, "outcome" | "code" | "process">) => {
        const run = recorder.record({ verb, ...of().owner, ...how });
        if (run !== undefined) {
            await keepRun(context.env, of(), before, run);
        }
    };
    const process = await thisProcess(context.env);
    const stopKeeping = keepOn(() => keep({ outcome: "underWay", process }));
    try {
        const result = await work({ ...context, createProgress });
        await stopKeeping();
        await keep({ outcome: "done" });
        return result;
    } catch (error) {
        await stopKeeping();
        await keep({ outcome: "failed", code: error instanceof AppError ? error.code : undefined });
        throw error;
    }
}

/** Keeps again and again, one after the other. @returns what ends it */
function keepOn(keep: () => Promise<void>): () => Promise<void> {
    const ending = new AbortController();
    const { signal } = ending;
    const passes = (milliseconds: number) =>
        wait(milliseconds, true, { signal, ref: false }).catch(() => false);
    const keeping = (async () => {
        let spent = 0;
        while (await passes(Math.max(keepMilliseconds, spent * shareOfTime))) {
            const begin = performance.now();
            await keep();
            spent = performance.now() - begin;
        }
    })();
    return () => {
        ending.abort();
        return keeping;
    };
}
