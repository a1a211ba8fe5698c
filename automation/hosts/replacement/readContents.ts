import { tagKeys } from "../../../components/model/tags";
import type { Aws } from "../../ports/awsServices";
import type { ReplacementRequest } from "../contracts";
import { isGone, joinHosts } from "../hosts";
import { planReplacement, type ReplacementPlan } from "./displacement";

/** Plans from one look at EC2 and ECS, with a fixed number of queries however many hosts there are. */
export async function readReplacement(
    aws: Pick<Aws, "ec2" | "ecs">,
    { stack, clusterName, imageId }: ReplacementRequest,
): Promise<ReplacementPlan> {
    const [instances, containerInstances, tasks, services] = await Promise.all([
        aws.ec2.instances({ [tagKeys.stack]: stack }),
        aws.ecs.containerInstances(clusterName),
        aws.ecs.tasks(clusterName),
        aws.ecs.services(clusterName),
    ]);
    const hosts = joinHosts(instances, containerInstances).filter((host) => !isGone(host));
    return planReplacement(
        { hosts, containerInstances, tasks, services },
        (host) => host.imageId !== imageId,
    );
}
