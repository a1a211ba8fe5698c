import { command } from "../../components/model/commandLine";
import type { Problem } from "../../components/model/problem";
import type { ServicePlan } from "../../components/model/services/serviceRequest";
import { carries, proofOf, tagKeys } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { BalancerPart } from "../ports/balancingServices";
import { ofOthers } from "./ownService";
import { listProblems } from "./problems";

/** What an earlier deployment has made for the requests of a service: it is used as it is. */
export interface StandingBalancer {
    readonly loadBalancer?: BalancerPart;
    readonly targetGroup?: BalancerPart;
}

/**
 * Finds the load balancer and the target group of a service by their name, and proves them by their tags.
 * @throws AppError SERVICE_OF_OTHERS; SERVICE_INVALID where they have another scheme or port than is asked for
 */
export async function findStandingBalancer(
    target: Target,
    asked: ServicePlan,
    balancerName: string,
): Promise<StandingBalancer> {
    const { aws, owner } = target;
    const found = await aws.loadBalancing.tagged({}, (name) => name === balancerName);
    const proof = { ...proofOf(owner), [tagKeys.service]: asked.name };
    if (found.some(({ tags }) => !carries(tags, proof))) {
        throw ofOthers(target, asked.name);
    }
    const standing = {
        loadBalancer: found.find(({ type }) => type === "loadbalancer"),
        targetGroup: found.find(({ type }) => type === "targetgroup"),
    };
    const problems = differences(asked, standing);
    if (problems.length > 0) {
        throw new AppError("SERVICE_INVALID", {
            message: `the load balancer of service ${asked.name} stays as it was made, until the service is removed; nothing was changed`,
            details: listProblems(problems),
            hint: command("service", "remove", target.environment, asked.name),
        });
    }
    return standing;
}

/** Neither a scheme nor a target group's port can be changed in Elastic Load Balancing (API reference, ModifyTargetGroup). */
function differences(
    { balancer, port }: ServicePlan,
    { loadBalancer, targetGroup }: StandingBalancer,
): readonly Problem[] {
    const scheme = loadBalancer?.scheme === "internal" ? "internal" : "public";
    return [
        ...(loadBalancer !== undefined && balancer !== undefined && balancer !== scheme
            ? [problem("--internal-only", `its load balancer is ${scheme}, got ${balancer}`)]
            : []),
        ...(targetGroup?.port !== undefined && targetGroup.port !== port?.container
            ? [
                  problem(
                      "--port",
                      `its load balancer asks port ${targetGroup.port} of the container, got ${port?.container ?? "none"}`,
                  ),
              ]
            : []),
    ];
}

function problem(path: string, message: string): Problem {
    return { path, message, severity: "error" };
}
