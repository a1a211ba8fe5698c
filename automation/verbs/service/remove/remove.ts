import { command, type CommandLine } from "../../../../components/model/commandLine";
import type { EvidenceItem } from "../../../../components/model/evidence";
import { serviceNames } from "../../../../components/model/services/serviceNames";
import { carries, proofOf } from "../../../../components/model/tags";
import type { CommonOptions } from "../../../command/command";
import { longestStop } from "../../../emptying/bounds";
import { refusalOf } from "../../../emptying/cleanUp";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { openUp, type OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { pollUntil } from "../../../hosts/poll";
import { serviceOf } from "../../../hosts/tasks";
import { addedTypes } from "../../../inventory/found";
import { withLock, type LockRequest } from "../../../lock/withLock";
import { formatSeconds, secondsBetween } from "../../../output/durations";
import type { Service } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import type { Progress } from "../../../ports/io";
import { findService, isOwnService, ofOthers, requireOwnService } from "../../../services/ownService";
import { findParts, listParts, removeParts, type ServiceParts } from "../../../services/parts";

export interface RemoveServiceRequest
    extends Pick<CommonOptions, "projectDirectory" | "yes">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly service: string;
    readonly keepLogs: boolean;
    readonly timeoutSeconds: number;
}

export interface RemoveServiceResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly service: string;
    /** In the order in which it went. */
    readonly removed: readonly EvidenceItem[];
    /** The log group that --keep-logs leaves. */
    readonly keptLogs?: string;
    readonly seconds: number;
}

/** What is there of a service that goes. */
interface Going {
    /** Missing where an earlier removal has come so far. */
    readonly service?: Service;
    readonly parts: ServiceParts;
    readonly logGroup?: EvidenceItem;
    /** Name of the log group that stays. */
    readonly keptLogs?: string;
}

/**
 * Removes a service with its parts, and looks whether anything is left. May be ended anywhere and given again.
 * @throws AppError SERVICE_NOT_FOUND, SERVICE_OF_OTHERS, CONSENT_NEEDED, DECLINED or LOCKED before anything is changed;
 * SERVICE_NOT_GONE (exit 5)
 */
export async function removeService(
    request: RemoveServiceRequest,
    context: Context,
): Promise<RemoveServiceResult> {
    const startedAt = context.clock.now();
    const { service } = request;
    const open = () => openUp(context, request);
    return withLock({ ...request, verb: "service remove" }, context, open, async (target) => {
        const { environment, clusterName } = target;
        const going = await findGoing(target, request);
        const again = command(
            "service",
            "remove",
            environment,
            service,
            request.keepLogs && "--keep-logs",
            request.yes && "--yes",
        );
        describe(service, going).forEach((one) => context.io.stderr(`${one}\n`));
        await requireConsent(context, request, `Remove service ${service} of ${environment}?`, again);
        const removed = await withProgress(context, async (progress) => {
            progress.phase("checking lock and passphrase");
            await target.stack.requireWorkable("service remove", progress);
            return new Removal(target, request, again, progress).remove(going);
        });
        const seconds = secondsBetween(startedAt, context.clock.now());
        const { keptLogs } = going;
        return {
            ...{ environment, clusterName, service, removed, seconds },
            ...(keptLogs !== undefined && { keptLogs }),
        };
    });
}

async function findGoing(
    target: OpenTarget,
    { service: name, keepLogs }: RemoveServiceRequest,
): Promise<Going> {
    const { aws, owner, environment } = target;
    const { logGroup } = serviceNames(owner.stackId ?? "", environment, name);
    const [found, parts, logTags, caller] = await Promise.all([
        findService(target, name),
        findParts(target, name),
        owner.stackId === undefined ? undefined : aws.logs.tagsOfGroup(logGroup),
        aws.identity.caller(),
    ]);
    if (found !== undefined && !isOwnService(found.service, target)) {
        throw ofOthers(target, name);
    }
    const hasLogs = logTags !== undefined && carries(logTags, proofOf(owner));
    if (found === undefined && listParts(parts).length === 0 && (keepLogs || !hasLogs)) {
        await requireOwnService(target, name);
    }
    const partition = caller.arn.split(":")[1] ?? "aws";
    const arn = `arn:${partition}:logs:${caller.region}:${caller.accountId}:log-group:${logGroup}`;
    return {
        service: found?.service,
        parts,
        ...(hasLogs &&
            (keepLogs
                ? { keptLogs: logGroup }
                : { logGroup: { type: addedTypes.logGroup, name: logGroup, id: arn } })),
    };
}

function describe(name: string, { service, parts, logGroup, keptLogs }: Going): readonly string[] {
    return [
        `removing service ${name} deletes:`,
        ...(service === undefined
            ? []
            : [`  service ${name} (${service.running} of ${service.desired} tasks running)`]),
        ...[...listParts(parts), ...(logGroup === undefined ? [] : [logGroup])].map(
            ({ type, name: part }) => `  ${type} ${part}`,
        ),
        ...(keptLogs === undefined ? [] : [`and keeps ${addedTypes.logGroup} ${keptLogs}`]),
    ];
}

class Removal {
    private readonly removed: EvidenceItem[] = [];

    constructor(
        private readonly target: OpenTarget,
        private readonly request: RemoveServiceRequest,
        private readonly again: CommandLine,
        private readonly progress: Progress,
    ) {}

    async remove({ service, parts, logGroup }: Going): Promise<readonly EvidenceItem[]> {
        const { aws } = this.target;
        if (service !== undefined) {
            await this.stop(service);
        }
        this.progress.phase("removing what was made for it");
        const until = (name: string, change: () => Promise<void>): Promise<void> =>
            this.until(() => refusal(name, change), this.request.timeoutSeconds);
        this.removed.push(...(await removeParts(this.target, parts, until, this.progress)));
        if (logGroup !== undefined) {
            await aws.logs.remove(logGroup.id);
            this.progress.note(`${logGroup.type} ${logGroup.name}: deleted`);
            this.removed.push(logGroup);
        }
        this.progress.phase("looking whether anything is left");
        await this.until(() => this.left(), this.request.timeoutSeconds);
        return this.removed;
    }

    /** To 0, until requests are answered and tasks have stopped; then the service itself. */
    private async stop(service: Service): Promise<void> {
        const { aws, clusterName } = this.target;
        const { name, desired, status } = service;
        const ofService = async () =>
            (await aws.ecs.tasks(clusterName)).filter((task) => serviceOf(task) === name);
        const { seconds, reason } = await longestStop(this.target, [service], await ofService());
        const timeoutSeconds = Math.max(this.request.timeoutSeconds, seconds);
        this.progress.phase(`stopping the tasks of ${name}`);
        if (reason !== undefined) {
            this.progress.note(`tasks may take up to ${formatSeconds(seconds)} to stop: ${reason}`);
        }
        if (status === "ACTIVE" && desired > 0) {
            await aws.ecs.setDesiredCount(clusterName, name, 0);
            this.progress.note(`service ${name}: desired count ${desired} -> 0`);
        }
        await this.until(
            async () =>
                (await ofService()).map(
                    (task) => `task ${task.arn.split("/").at(-1) ?? ""}: ${task.lastStatus}`,
                ),
            timeoutSeconds,
        );
        await aws.ecs.deleteService(clusterName, name);
        this.progress.note(`service ${name}: deleted`);
        this.removed.push({ type: "ecs:service", name, id: service.arn });
        await this.until(async () => {
            const found = await findService(this.target, name);
            return found === undefined ? [] : [`service ${name}: ${found.service.status}`];
        }, timeoutSeconds);
    }

    private async left(): Promise<readonly string[]> {
        const { service } = this.request;
        return listParts(await findParts(this.target, service)).map(({ type, name }) => `${type} ${name}`);
    }

    /** @throws AppError SERVICE_NOT_GONE with what is still there when the time is over */
    private async until(find: () => Promise<readonly string[]>, timeoutSeconds: number): Promise<void> {
        const { clock, signal } = this.target;
        const deadline = clock.now().getTime() + timeoutSeconds * 1000;
        let left: readonly string[] = [];
        const isOver = await pollUntil(clock, { deadline, signal }, async () => {
            left = await find();
            this.progress.status(left);
            return left.length === 0;
        });
        if (!isOver) {
            throw new AppError("SERVICE_NOT_GONE", {
                message: `something of service ${this.request.service} is still there after ${formatSeconds(timeoutSeconds)}`,
                details: left,
                hint: this.again,
            });
        }
    }
}

/** Asks for a change; what AWS refuses for the time being may go later. */
async function refusal(name: string, change: () => Promise<void>): Promise<readonly string[]> {
    const refused = await refusalOf(change);
    return refused === undefined ? [] : [`${name}: ${refused}`];
}
