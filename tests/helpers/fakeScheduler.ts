import type { ContainerInstance, Task } from "../../automation/ports/aws";
import type { FakeAwsState } from "./fakeAws";

/** As many tasks of each service as it should have, wherever there is a host. */
export function startTasks(state: FakeAwsState, clusterName: string): void {
    const agents = state.containerInstances[clusterName] ?? [];
    if (agents.some(({ agentConnected, status }) => agentConnected && status === "ACTIVE")) {
        state.services[clusterName] = (state.services[clusterName] ?? []).map((one) => ({
            ...one,
            running: Math.max(one.running, one.desired),
        }));
    }
}

/** Tasks stop where nobody wants them, and those of services move off hosts that are drained or gone. */
export function scheduleTasks(state: FakeAwsState, clusterName: string): void {
    const services = state.services[clusterName] ?? [];
    const ofService = ({ group }: Task) => services.find(({ name }) => group === `service:${name}`);
    state.tasks[clusterName] = (state.tasks[clusterName] ?? [])
        .filter((task) => ofService(task)?.desired !== 0)
        .map((task) => {
            const service = ofService(task);
            const agents = state.containerInstances[clusterName] ?? [];
            const here = agents.find(({ arn }) => arn === task.containerInstanceArn);
            const mustMove = here === undefined || here.status === "DRAINING";
            const isMovable = service !== undefined && service.schedulingStrategy !== "DAEMON";
            const place = agents.find(
                (one) =>
                    one.agentConnected &&
                    one.status === "ACTIVE" &&
                    one.free.memoryMiB >= task.needs.memoryMiB,
            );
            return mustMove && isMovable && place !== undefined
                ? move(state, clusterName, task, here, place)
                : task;
        });
}

function move(
    { containerInstances }: FakeAwsState,
    clusterName: string,
    task: Task,
    from: ContainerInstance | undefined,
    to: ContainerInstance,
): Task {
    const { cpuUnits, memoryMiB } = task.needs;
    const loaded = (one: ContainerInstance, sign: number): ContainerInstance => ({
        ...one,
        free: {
            cpuUnits: one.free.cpuUnits + sign * cpuUnits,
            memoryMiB: one.free.memoryMiB + sign * memoryMiB,
        },
    });
    containerInstances[clusterName] = (containerInstances[clusterName] ?? []).map((one) =>
        one.arn === to.arn ? loaded(one, -1) : one.arn === from?.arn ? loaded(one, 1) : one,
    );
    return { ...task, containerInstanceArn: to.arn };
}
