import type { ResourceType } from "../schema/resourceType";
import { autoscalingGroup } from "./autoscalingGroup";
import { capacityProvider } from "./capacityProvider";
import { clusterCapacityProviders } from "./clusterCapacityProviders";
import { ecrLifecyclePolicy } from "./ecrLifecyclePolicy";
import { ecrRepository } from "./ecrRepository";
import { ecrRepositoryPolicy } from "./ecrRepositoryPolicy";
import { ecsCluster } from "./ecsCluster";
import { ecsService } from "./ecsService";
import { ecsTaskDefinition } from "./ecsTaskDefinition";
import { eip } from "./eip";
import { iamInstanceProfile } from "./iamInstanceProfile";
import { iamRole } from "./iamRole";
import { iamRolePolicy } from "./iamRolePolicy";
import { iamRolePolicyAttachment } from "./iamRolePolicyAttachment";
import { instance } from "./instance";
import { internetGateway } from "./internetGateway";
import { launchTemplate } from "./launchTemplate";
import { lbListener } from "./lbListener";
import { lbLoadBalancer } from "./lbLoadBalancer";
import { lbTargetGroup } from "./lbTargetGroup";
import { logGroup } from "./logGroup";
import { natGateway } from "./natGateway";
import { route } from "./route";
import { routeTable } from "./routeTable";
import { routeTableAssociation } from "./routeTableAssociation";
import { schedule } from "./schedule";
import { scheduleGroup } from "./scheduleGroup";
import { securityGroup } from "./securityGroup";
import { securityGroupEgressRule } from "./securityGroupEgressRule";
import { securityGroupIngressRule } from "./securityGroupIngressRule";
import { subnet } from "./subnet";
import { volume } from "./volume";
import { volumeAttachment } from "./volumeAttachment";
import { vpc } from "./vpc";
import { vpcEndpoint } from "./vpcEndpoint";

/** Every resource type that the local provider serves: what the components and the example of a service use, and no more. */
export const resourceTypes: readonly ResourceType[] = [
    autoscalingGroup,
    capacityProvider,
    clusterCapacityProviders,
    ecrLifecyclePolicy,
    ecrRepository,
    ecrRepositoryPolicy,
    ecsCluster,
    ecsService,
    ecsTaskDefinition,
    eip,
    iamInstanceProfile,
    iamRole,
    iamRolePolicy,
    iamRolePolicyAttachment,
    instance,
    internetGateway,
    launchTemplate,
    lbListener,
    lbLoadBalancer,
    lbTargetGroup,
    logGroup,
    natGateway,
    route,
    routeTable,
    routeTableAssociation,
    schedule,
    scheduleGroup,
    securityGroup,
    securityGroupEgressRule,
    securityGroupIngressRule,
    subnet,
    volume,
    volumeAttachment,
    vpc,
    vpcEndpoint,
];

const byToken = new Map(resourceTypes.map((type) => [type.token, type]));

/**
 * The resource type with this token.
 * @throws Error when the local provider does not serve it
 */
export function resourceType(token: string): ResourceType {
    const type = byToken.get(token);
    if (type === undefined) {
        const served = resourceTypes.map((known) => known.token.split(":")[1]?.split("/")[0]);
        throw new Error(
            `the local cloud's provider does not serve the resource type ${token}: it serves only what sles-ecs and its examples use, ` +
                `${resourceTypes.length} types of ${[...new Set(served)].sort().join(", ")}; use it against AWS instead`,
        );
    }
    return type;
}
