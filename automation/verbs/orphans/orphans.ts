import pLimit from "p-limit";

import type { Unseen } from "../../../components/model/evidence";
import { instant, type Lease } from "../../../components/model/lease";
import { proofOf } from "../../../components/model/tags";
import { isRegion } from "../../../components/model/region";
import type { CommonOptions } from "../../command/command";
import { withProgress } from "../../environment/progressPhases";
import { AppError } from "../../errors/appError";
import { findTagged } from "../../inventory/find";
import { findOwners, type FoundOwner } from "../../inventory/owners";
import { warnOfUnreadable } from "../../inventory/unreadable";
import type { Aws } from "../../ports/awsServices";
import type { Context } from "../../ports/context";
import type { EnvironmentSummary } from "../../ports/engine";
import type { Progress } from "../../ports/io";
import { awsTarget, checkEnvironmentName } from "../../settings/environmentSettings";
import { openProject, type Project } from "../../settings/project";

export interface OrphansRequest extends Pick<CommonOptions, "projectDirectory"> {
    /** Where to look. @default - the project's region, or that of AWS's own variables and files */
    readonly regions: readonly string[];
    /** Every region that the account has switched on. */
    readonly allRegions: boolean;
    /** The only one to look for. @default - all */
    readonly environment?: string;
}

/** An environment that has something in AWS, and what the states of this project's backend know of it. */
export interface ListedOwner {
    readonly environment: string;
    /** `<organization>/<project>/<stack>`. */
    readonly stack: string;
    /** Missing in what is older than ids: of that nothing is removed by tags alone. */
    readonly stackId?: string;
    readonly region: string;
    /** `here`: a state of this backend knows it. `unreadable`: one of its name cannot be read. `none`: not found in this backend. */
    readonly state: "here" | "unreadable" | "none";
    readonly owner?: string;
    /** ISO 8601, UTC; `never` where it is to stay. */
    readonly expiresAt?: string;
    /** When its oldest host was launched; ISO 8601, UTC. */
    readonly oldestHost?: string;
    /** What is there; missing for those that a state here knows. */
    readonly resources?: readonly { readonly type: string; readonly id: string }[];
    /** Volumes that outlive their environment on purpose. */
    readonly keptVolumes: readonly string[];
    /** Names of repositories that do, with their images. */
    readonly keptRepositories: readonly string[];
}

export interface OrphansResult {
    readonly accountId: string;
    readonly project: string;
    readonly regions: readonly string[];
    readonly environments: readonly ListedOwner[];
    /** What may not be looked for: of that nobody knows whose it is. */
    readonly unseen: readonly Unseen[];
}

/** Regions asked at the same time. */
const atOnce = 4;

/** Lists every environment of this product that has something in the account, with what the states here know of it. Reads only. */
export async function orphans(request: OrphansRequest, context: Context): Promise<OrphansResult> {
    if (request.environment !== undefined) {
        checkEnvironmentName(request.environment);
    }
    const project = await openProject(context, request.projectDirectory);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    return withProgress(context, async (progress) => {
        progress.phase("looking for what is there");
        const [summaries, regions, { accountId }] = await Promise.all([
            engine.list(),
            regionsOf(request, project, context),
            callerOf(project, context),
        ]);
        const limit = pLimit(atOnce);
        const found = await Promise.all(
            regions.map((region) =>
                limit(async () => {
                    const aws = await context.loadAws({ ...awsTarget(project.config), region });
                    return inRegion({ aws, region, only: request.environment }, summaries, progress);
                }),
            ),
        );
        return {
            accountId,
            project: project.name,
            regions,
            environments: found.flatMap(({ environments }) => environments),
            unseen: found.flatMap(({ unseen }) => unseen),
        };
    });
}

async function callerOf(project: Project, context: Context): Promise<{ readonly accountId: string }> {
    const aws = await context.loadAws(awsTarget(project.config));
    return aws.identity.caller();
}

/** @throws AppError USAGE for what is no region */
export async function regionsOf(
    { regions, allRegions }: Pick<OrphansRequest, "regions" | "allRegions">,
    project: Project,
    context: Context,
): Promise<readonly string[]> {
    const wrong = regions.filter((region) => !isRegion(region));
    if (wrong.length > 0) {
        throw new AppError("USAGE", {
            message: `this is not a region: got ${wrong.map((one) => JSON.stringify(one)).join(", ")}, expected one such as eu-central-1`,
        });
    }
    if (regions.length > 0) {
        return [...new Set(regions)];
    }
    const aws = await context.loadAws(awsTarget(project.config));
    return allRegions ? aws.ec2.regions() : [await aws.identity.region()];
}

async function inRegion(
    { aws, region, only }: { readonly aws: Aws; readonly region: string; readonly only: string | undefined },
    summaries: readonly EnvironmentSummary[],
    progress: Progress,
): Promise<Pick<OrphansResult, "environments" | "unseen">> {
    const unseen = new Map<string, Unseen>();
    const onUnreadable = warnOfUnreadable({ note: (line) => progress.note(`${line} (${region})`) }, unseen);
    const owners = await findOwners(aws, region, onUnreadable);
    const environments = await Promise.all(
        owners
            .filter(({ environment }) => only === undefined || environment === only)
            .map(async (one) => {
                const state = stateOf(one, summaries);
                if (state === "here") {
                    return describe(one, region, state);
                }
                const search = {
                    aws,
                    leased: true,
                    hostIds: [],
                    repositoryNames: [],
                    iamNames: new Set<string>(),
                };
                const there = await findTagged(
                    {
                        ...search,
                        environment: one.environment,
                        clusterName: one.clusterName,
                        tags: proofOf(one),
                    },
                    onUnreadable,
                );
                const resources = there.filter(({ keep }) => !keep).map(({ type, id }) => ({ type, id }));
                return { ...describe(one, region, state), resources };
            }),
    );
    return {
        environments: environments.sort((one, other) => one.stack.localeCompare(other.stack)),
        unseen: [...unseen.values()].map(({ what, reason }) => ({ what: `${what} in ${region}`, reason })),
    };
}

/** What the states of this backend know of an environment that is in AWS. */
export function stateOf(
    { environment, stackId }: Pick<FoundOwner, "environment" | "stackId">,
    summaries: readonly EnvironmentSummary[],
): ListedOwner["state"] {
    const known = summaries.some((one) =>
        // What is older than ids goes by its name.
        stackId === undefined
            ? one.name === environment
            : one.stackId === stackId || one.otherIds?.includes(stackId) === true,
    );
    const isDoubtful = summaries.some(({ unreadable }) => unreadable !== undefined);
    return known ? "here" : isDoubtful ? "unreadable" : "none";
}

function describe(
    { environment, stack, stackId, lease, oldestHost, keptVolumes, keptRepositories }: FoundOwner,
    region: string,
    state: ListedOwner["state"],
): ListedOwner {
    return {
        ...{ environment, stack, stackId, region, state },
        ...(typeof lease === "string" ? {} : { owner: lease.owner, expiresAt: endOf(lease) }),
        oldestHost: oldestHost && instant(oldestHost),
        keptVolumes,
        keptRepositories,
    };
}

function endOf({ expiresAt }: Lease): string {
    return expiresAt === undefined ? "never" : instant(expiresAt);
}
