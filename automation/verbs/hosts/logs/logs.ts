import { command, line } from "../../../../components/model/commandLine";
import {
    hostLogsCommand,
    mostLogCharacters,
    type HostLog,
} from "../../../../components/model/hostCommands/hostLogs";
import type { CommonOptions } from "../../../command/command";
import { openUpToRead } from "../../../environment/reading";
import type { OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { chooseHost } from "../../../hosts/chooseHosts";
import { nameOfHost } from "../../../hosts/describeHost";
import { readReach } from "../../../hosts/reach";
import { runOnHosts } from "../../../hosts/runScript";
import { renderJson } from "../../../output/json";
import { eachOnItsLine } from "../../../output/oneLine";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import { newPart, wholeLines } from "./newPart";

export interface LogsRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly host: string;
    readonly boot: boolean;
    readonly lines: number;
}

/** How a log is shown. */
export interface LogsShown {
    readonly follow: boolean;
    readonly json: boolean;
}

export interface LogResult {
    readonly environment: string;
    readonly instanceId: string;
    readonly source: Source["name"];
    readonly text: string;
}

/** How long a host may take to print a log. */
const printSeconds = 60;
const pauseMilliseconds = 5_000;

/** Where a log comes from, and its end as it is now. */
interface Source {
    readonly name: "ssm" | "console";
    read(): Promise<string>;
}

/** The end of a log of a host. Changes nothing, and takes no lock. @throws AppError as `logs` */
export async function readLog(request: LogsRequest, context: Context): Promise<LogResult> {
    const { host, source } = await open(request, context);
    const { environment } = request;
    return { environment, instanceId: host.instanceId, source: source.name, text: await source.read() };
}

async function open(
    request: LogsRequest,
    context: Context,
): Promise<{ readonly host: Host; readonly source: Source }> {
    const target = await openUpToRead(context, request);
    const host = await chooseHost(target, request.host);
    return { host, source: await sourceOf(target, host, request, context) };
}

/**
 * Shows a log of a host, once or until the signal. Changes nothing, so that it takes no lock: whoever looks why a host is late
 * does so while somebody else waits for it.
 * @throws AppError USAGE, or as `chooseHost`; HOST_COMMAND_FAILED
 */
export async function logs(request: LogsRequest & LogsShown, context: Context): Promise<void> {
    const { environment, follow, json } = request;
    if (follow && json) {
        throw new AppError("USAGE", {
            message: "--follow and --output json exclude each other: got both, expected one of them",
            hint: command("hosts", "logs", environment, request.host, "--follow"),
        });
    }
    if (json) {
        context.io.stdout(renderJson(await readLog(request, context)));
        return;
    }
    const { source } = await open(request, context);
    await show(source, follow, context);
}

async function sourceOf(
    target: OpenTarget,
    host: Host,
    { boot, lines }: LogsRequest,
    { io, show }: Context,
): Promise<Source> {
    const { aws } = target;
    const { instanceId } = host;
    const reach = host.state === "running" ? (await readReach(aws, [instanceId]))(instanceId) : "none";
    if (reach !== "online") {
        const why = host.state === "running" ? "SSM does not reach it" : `it is ${host.state}`;
        io.stderr(`host ${nameOfHost(host)}: its console, as ${why}\n`);
        return { name: "console", read: () => aws.ec2.consoleOutput(instanceId) };
    }
    const log: HostLog = boot ? "boot" : "agent";
    const comment = "sles-ecs hosts logs";
    const script = { text: hostLogsCommand(log, lines), comment, timeoutSeconds: printSeconds };
    let hasWarned = false;
    const read = async (): Promise<string> => {
        const wait = { waitSeconds: printSeconds };
        const [result] = await runOnHosts(target, [instanceId], script, wait, { status: () => undefined });
        const { text, isCut } = wholeLines(result?.output ?? "");
        if (isCut && !hasWarned) {
            hasWarned = true;
            const half = String(Math.ceil(lines / 2));
            const fewer = command("hosts", "logs", target.environment, instanceId, "--lines", half);
            io.stderr(
                `${show(line`only its last ${mostLogCharacters} characters; fewer lines: ${fewer}`)}\n`,
            );
        }
        return text;
    };
    return { name: "ssm", read };
}

async function show(source: Source, follow: boolean, { io, clock, signal }: Context): Promise<void> {
    let before = "";
    for (;;) {
        const now = await source.read().catch((error: unknown) => {
            if (!follow || !signal.aborted) {
                throw error;
            }
            return before;
        });
        const news = eachOnItsLine(newPart(before, now));
        if (news !== "") {
            io.stdout(news);
        }
        before = now === "" ? before : now;
        if (!follow || signal.aborted) {
            return;
        }
        await clock.sleep(pauseMilliseconds, signal).catch((error: unknown) => {
            if (!signal.aborted) {
                throw error;
            }
        });
    }
}
