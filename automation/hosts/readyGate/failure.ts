import { command } from "../../../components/model/commandLine";
import { tagKeys } from "../../../components/model/tags";
import { AppError } from "../../errors/appError";
import { formatSeconds } from "../../output/durations";
import type { Aws } from "../../ports/awsServices";
import type { ReadyRequest } from "../contracts";
import { explainMissingAgents } from "./diagnosis";
import type { HostVerdict, Look, WantedHost } from "./verdict";

/** The error for hosts that are not ready in time: one line a host, with the cause where it can be found. */
export async function describeFailure(
    aws: Aws,
    request: ReadyRequest,
    wanted: WantedHost,
    look: Look,
): Promise<AppError> {
    const verdicts = await explainMissingAgents(aws, wanted, look.verdicts);
    const ready = verdicts.filter((verdict) => verdict.ready).length;
    const unexplained = look.wantedHosts - look.verdicts.length;
    const gone = unexplained > 0 ? look.gone.filter(isAccident) : [];
    const missing = unexplained - gone.length;
    return new AppError("NOT_READY", {
        message:
            `${ready} of ${look.wantedHosts} ${look.wantedHosts === 1 ? "host is" : "hosts are"} ready in cluster ` +
            `${wanted.clusterName} after ${formatSeconds(request.timeoutSeconds)}`,
        details: [
            ...[...verdicts, ...gone].map(hostLine),
            ...(missing > 0 ? [missingLine(missing, request.stack)] : []),
        ],
        hint: command("wait", request.environment),
    });
}

/** Somebody's own termination explains nothing; EC2 giving a host up does. */
function isAccident(verdict: HostVerdict): boolean {
    return verdict.host.stateReason !== undefined && !/user ?initiated/i.test(verdict.host.stateReason);
}

function hostLine({ host, reached }: HostVerdict): string {
    return `${host.instanceId} ${host.zone}: ${reached}`;
}

function missingLine(count: number, stack: string): string {
    const what = count === 1 ? "1 more host does" : `${count} more hosts do`;
    return `${what} not exist: EC2 has no other instance with the tag ${tagKeys.stack}=${stack}`;
}
