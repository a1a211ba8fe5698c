import { serviceDefaults } from "../../components/model/services/serviceRequest";
import type { Target } from "../environment/target";
import type { Begun } from "../ports/deploymentServices";
import type { Progress } from "../ports/io";
import { graceSeconds, makeBalancer } from "./balancer";
import { serviceForm, type DeployPlan } from "./deployPlan";
import { containerName } from "./ownService";

/**
 * Makes, or changes, what the plan names: each part is found by its name where an earlier deployment has come so far. In the order in
 * which one needs the other.
 */
export async function applyDeploy(target: Target, plan: DeployPlan, progress: Progress): Promise<Begun> {
    const { aws, signal } = target;
    const { wanted, task, tags, standing } = plan;
    await aws.logs.makeGroup(task.logs.group, serviceDefaults.logRetentionDays, tags);
    signal.throwIfAborted();
    const name = plan.registered?.name ?? (await aws.ecs.registerTask(task));
    progress.note(`task definition ${name}: ${plan.registered === undefined ? "registered" : "is there"}`);
    signal.throwIfAborted();
    const form = serviceForm(target, plan, name);
    const balancer = await balancerOf(target, plan, progress);
    signal.throwIfAborted();
    if (standing === undefined) {
        const begun = await aws.ecs.createService({ ...form, balancer });
        progress.note(`service ${wanted.name}: made`);
        return begun;
    }
    const begun = await aws.ecs.changeService({ ...form, balancer });
    progress.note(`service ${wanted.name}: changed`);
    return begun;
}

async function balancerOf(
    target: Target,
    { wanted, tags, balancer }: DeployPlan,
    progress: Progress,
): Promise<
    { targetGroup: string; container: string; containerPort: number; graceSeconds: number } | undefined
> {
    if (balancer === undefined || wanted.balancer === undefined || wanted.port === undefined) {
        return undefined;
    }
    const { container: containerPort } = wanted.port;
    const form = {
        ...balancer,
        service: wanted.name,
        scheme: wanted.balancer,
        containerPort,
        tags,
    };
    const targetGroup = await makeBalancer(target, form, progress);
    return { targetGroup, container: containerName, containerPort, graceSeconds };
}
