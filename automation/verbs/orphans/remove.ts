import type { Evidence } from "../../../components/model/evidence";
import { command } from "../../../components/model/commandLine";
import { callerName, hasEnded, instant } from "../../../components/model/lease";
import { projectOf } from "../../../components/model/tags";
import { withProgress } from "../../environment/progressPhases";
import { AppError } from "../../errors/appError";
import { findOwners, type FoundOwner } from "../../inventory/owners";
import type { Aws } from "../../ports/awsServices";
import type { Context } from "../../ports/context";
import type { EnvironmentSummary } from "../../ports/engine";
import { awsTarget } from "../../settings/environmentSettings";
import { openProject, type Project } from "../../settings/project";
import { askForOrphan } from "../../teardown/removeOrphan";
import type { DestroyTarget } from "../../emptying/cleanUp";
import { regionsOf, stateOf, type OrphansRequest } from "./orphans";
import { removeKeptVolumes, type RemoveVolumesRequest } from "./volumes";

export interface RemoveRequest extends OrphansRequest, RemoveVolumesRequest {
    /** Of the environment, where its id is not given: what has another id and the same name is not told apart then. */
    readonly environment?: string;
    readonly ids: readonly string[];
    readonly timeoutSeconds: number;
    readonly evidence: string | undefined;
}

/** An environment that may be removed, and where it is. */
interface Chosen {
    readonly found: FoundOwner;
    readonly region: string;
    readonly aws: Aws;
}

export interface RemovedOrphans {
    readonly environments: readonly Evidence[];
    /** Ids of kept volumes that were deleted. */
    readonly volumes: readonly string[];
}

/**
 * Removes environments whose state is gone, by their ids, each with its plan and its question.
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
    const volumes = await removeKeptVolumes(request, project.name, all, summaries, context);
    const removals: (() => Promise<Evidence>)[] = [];
    for (const one of chosen) {
        // States and lease may have changed while the question stood.
        const requireProof = async (): Promise<void> => {
            const [again, summariesNow] = await Promise.all([lookAgain(one), engine.list()]);
            await requireProven(again, project, summariesNow);
        };
        removals.push(await ask(one, { ...request, requireProof }, context));
    }
    const environments: Evidence[] = [];
    for (const remove of removals) {
        environments.push(await remove());
    }
    return { environments, volumes };
}

/** The same environment as AWS has it now; of one that has gone meanwhile what was known stays. */
async function lookAgain(one: Chosen): Promise<Chosen> {
    const owners = await findOwners(one.aws, one.region, (_, error) => {
        throw error;
    });
    return { ...one, found: owners.find(({ stackId }) => stackId === one.found.stackId) ?? one.found };
}

/** @throws AppError USAGE where nothing says what is to go, or one record would be of several */
function requireSubject({ environment, ids, volumes, evidence }: RemoveRequest): void {
    if (environment === undefined && ids.length + volumes.length === 0) {
        throw new AppError("USAGE", {
            message:
                "--remove needs to be told what: the name of an environment, or --id or --volume of the list",
            hint: command("orphans"),
        });
    }
    const count = ids.length + (environment === undefined ? 0 : 1);
    if (volumes.length > 0 && count > 0) {
        throw new AppError("USAGE", {
            message:
                "--volume deletes data, and is asked for by itself: expected it without --id and without a name",
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
    return [...byId, only];
}

/** @throws AppError ORPHAN_NOT_PROVEN with the reason */
async function requireProven(
    { found, aws }: Chosen,
    project: Project,
    summaries: readonly EnvironmentSummary[],
): Promise<void> {
    const { environment, stack, stackId, lease } = found;
    const refuse = (why: string, hint: AppError["hint"] = command("orphans")): never => {
        throw new AppError("ORPHAN_NOT_PROVEN", {
            message: `${environment} (${stack}) is not removed: ${why}`,
            hint,
        });
    };
    if (stackId === undefined) {
        return refuse("it is older than stack ids, and nothing proves whose it is");
    }
    const state = stateOf(found, summaries);
    if (state === "here") {
        const name = summaries.find((one) => one.stackId === stackId)?.name ?? environment;
        return refuse("a state of this backend knows it", command("destroy", name));
    }
    if (state === "unreadable") {
        const broken = summaries.filter(({ unreadable }) => unreadable !== undefined).map(({ name }) => name);
        return refuse(`the state of ${broken.join(", ")} cannot be read, and may know it`, command("list"));
    }
    const ofProject = projectOf(found);
    if (ofProject !== project.name) {
        return refuse(
            `it is of project ${ofProject ?? "unknown"}, and the states of ${project.name} were looked at`,
            `run the same command in a folder of project ${ofProject ?? "unknown"}`,
        );
    }
    if (lease === "none" || lease === "unreadable") {
        return;
    }
    const [now, caller] = await Promise.all([aws.identity.time(), aws.identity.caller()]);
    if (!isLeaseOver(found, now) && lease.owner !== callerName(caller.arn)) {
        const until =
            lease.expiresAt === undefined ? "is to stay" : `lives until ${instant(lease.expiresAt)}`;
        return refuse(`it ${until}, by the lease of ${lease.owner}, who may have its state elsewhere`);
    }
}

function isLeaseOver({ lease }: Pick<FoundOwner, "lease">, now: Date): boolean {
    return typeof lease !== "string" && hasEnded(lease, now);
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
