import type { Cloud, Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { AwsError, type ApiResponse } from "../front/apiResponse";

/** Where containers really run, load balancers answer too: at the address that they have for their DNS name. */
const withAddresses: Handler = async (request, cloud) => withNames(await cloud.forward(request), cloud);

const deleteLoadBalancer: Handler = async (request, cloud) => {
    const response = await cloud.forward(request);
    cloud.balancers.remove(formOf(request).get("LoadBalancerArn") ?? "");
    return response;
};

/**
 * Tells what is not there by AWS's errors; moto tells it as something without tags.
 * Source: API reference of Elastic Load Balancing, DescribeTags
 */
const describeTags: Handler = async (request, cloud) => {
    const arns = [...formOf(request)].flatMap(([name, value]) =>
        name.startsWith("ResourceArns.member.") ? [value] : [],
    );
    await Promise.all(arns.map((arn) => requireThere(arn, request.region, cloud)));
    return cloud.forward(request);
};

/** Listeners and their rules go with their load balancer: they are not asked for. */
async function requireThere(arn: string, region: string, cloud: Cloud): Promise<void> {
    const [action, list, code, what] = arn.includes(":targetgroup/")
        ? (["DescribeTargetGroups", "TargetGroupArns", "TargetGroupNotFound", "Target groups"] as const)
        : (["DescribeLoadBalancers", "LoadBalancerArns", "LoadBalancerNotFound", "Load balancers"] as const);
    if (!/:(targetgroup|loadbalancer)\//.test(arn)) {
        return;
    }
    const form = { Action: action, Version: "2015-12-01", [`${list}.member.1`]: arn };
    const answer = await cloud.moto.query(region, "elasticloadbalancing", form);
    if (!answer.includes(`>${arn}<`)) {
        throw new AwsError(code, `${what} '${arn}' not found`);
    }
}

async function withNames(response: ApiResponse, cloud: Cloud): Promise<ApiResponse> {
    if (response.status !== 200 || cloud.containers.info.kind === "simulated") {
        return response;
    }
    let text = response.body.toString("utf8");
    for (const [member] of text.matchAll(
        /<member>(?:(?!<\/?member>).|<member>.*?<\/member>)*?<\/member>/gs,
    )) {
        const arn = /<LoadBalancerArn>([^<]+)<\/LoadBalancerArn>/.exec(member)?.[1];
        if (arn !== undefined && member.includes("<DNSName>")) {
            const name = `<DNSName>${await cloud.balancers.addressOf(arn)}</DNSName>`;
            text = text.replace(member, member.replace(/<DNSName>[^<]*<\/DNSName>/, name));
        }
    }
    const body = Buffer.from(text, "utf8");
    return { ...response, body, headers: { ...response.headers, "content-length": body.length } };
}

/** Actions of Elastic Load Balancing that the front has a hand in; the others are moto's. */
export const balancingHandlers: Readonly<Record<string, Handler>> = {
    CreateLoadBalancer: withAddresses,
    DeleteLoadBalancer: deleteLoadBalancer,
    DescribeLoadBalancers: withAddresses,
    DescribeTags: describeTags,
};
