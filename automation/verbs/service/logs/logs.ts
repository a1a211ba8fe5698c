import { command } from "../../../../components/model/commandLine";
import { logStreamPrefix, serviceNames } from "../../../../components/model/services/serviceNames";
import { carries, proofOf } from "../../../../components/model/tags";
import type { CommonOptions } from "../../../command/command";
import { openUpToRead } from "../../../environment/reading";
import type { OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import { eachOnItsLine } from "../../../output/oneLine";
import type { LogLine } from "../../../ports/awsServices";
import type { Context } from "../../../ports/context";
import type { Registered } from "../../../ports/deploymentServices";
import { containerName, findService, requireService } from "../../../services/ownService";

export interface ServiceLogsRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly service: string;
    /** How far to look back. */
    readonly sinceSeconds: number;
}

interface Shown {
    readonly follow: boolean;
    readonly json: boolean;
}

export interface ServiceLogsResult {
    readonly environment: string;
    readonly service: string;
    readonly lines: readonly { readonly at: string; readonly task: string; readonly text: string }[];
}

const pauseMilliseconds = 2_000;
/** Lines come to CloudWatch Logs by and by: each look goes back as far, and leaves out what was shown. */
const overlapMilliseconds = 60_000;

/** Where a service writes, or has written. */
type Logs = Registered["logs"];

/** What the containers of a service have written. Reads only. @throws AppError SERVICE_NOT_FOUND */
export async function readServiceLogs(
    request: ServiceLogsRequest,
    context: Context,
): Promise<ServiceLogsResult> {
    const { environment, service, sinceSeconds } = request;
    const { target, logs } = await open(request, context);
    const since = new Date(context.clock.now().getTime() - sinceSeconds * 1000);
    const lines = await readLines(target, logs, since);
    return {
        ...{ environment, service },
        lines: lines.map(({ at, stream, text }) => ({ at: at.toISOString(), task: taskOf(stream), text })),
    };
}

/** Shows them, once, or until the signal or the end of the service. @throws AppError USAGE, SERVICE_NOT_FOUND */
export async function serviceLogs(request: ServiceLogsRequest & Shown, context: Context): Promise<void> {
    const { environment, service, follow, json, sinceSeconds } = request;
    if (follow && json) {
        throw new AppError("USAGE", {
            message: "--follow and --output json exclude each other: got both, expected one of them",
            hint: command("service", "logs", environment, service, "--follow"),
        });
    }
    if (json) {
        context.io.stdout(renderJson(await readServiceLogs(request, context)));
        return;
    }
    const { clock, signal, io } = context;
    const { target, logs } = await open(request, context);
    let since = new Date(clock.now().getTime() - sinceSeconds * 1000);
    const shown = new Set<string>();
    for (;;) {
        const lines = await readLines(target, logs, since);
        const added = lines.filter(({ id }) => !shown.has(id));
        for (const one of added) {
            shown.add(one.id);
            io.stdout(eachOnItsLine(`${taskOf(one.stream).slice(0, 8)} ${one.text.trimEnd()}\n`));
        }
        const last = lines.at(-1)?.at.getTime() ?? 0;
        since = new Date(Math.max(since.getTime(), last - overlapMilliseconds));
        if (!follow || signal.aborted) {
            if (!follow && shown.size === 0 && logs.length > 0) {
                const groups = [...new Set(logs.map(({ group }) => group))].join(", ");
                io.stderr(
                    `service ${service}: its containers have written nothing to ${groups} in the last ${formatSeconds(sinceSeconds)}\n`,
                );
            }
            return;
        }
        if (added.length === 0 && (await findService(target, service)) === undefined) {
            io.stderr(`service ${service}: it is removed, and writes nothing more\n`);
            return;
        }
        await clock.sleep(pauseMilliseconds, signal).catch((error: unknown) => {
            if (!signal.aborted) {
                throw error;
            }
        });
    }
}

async function open(
    { service, ...request }: ServiceLogsRequest,
    context: Context,
): Promise<{ readonly target: OpenTarget; readonly logs: Logs }> {
    const target = await openUpToRead(context, request);
    const kept = await keptLogs(target, service);
    if (kept !== undefined) {
        return { target, logs: [kept] };
    }
    const found = await requireService(target, service);
    const { taskDefinition } = found.service;
    const registered =
        taskDefinition === undefined ? undefined : await target.aws.ecs.registered(taskDefinition);
    if (registered?.logs.length === 0) {
        context.io.stderr(`service ${service}: its containers do not write to CloudWatch Logs\n`);
    }
    return { target, logs: registered?.logs ?? [] };
}

/** Those that `service remove --keep-logs` has left; undefined where the service is there, or has none. */
async function keptLogs(target: OpenTarget, service: string): Promise<Logs[number] | undefined> {
    const { aws, owner, environment } = target;
    if (owner.stackId === undefined || (await findService(target, service)) !== undefined) {
        return undefined;
    }
    const { logGroup: group } = serviceNames(owner.stackId, environment, service);
    const tags = await aws.logs.tagsOfGroup(group);
    return tags !== undefined && carries(tags, proofOf(owner))
        ? { container: containerName, group, streamPrefix: logStreamPrefix }
        : undefined;
}

async function readLines({ aws }: OpenTarget, logs: Logs, since: Date): Promise<readonly LogLine[]> {
    const lists = await Promise.all(
        logs.map(({ container, group, streamPrefix }) =>
            aws.logs.events(group, `${streamPrefix}/${container}/`, since),
        ),
    );
    return lists.flat().sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** Streams of awslogs are called `<prefix>/<container>/<task id>` (Amazon ECS Developer Guide, using_awslogs). */
function taskOf(stream: string): string {
    return stream.split("/").at(-1) ?? stream;
}
