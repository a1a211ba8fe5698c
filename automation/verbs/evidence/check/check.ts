import type { Evidence, Unseen, Verdict } from "../../../../components/model/evidence";
import { withProgress } from "../../../environment/progressPhases";
import { askAgain, type AskedAgain } from "../../../inventory/askAgain";
import { warnOfUnreadable } from "../../../inventory/unreadable";
import type { Context } from "../../../ports/context";
import { requireSamePlace } from "../../../preflight/findings";
import { readEvidenceFile } from "../../../teardown/evidenceFile";

/** What AWS says to a record. */
export interface CheckedEvidence
    extends
        AskedAgain,
        Pick<Evidence, "verb" | "environment" | "stack" | "stackId" | "accountId" | "region"> {
    /** What the destroy came to, as the record has it. */
    readonly verdict: Verdict;
    /** ISO 8601, UTC. */
    readonly checkedAt: string;
    /** What may not be looked for. */
    readonly unseen: readonly Unseen[];
}

/**
 * Asks AWS again about everything in a record. Reads only.
 * @throws AppError EVIDENCE_UNREADABLE; AWS_ACCOUNT_MISMATCH where AWS is another account than the record's
 */
export async function checkEvidence(
    { file }: { readonly file: string },
    context: Context,
): Promise<CheckedEvidence> {
    const evidence = await readEvidenceFile(file, context.directory);
    const { verb, environment, stack, stackId, accountId, region, verdict } = evidence;
    const aws = await context.loadAws({ region });
    return withProgress(context, async (progress) => {
        progress.phase(`asking AWS about ${environment}`);
        requireSamePlace(
            await aws.identity.caller(),
            `arn:aws:ecs:${region}:${accountId}:cluster/${environment}`,
        );
        const unseen = new Map<string, Unseen>();
        const asked = await askAgain(evidence, aws, warnOfUnreadable(progress, unseen));
        const checkedAt = context.clock.now().toISOString();
        return {
            ...{ verb, environment, stack, stackId, accountId, region, verdict, checkedAt },
            ...asked,
            unseen: [...unseen.values()],
        };
    });
}
