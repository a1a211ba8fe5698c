import { tagKeys } from "../../../../components/model/tags";
import type { Emptying } from "./emptying";
import { deregisterSilentHosts } from "./silentHosts";
import { stopTasks, waitForTasks } from "./tasks";
import { isServiceTask } from "../../../hosts/tasks";

/**
 * Takes this environment's hosts out of a cluster that belongs to somebody else: no new tasks, the services' tasks
 * move to other hosts, what nobody would start anew is stopped. Services are never touched.
 */
export async function leaveCluster(emptying: Emptying): Promise<void> {
    const { aws, request } = emptying;
    const instances = await aws.ec2.instances({ [tagKeys.stack]: request.stack });
    const ids = new Set(instances.map((instance) => instance.instanceId));
    const registered = await aws.ecs.containerInstances(request.clusterName);
    const ours = registered.filter((instance) => ids.has(instance.instanceId));
    const active = ours.filter((instance) => instance.agentConnected && instance.status === "ACTIVE");
    if (active.length > 0) {
        await aws.ecs.drain(
            request.clusterName,
            active.map((instance) => instance.arn),
        );
        request.progress.note(`draining ${active.map((instance) => instance.instanceId).join(", ")}`);
    }
    const places = new Set(ours.map((instance) => instance.arn));
    const onOurs = (task: { readonly containerInstanceArn?: string }): boolean =>
        places.has(task.containerInstanceArn ?? "");
    const tasks = (await aws.ecs.tasks(request.clusterName)).filter(onOurs);
    await stopTasks(
        emptying,
        tasks.filter((task) => !isServiceTask(task)),
    );
    await waitForTasks(emptying, onOurs);
    await deregisterSilentHosts(emptying, (instance) => ids.has(instance.instanceId));
}
