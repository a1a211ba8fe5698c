import type { Target } from "../environment/target";
import { isServiceTask, serviceOf } from "../hosts/tasks";
import { isOwnService } from "../services/ownService";
import type { Running } from "./services";

/** Of what runs in a cluster of others, the services that `service deploy` has made there for this environment, with their tasks. */
export function ownRunning({ services, tasks }: Running, target: Pick<Target, "owner">): Running {
    const own = services.filter((one) => isOwnService(one, target));
    const names = new Set(own.map(({ name }) => name));
    return {
        services: own,
        tasks: tasks.filter((task) => isServiceTask(task) && names.has(serviceOf(task))),
    };
}
