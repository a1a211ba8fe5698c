import type { Aws } from "../../ports/awsServices";
import type { ReplacementRequest } from "../contracts";
import { findHosts, isGone } from "../hosts";
import { planReplacement, type ReplacementStep } from "./displacement";

/** Plans from one look at EC2 and ECS, with a fixed number of queries however many hosts there are. */
export async function readReplacement(
    aws: Pick<Aws, "ec2" | "ecs">,
    { stack, clusterName, imageId }: ReplacementRequest,
): Promise<readonly ReplacementStep[]> {
    const [hosts, tasks, services] = await Promise.all([
        findHosts(aws, { stack, clusterName }),
        aws.ecs.tasks(clusterName),
        aws.ecs.services(clusterName),
    ]);
    const standing = hosts.filter((host) => !isGone(host));
    return planReplacement({ hosts: standing, tasks, services }, (host) => host.imageId !== imageId);
}
