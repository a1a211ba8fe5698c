import {
    keyOfItem,
    type Evidence,
    type EvidenceItem,
    type EvidenceStep,
    type EvidenceVerb,
} from "../../components/model/evidence";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { shortId } from "../hosts/tasks";
import { lentGroups } from "../inventory/lentItems";
import type { Caller } from "../ports/aws";
import type { Aws } from "../ports/awsServices";
import type { Context } from "../ports/context";
import type { EngineObserver, StateResource } from "../ports/engine";
import { givenBack, watchChanges } from "./awsChanges";
import { EvidenceFile } from "./evidenceFile";
import { whatWasThere, type ClusterSurvey } from "./survey";

/** What is known of the environment once it has been looked at, and before anything is removed. */
interface Begun {
    readonly caller: Caller;
    readonly before: readonly EvidenceItem[];
    /** Groups that are lent to it, and live on. */
    readonly loans: readonly EvidenceItem[];
    /** Ids of what of that stays on purpose. */
    readonly stays: ReadonlySet<string>;
}

type Recorded = Pick<Target, "aws" | "environment" | "owner">;

/**
 * Keeps what a destroy asks of AWS and of the engine, with the time and the answer, and writes it to a file where somebody
 * wants the evidence: before the first change, where the destroy fails, and at its end.
 */
export class DestroyRecord {
    readonly steps: EvidenceStep[] = [];
    readonly startedAt: Date;
    private begun: Begun | undefined;

    private constructor(
        readonly verb: EvidenceVerb,
        private readonly clock: Context["clock"],
        private readonly file: EvidenceFile | undefined,
    ) {
        this.startedAt = clock.now();
    }

    /** @param file where the evidence goes. @throws AppError EVIDENCE_FILE_UNUSABLE */
    static async open(
        { clock, directory }: Pick<Context, "clock" | "directory">,
        { verb, file }: { readonly verb: EvidenceVerb; readonly file: string | undefined },
    ): Promise<DestroyRecord> {
        const opened = file === undefined ? undefined : await EvidenceFile.open(file, directory);
        return new DestroyRecord(verb, clock, opened);
    }

    /** What was there at first. */
    get before(): readonly EvidenceItem[] {
        return this.begun?.before ?? [];
    }

    /** The same AWS; whatever is changed through it is recorded. */
    watch(aws: Aws): Aws {
        return watchChanges(aws, ({ what, type, subject }, error) => {
            const named = this.before.filter(({ id, name }) => id === subject || name === subject);
            // A role and its profile, or two groups, have one name, which is the id of each.
            const known = named.find((one) => one.type === type) ?? named.find(({ id }) => id === subject);
            const { name, id } = known ?? { name: shortId(subject), id: subject };
            this.add(
                { what, type: known?.type ?? type, name, id },
                error === undefined ? undefined : wordsOf(error),
            );
        });
    }

    /** An observer of the engine that records its steps. */
    observe(observer: EngineObserver, resources: readonly StateResource[]): EngineObserver {
        return {
            diagnostic: (event) => observer.diagnostic(event),
            resource: (event) => {
                observer.resource(event);
                const { phase, operation, type, name, message } = event;
                const id = resources.find((one) => one.type === type && one.name === name)?.id ?? "";
                if (phase !== "started" && id !== "") {
                    // The engine calls it a deletion when it lets go of what stays.
                    const what = this.begun?.stays.has(id) === true ? "let go of" : operation;
                    this.add(
                        { what, type, name, id },
                        phase === "failed" ? (message ?? "failed") : undefined,
                    );
                }
            },
        };
    }

    /**
     * Records a removal from its beginning to its end, however it ends.
     * @throws what the work throws; AppError EVIDENCE_FILE_UNUSABLE before it begins, EVIDENCE_NOT_WRITTEN
     */
    async keep(
        target: Recorded,
        found: { readonly survey: ClusterSurvey; readonly resources: readonly StateResource[] },
        work: () => Promise<Evidence>,
    ): Promise<Evidence> {
        await this.file?.requireFor(target.owner);
        const caller = await target.aws.identity.caller();
        const volumes = found.survey.volumes.filter(({ keep }) => keep);
        const repositories = found.survey.repositories.filter(({ keep }) => keep);
        this.begun = {
            caller,
            before: whatWasThere(found.survey, found.resources),
            loans: lentGroups(found.survey.loans),
            stays: new Set([
                ...volumes.map(({ volumeId }) => volumeId),
                ...repositories.map(({ name }) => name),
            ]),
        };
        await this.file?.write(this.unfinished(target, this.begun));
        try {
            const evidence = await work();
            await this.file?.write(evidence);
            return evidence;
        } catch (error) {
            // Why the destroy ended is told whatever becomes of the record.
            await this.file?.write(this.unfinished(target, this.begun, error)).catch(() => undefined);
            throw error;
        }
    }

    /** Writes the record of a destroy that has found nothing to remove. */
    async write(evidence: Evidence): Promise<void> {
        await this.file?.requireFor(evidence);
        await this.file?.write(evidence);
    }

    private add(
        step: Pick<EvidenceStep, "what" | "type" | "name" | "id">,
        refusal: string | undefined,
    ): void {
        const at = this.clock.now().toISOString();
        this.steps.push({
            at,
            ...step,
            outcome: refusal === undefined ? "done" : "refused",
            ...(refusal !== undefined && { answer: refusal }),
        });
    }

    private unfinished(
        { environment, owner }: Recorded,
        { caller, before, stays, loans }: Begun,
        error?: unknown,
    ): Evidence {
        const went = new Set(
            this.steps.filter(({ what, outcome }) => outcome === "done" && endings.has(what)).map(keyOfItem),
        );
        const reason = "the destroy ended before it was known to be gone";
        const is = (ids: ReadonlySet<string>) => (one: EvidenceItem) => ids.has(one.id);
        const goes = before.filter((one) => !is(stays)(one));
        const notGivenBack = "of others: the destroy ended before it was known to be given back";
        const hasGone = (one: EvidenceItem): boolean => went.has(keyOfItem(one));
        return {
            kind: "evidence",
            verb: this.verb,
            environment,
            stack: owner.stack,
            stackId: owner.stackId,
            accountId: caller.accountId,
            region: caller.region,
            startedAt: this.startedAt.toISOString(),
            finishedAt: this.clock.now().toISOString(),
            verdict: "unfinished",
            finished: false,
            ...(error !== undefined && { failure: failureOf(error) }),
            before,
            steps: this.steps,
            removed: goes.filter(hasGone),
            after: [],
            kept: before.filter(is(stays)),
            left: [
                ...goes.filter((one) => !hasGone(one)).map((one) => ({ ...one, reason })),
                ...loans.filter((one) => !hasGone(one)).map((one) => ({ ...one, reason: notGivenBack })),
            ],
            unseen: [],
            ...(loans.length > 0 && { loans, givenBack: loans.filter(hasGone) }),
        };
    }
}

/** Steps after which a thing goes, or is the environment's no more. */
const endings = new Set(["delete", "deregister", givenBack]);

function wordsOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

function failureOf(error: unknown): NonNullable<Evidence["failure"]> {
    return { code: error instanceof AppError ? error.code : "DEFECT", message: wordsOf(error) };
}
