import type { RunRecord } from "../../components/model/runRecord";
import { AppError } from "../errors/appError";
import type { Context } from "../ports/context";
import type { EnvironmentStack } from "../ports/engine";
import { keepRun } from "./keptRuns";
import { RunRecorder } from "./recorder";

/** What is recorded of. */
interface Recorded {
    readonly environment: string;
    readonly project: { readonly directory: string };
    readonly stack: Pick<EnvironmentStack, "qualifiedName" | "stackId">;
}

/** Does a piece of work, and keeps what its progress was told, however it ends. */
export async function recordRun<T>(
    verb: string,
    { environment, project, stack }: Recorded,
    context: Context,
    work: (context: Context) => Promise<T>,
): Promise<T> {
    const recorder = new RunRecorder(context.clock);
    const createProgress = async () => recorder.beside(await context.createProgress());
    const keep = async (how: Pick<RunRecord, "outcome" | "code">) => {
        // The first update has made the id meanwhile.
        const owner = { stack: stack.qualifiedName, stackId: stack.stackId };
        const run = recorder.record({ verb, ...owner, ...how });
        if (run !== undefined) {
            await keepRun(context.env, { projectDirectory: project.directory, environment, owner }, run);
        }
    };
    try {
        const result = await work({ ...context, createProgress });
        await keep({ outcome: "done" });
        return result;
    } catch (error) {
        await keep({ outcome: "failed", code: error instanceof AppError ? error.code : undefined });
        throw error;
    }
}
