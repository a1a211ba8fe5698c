import { examineHostCommand, examineHostSeconds } from "../../../components/model/hostCommands/examineHost";
import type { HostLogs } from "../../diagnosis/gather";
import type { SettledTarget } from "../../environment/target";
import { readReach } from "../../hosts/reach";
import { awaitScript } from "../../hosts/runScript";

type Asked = Pick<SettledTarget, "aws" | "clock" | "signal" | "settings">;

/**
 * What hosts tell themselves, where AWS Systems Manager reaches them: one command for all of them, which reads alone.
 * A host that does not answer in time is unseen, and hides nothing of the others.
 * @returns what was read or why not, by the id of the instance; nothing of hosts that Systems Manager has never reached
 */
export async function readHostLogs(
    target: Asked,
    instanceIds: readonly string[],
): Promise<ReadonlyMap<string, HostLogs>> {
    const { instanceRole } = target.settings;
    if (instanceRole.mode === "create" && !instanceRole.ssm) {
        return new Map();
    }
    const reachOf = await readReach(target.aws, instanceIds);
    const of = (...reach: string[]) => instanceIds.filter((id) => reach.includes(reachOf(id)));
    const online = of("online");
    const results =
        online.length === 0
            ? []
            : await awaitScript(
                  target,
                  online,
                  {
                      text: examineHostCommand,
                      comment: "sles-ecs doctor",
                      timeoutSeconds: examineHostSeconds,
                  },
                  { waitSeconds: examineHostSeconds, isCancelled: true },
                  { status: () => undefined },
              );
    return new Map<string, HostLogs>([
        ...results.map(({ instanceId, status, output }): [string, HostLogs] => [
            instanceId,
            status === "Success" ? { text: output } : { unseen: unanswered(status) },
        ]),
        ...of("lost").map((id): [string, HostLogs] => [id, { unseen: "Systems Manager has lost the host" }]),
        ...of("unknown").map((id): [string, HostLogs] => [
            id,
            { unseen: "Systems Manager may not be asked" },
        ]),
    ]);
}

function unanswered(status: string): string {
    return status === "Failed"
        ? "the host could not read them"
        : `the host has not answered within ${examineHostSeconds} s`;
}
