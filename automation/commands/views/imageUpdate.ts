import type { ReplacementStep } from "../../actions/hostReplacement/displacement";
import type { ImageUpdate } from "../../actions/images/update";
import { describePlan } from "../../actions/images/updatePlan";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import type { Task } from "../../ports/aws";
import type { OutputFormat } from "../options";

/** The plan of an update, or what it has done. */
export function showUpdate(update: ImageUpdate, output: OutputFormat): string {
    const { environment, from, to, changes, steps, strays, ready, command, seconds } = update;
    if (output === "json") {
        return renderJson({
            environment,
            ...(from === undefined ? {} : { from }),
            to,
            packages: changes.packages,
            packageChanges: changes.page,
            hosts: steps.map(jsonStep),
            strays,
            state: ready === undefined ? "planned" : steps.length === 0 ? "current" : "updated",
            ...(ready === undefined ? {} : { readyHosts: ready.hosts.map(({ instanceId }) => instanceId) }),
            seconds,
        });
    }
    if (ready !== undefined && steps.length === 0) {
        return `${environment} is on ${to.name} (${to.id}) already, and so are its ${ready.hosts.length} hosts\n`;
    }
    if (ready !== undefined) {
        const count = steps.length === 1 ? "1 host" : `${steps.length} hosts`;
        return `${environment} is on ${to.name}: ${count} replaced, ${ready.hosts.length} of ${ready.wantedHosts} ready; ${formatSeconds(seconds)}\n`;
    }
    return [...describePlan(update), `Next: ${command}`, ""].join("\n");
}

function jsonStep({ host, moving, homeless, ending }: ReplacementStep): object {
    return {
        instanceId: host.instanceId,
        zone: host.zone,
        imageId: host.imageId,
        movingTasks: moving.map(arnOf),
        tasksWithoutRoom: homeless.map(arnOf),
        endingTasks: ending.map(arnOf),
    };
}

function arnOf({ arn }: Task): string {
    return arn;
}
