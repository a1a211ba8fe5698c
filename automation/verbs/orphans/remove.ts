import type { Evidence } from "../../../components/model/evidence";
import { command } from "../../../components/model/commandLine";
import { withProgress } from "../../environment/progressPhases";
import { AppError } from "../../errors/appError";
import { findOwners } from "../../inventory/owners";
import type { Context } from "../../ports/context";
import { awsTarget } from "../../settings/environmentSettings";
import { openProject, type Project } from "../../settings/project";
import { askForOrphan } from "../../teardown/removeOrphan";
import type { DestroyTarget } from "../../emptying/cleanUp";
import { inTurn, type NotRemoved } from "./inTurn";
import { regionsOf, type OrphansRequest } from "./orphans";
import { isLeaseOver, requireProven, type Chosen } from "./proof";
import { removeKept, type RemovedKept, type RemoveKeptRequest } from "./kept";
import { tellPlaces } from "./tellPlaces";

export interface RemoveRequest extends OrphansRequest, RemoveKeptRequest {
    /** Of the environment, where its id is not given: what has another id and the same name is not told apart then. */
    readonly environment?: string;
    readonly ids: readonly string[];
    readonly timeoutSeconds: number;
    readonly evidence: string | undefined;
}

/** With the ids of kept volumes and the names of kept repositories that were deleted. */
export interface RemovedOrphans extends RemovedKept {
    readonly environments: readonly Evidence[];
    /** Those of several that could not be removed; nothing is told of them above. */
    readonly failed: readonly NotRemoved[];
}

/**
 * Removes environments whose state is gone, by their ids, each with its plan and its question. What becomes of one of several
 * keeps none of the others; where there is only one, its error is thrown.
 * @throws AppError USAGE, ORPHAN_NOT_FOUND, ORPHAN_NOT_PROVEN, CONSENT_NEEDED or DECLINED before anything of it is changed
 */
export async function removeOrphans(request: RemoveRequest, context: Context): Promise<RemovedOrphans> {
    requireSubject(request);
    const project = await openProject(context, request.projectDirectory);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    const { all, summaries } = await withProgress(context, async (progress) => {
        progress.phase("looking for what is there");
        const [list, regions] = await Promise.all([engine.list(), regionsOf(request, project, context)]);
        return { all: await findAll(regions, project, context), summaries: list };
    });
    const chosen = await choose(request, all);
    for (const one of chosen) {
        await requireProven(one, project, summaries);
    }
    await tellPlaces(chosen, project, context);
    const kept = await removeKept(request, project, all, summaries, context);
    const removals: { id: string; environment: string; remove: () => Promise<Evidence> }[] = [];
    for (const one of chosen) {
        // States and lease may have changed while the question stood.
        const requireProof = async (): Promise<void> => {
            const [again, summariesNow] = await Promise.all([lookAgain(one), engine.list()]);
            await requireProven(again, project, summariesNow);
        };
        const { environment, stackId: id = "" } = one.found;
        removals.push({ id, environment, remove: await ask(one, { ...request, requireProof }, context) });
    }
    const environments = await inTurn(removals, ({ remove }) => remove(), context.signal);
    return {
        environments: environments.removed,
        volumes: kept.volumes,
        repositories: kept.repositories,
        failed: [...kept.failed, ...environments.failed],
    };
}

/** The same environment as AWS has it now; of one that has gone meanwhile what was known stays. */
async function lookAgain(one: Chosen): Promise<Chosen> {
    const owners = await findOwners(one.aws, one.region, (_, error) => {
        throw error;
    });
    return { ...one, found: owners.find(({ stackId }) => stackId === one.found.stackId) ?? one.found };
}

/** @throws AppError USAGE where nothing says what is to go, or one record would be of several */
function requireSubject({ environment, ids, volumes, repositories, evidence }: RemoveRequest): void {
    const kept = volumes.length + repositories.length;
    if (environment === undefined && ids.length + kept === 0) {
        throw new AppError("USAGE", {
            message:
                "--remove needs to be told what: the name of an environment, or --id, --volume or --repository of the list",
            hint: command("orphans"),
        });
    }
    const count = ids.length + (environment === undefined ? 0 : 1);
    if (kept > 0 && count > 0) {
        throw new AppError("USAGE", {
            message:
                "--volume and --repository delete data, and are asked for by themselves: expected them without --id and without a name",
        });
    }
    if (evidence !== undefined && count !== 1) {
        throw new AppError("USAGE", {
            message: `--evidence is the record of one environment: got ${count}`,
        });
    }
}

async function findAll(
    regions: readonly string[],
    project: Project,
    context: Context,
): Promise<readonly Chosen[]> {
    const lists = await Promise.all(
        regions.map(async (region) => {
            const aws = await context.loadAws({ ...awsTarget(project.config), region });
            // Who is to remove something has to see all of it.
            const owners = await findOwners(aws, region, (_, error) => {
                throw error;
            });
            return owners.map((found) => ({ found, region, aws }));
        }),
    );
    return lists.flat();
}

async function choose(
    { environment, ids, yes }: RemoveRequest,
    all: readonly Chosen[],
): Promise<readonly Chosen[]> {
    const byId = [...new Set(ids)].map((id) => {
        const one = all.find(({ found }) => found.stackId === id && found.hasMore);
        if (one === undefined) {
            throw new AppError("ORPHAN_NOT_FOUND", { message: `nothing carries the stack id ${id}` });
        }
        return one;
    });
    if (environment === undefined) {
        return byId;
    }
    const named = all.filter(({ found }) => found.environment === environment && found.hasMore);
    const [only] = named;
    if (only === undefined) {
        throw new AppError("ORPHAN_NOT_FOUND", {
            message: `nothing is there of an environment ${environment}`,
        });
    }
    const isOver = isLeaseOver(only.found, await only.aws.identity.time());
    if (named.length > 1 || (yes && !isOver)) {
        throw new AppError("USAGE", {
            message:
                named.length > 1
                    ? `there are ${named.length} environments ${environment}: say by --id which one`
                    : `--yes answers for an id, not for a name that others may use as well: say by --id that ${environment} is meant`,
            details: named.map(
                ({ found, region }) => `${found.stackId ?? "no id"}: ${found.stack} in ${region}`,
            ),
            hint: command("orphans"),
        });
    }
    return byId.includes(only) ? byId : [...byId, only];
}

async function ask(
    { found, region, aws }: Chosen,
    request: RemoveRequest & { readonly requireProof: () => Promise<void> },
    context: Context,
): Promise<() => Promise<Evidence>> {
    const { environment, stack, stackId, clusterName, lease } = found;
    const { accountId } = await aws.identity.caller();
    const target: DestroyTarget = {
        environment,
        owner: { environment, stack, stackId },
        clusterName: clusterName ?? environment,
        stateIds: new Set(),
        leased: true,
        inState: () => false,
        adopted: clusterName === undefined,
        aws,
        clock: context.clock,
        signal: context.signal,
    };
    const whose = typeof lease === "string" ? "nobody's by a lease" : `${lease.owner}'s`;
    return askForOrphan(
        target,
        {
            ...request,
            region,
            about: [
                `${environment} is ${stack} with the id ${stackId ?? ""}, ${whose}, in account ${accountId}, region ${region}.`,
                "Its state was not found in this backend; if it is in another one, destroy it from there.",
            ],
            question: `Remove everything with the id ${stackId ?? ""} of ${stack} in account ${accountId}, region ${region}?`,
        },
        context,
    );
}
