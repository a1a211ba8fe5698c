import { defaultTimeoutSeconds } from "../ports/defaultTimeout";
import { destroy } from "../teardown/destroy";
import { destroyAll } from "../verbs/destroy/all";
import { examine } from "../verbs/doctor/doctor";
import { checkEvidence } from "../verbs/evidence/check/check";
import { extend } from "../verbs/extend/extend";
import { keep } from "../verbs/keep/keep";
import { cost } from "../verbs/cost/cost";
import { list } from "../verbs/list/list";
import { findRequirements } from "../verbs/network/requirements/requirements";
import { showNetwork } from "../verbs/network/show/show";
import { orphans } from "../verbs/orphans/orphans";
import { removeOrphans } from "../verbs/orphans/remove";
import { outputs } from "../verbs/outputs/outputs";
import { pause } from "../verbs/pause/pause";
import { containerVerbs } from "../verbs/containers/forPrograms";
import { groupVerbs } from "../verbs/groups/forPrograms";
import { hostVerbs } from "../verbs/hosts/forPrograms";
import { preview } from "../verbs/preview/preview";
import { reap } from "../verbs/reap/reap";
import { refresh } from "../verbs/refresh/refresh";
import { resume } from "../verbs/resume/resume";
import { restoreState } from "../verbs/state/restore/restore";
import { serviceVerbs } from "../verbs/service/forPrograms";
import { drawPage } from "../verbs/status/draw";
import { openStatus } from "../verbs/status/status";
import { requestOf, type UpOptions } from "../verbs/up/forPrograms";
import { up } from "../applying/up";
import { wait } from "../verbs/wait/wait";
import type { Context } from "../ports/context";
import { readSeconds, readSomeSeconds } from "../errors/readSeconds";
import { imageVerbs } from "../verbs/images/forPrograms";
import { unlock } from "../verbs/unlock/unlock";
import { explain } from "../verbs/explain/explain";
import { checkWorkstation } from "../verbs/doctor/workstation";
import { settingsFileSchema } from "../../components/model/settings";
import type { Environments, PreviewOptions } from "./environments";
import { libraryContext, type EnvironmentsOptions } from "./libraryContext";

/**
 * The verbs of the command line for programs. Each does the same as its command, and throws `AppError` for whatever
 * a person can mend.
 * @example
 * const progress = { phase: (title: string) => console.error(title) };
 * const environments = openEnvironments({ directory: ".", env: process.env, progress });
 * const { outputs } = await environments.up("alice", { settings: { hosts: { count: 1 } } });
 * const { wantedHosts, hosts } = await environments.status("alice");
 * const { evidence } = await environments.destroy("alice");
 */
export function openEnvironments(options: EnvironmentsOptions): Environments {
    const context = libraryContext(options);
    const { waitForLockSeconds = 0 } = options;
    const projectDirectory = undefined;
    const on = (environment: string) => ({ environment, projectDirectory });
    return {
        preview: (environment: string, { settings, parallel }: PreviewOptions = {}) =>
            preview({ environment, projectDirectory, parallel, given: settings }, context),
        up: (environment: string, upOptions: UpOptions = {}) =>
            up(requestOf(upOptions, { ...on(environment), waitForLockSeconds }), context),
        refresh: (environment: string, { previewOnly = false } = {}) =>
            refresh(
                { environment, projectDirectory, previewOnly, parallel: undefined, waitForLockSeconds },
                context,
            ),
        pause: (environment: string, timeoutSeconds = defaultTimeoutSeconds) =>
            pause({ environment, projectDirectory, timeoutSeconds, waitForLockSeconds, yes: true }, context),
        resume: (environment: string, timeoutSeconds = defaultTimeoutSeconds) =>
            resume({ environment, projectDirectory, timeoutSeconds, waitForLockSeconds }, context),
        extend: (environment: string, duration: string) =>
            extend(
                {
                    environment,
                    projectDirectory,
                    bySeconds: readSomeSeconds(duration, "time"),
                    waitForLockSeconds,
                },
                context,
            ),
        keep: (environment: string) => keep({ environment, projectDirectory, waitForLockSeconds }, context),
        hosts: hostVerbs(context, waitForLockSeconds),
        images: imageVerbs(context, waitForLockSeconds),
        groups: groupVerbs(context, waitForLockSeconds),
        services: serviceVerbs(context, waitForLockSeconds),
        containers: containerVerbs(context, waitForLockSeconds),
        unlock: (environment: string, { id, region } = {}) =>
            unlock({ ...on(environment), id, region, yes: true }, context),
        restoreState: (environment: string) => restoreState(on(environment), context),
        ...readings(on, context),
        ...endings(context, waitForLockSeconds),
    };
}

/** The verbs that only look. */
function readings(
    on: (environment: string) => { readonly environment: string; readonly projectDirectory: undefined },
    context: Context,
): Pick<
    Environments,
    | "list"
    | "cost"
    | "wait"
    | "doctor"
    | "checkWorkstation"
    | "status"
    | "statusPage"
    | "outputs"
    | "network"
    | "networkRequirements"
    | "explain"
    | "schema"
> {
    return {
        list: () => list({ projectDirectory: undefined }, context),
        cost: (environment) => cost(on(environment), context),
        wait: (environment, timeoutSeconds = defaultTimeoutSeconds, hosts?: number) =>
            wait({ ...on(environment), timeoutSeconds, hosts }, context),
        checkWorkstation: () => checkWorkstation({ projectDirectory: undefined }, context),
        explain: (setting) => Promise.resolve().then(() => explain(setting)),
        schema: () => Promise.resolve(settingsFileSchema()),
        doctor: (environment) => examine(on(environment), context),
        status: async (environment) => (await openStatus(on(environment), context)).read(),
        statusPage: (environment) => drawPage(on(environment), context),
        outputs: async (environment) => (await outputs(on(environment), context)).outputs,
        network: (environment) => showNetwork(on(environment), context),
        networkRequirements: (environment) => findRequirements(on(environment), context),
    };
}

/** The verbs that end environments. */
function endings(
    context: Context,
    waitForLockSeconds: number,
): Pick<Environments, "reap" | "destroy" | "destroyAll" | "orphans" | "removeOrphans" | "checkEvidence"> {
    const projectDirectory = undefined;
    return {
        reap: ({ dryRun = false, timeoutSeconds = defaultTimeoutSeconds } = {}) =>
            reap({ projectDirectory, dryRun, timeoutSeconds, parallel: undefined, yes: true }, context),
        destroy: (environment: string, { timeoutSeconds = defaultTimeoutSeconds, evidence } = {}) =>
            destroy(
                {
                    ...{ environment, projectDirectory, timeoutSeconds, waitForLockSeconds },
                    ...{ evidence, parallel: undefined, yes: true },
                },
                context,
            ),
        destroyAll: ({ owner, olderThan, timeoutSeconds = defaultTimeoutSeconds, evidence } = {}) => {
            const olderThanSeconds =
                olderThan === undefined ? undefined : readSeconds(olderThan, "olderThan");
            const which = { projectDirectory, owner, olderThanSeconds, evidence };
            return destroyAll(
                { ...which, timeoutSeconds, waitForLockSeconds, parallel: undefined, yes: true },
                context,
            );
        },
        orphans: ({ regions = [], allRegions = false } = {}) =>
            orphans({ projectDirectory, regions, allRegions }, context),
        removeOrphans: (ids, options = {}) => {
            const { regions = [], allRegions = false, timeoutSeconds = defaultTimeoutSeconds } = options;
            const { volumes = [], repositories = [], evidence } = options;
            const what = { ids, volumes, repositories, evidence };
            return removeOrphans(
                { projectDirectory, regions, allRegions, ...what, timeoutSeconds, yes: true },
                context,
            );
        },
        checkEvidence: (file: string) => checkEvidence({ file }, context),
    };
}
