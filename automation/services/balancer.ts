import { portsText } from "../../components/model/agent/hostPortRange";
import { serviceNames } from "../../components/model/services/serviceNames";
import { withName, type Tags } from "../../components/model/tags";
import type { Target } from "../environment/target";
import type { Progress } from "../ports/io";
import type { BalancerPlace } from "./balancerPlace";

/** How long a load balancer goes on with requests of a task that is told to stop, in seconds; ECS waits as long. */
const delaySeconds = 30;

/** How long a task may fail its first health checks, in seconds. */
export const graceSeconds = 60;

export interface BalancerForm extends BalancerPlace {
    readonly service: string;
    readonly scheme: "public" | "internal";
    readonly containerPort: number;
    readonly tags: Tags;
}

/**
 * Makes the load balancer of a service with what belongs to it, each unless it is there. Called again it changes nothing.
 * @returns ARN of the target group
 */
export async function makeBalancer(
    { aws, owner }: Pick<Target, "aws" | "owner">,
    form: BalancerForm,
    progress: Pick<Progress, "note">,
): Promise<string> {
    const { service, scheme, vpcId, subnetIds, openGroups, containerPort, hostPorts } = form;
    const names = serviceNames(owner.stackId ?? "", owner.environment, service);
    const tags = withName(form.tags, `${owner.environment}-${service}`);
    const groupId = await aws.ec2.makeSecurityGroup({
        ...{ name: names.securityGroup, vpcId, tags },
        description: `Load balancer of service ${service}`,
    });
    const cidr = "0.0.0.0/0";
    const ports = [hostPorts.first, hostPorts.last] as const;
    await aws.ec2.letIn(groupId, { ports: [listenerPort, listenerPort], from: { cidr }, tags });
    for (const hostGroup of openGroups) {
        await aws.ec2.letIn(hostGroup, { ports, from: { groupId }, tags });
        progress.note(`security group ${hostGroup}: open to the load balancer on ${portsText(hostPorts)}`);
    }
    const targetGroup =
        form.targetGroup?.arn ??
        (await aws.loadBalancing.makeTargetGroup({
            ...{ name: names.balancer, vpcId, port: containerPort, delaySeconds, tags },
        }));
    const balancer =
        form.loadBalancer ??
        (await aws.loadBalancing.makeLoadBalancer({
            ...{ name: names.balancer, subnetIds, securityGroupIds: [groupId], tags },
            scheme: scheme === "public" ? "internet-facing" : "internal",
        }));
    await aws.loadBalancing.makeListener(balancer.arn, targetGroup, listenerPort, tags);
    const where = form.loadBalancer === undefined ? `, in ${subnetIds.length} zones` : "";
    progress.note(`load balancer ${names.balancer}: listens on port ${listenerPort}${where}`);
    return targetGroup;
}

const listenerPort = 80;
