import type { CommonOptions } from "../../command/command";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, requireStack, type OpenTarget } from "../../environment/target";
import { findDrift, type Drift } from "../../inventory/drift";
import { warnOfUnreadable } from "../../inventory/unreadable";
import { withLock, type LockRequest } from "../../lock/withLock";
import type { Context } from "../../ports/context";
import type { ChangeSummary, EngineObserver } from "../../ports/engine";
import type { Progress } from "../../ports/io";

export interface RefreshRequest
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    /** Leave the state as it is. */
    readonly previewOnly: boolean;
    readonly parallel: number | undefined;
}

export interface RefreshResult {
    readonly environment: string;
    /** The differences from the state. */
    readonly changes: ChangeSummary;
    /** What only the tags tell. */
    readonly drift: Drift;
}

/** Reads what really stands in AWS; the steps are the differences from the state. */
export async function refresh(request: RefreshRequest, context: Context): Promise<RefreshResult> {
    const open = () => openUnread(context, request, { runsProgram: true });
    // What only looks keeps nobody from working.
    return request.previewOnly
        ? refreshOpened(await open(), request, context)
        : withLock({ ...request, verb: "refresh" }, context, open, (target) =>
              refreshOpened(target, request, context),
          );
}

async function refreshOpened(
    target: OpenTarget,
    request: RefreshRequest,
    context: Context,
): Promise<RefreshResult> {
    const { stack } = target;
    requireStack(stack);
    const [changes, drift] = await withProgress(context, async (progress) => {
        progress.phase("reading from AWS");
        const run = {
            observer: readingOnly(progress),
            parallel: request.parallel,
            previewOnly: request.previewOnly,
        };
        return Promise.all([
            stack.refresh(run),
            findDrift(target, await target.stack.resources(), warnOfUnreadable(progress)),
        ]);
    });
    return { environment: request.environment, changes, drift };
}

/** A refresh changes nothing in AWS, so no resource may appear as updated or deleted while it runs. */
function readingOnly(progress: Progress): EngineObserver {
    return {
        resource: (event) => progress.resource({ ...event, operation: "refresh" }),
        diagnostic: (event) => progress.diagnostic(event),
    };
}
