import type { ApiRequest } from "../front/apiRequest";
import type { Cloud, Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { AwsError } from "../front/apiResponse";

/** Descriptions of the groups in a request to let them in, by the group. */
function descriptionsIn(form: URLSearchParams): ReadonlyMap<string, string> {
    return new Map(
        [...form].flatMap(([name, groupId]) => {
            const [, pair] =
                /^(IpPermissions\.\d+\.(?:Groups|UserIdGroupPairs)\.\d+)\.GroupId$/.exec(name) ?? [];
            const description = pair === undefined ? null : form.get(`${pair}.Description`);
            return description === null ? [] : [[groupId, description] as const];
        }),
    );
}

/** Groups in a request to let them in. */
function sourcesIn(form: URLSearchParams): readonly string[] {
    return [...form].flatMap(([name, value]) =>
        /^IpPermissions\.\d+\.(?:Groups|UserIdGroupPairs)\.\d+\.GroupId$/.test(name) ? [value] : [],
    );
}

/**
 * A group lets in those of its own VPC, and of one that is peered with it. What does not exist is moto's to say. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
async function checkSources(request: ApiRequest, cloud: Cloud): Promise<void> {
    const form = formOf(request);
    const sources = sourcesIn(form);
    if (sources.length === 0) {
        return;
    }
    const ec2 = cloud.moto.ec2(request.region);
    const own = form.get("GroupId") ?? "";
    const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups({
        Filters: [{ Name: "group-id", Values: [own, ...sources] }],
    });
    const vpcId = groups.find(({ GroupId }) => GroupId === own)?.VpcId;
    const others = groups.filter((group) => group.VpcId !== vpcId);
    if (vpcId === undefined || others.length === 0) {
        return;
    }
    const { VpcPeeringConnections: peerings = [] } = await ec2.describeVpcPeeringConnections({});
    const peers = new Set(
        peerings
            .filter(({ Status }) => Status?.Code === "active")
            .map(({ AccepterVpcInfo, RequesterVpcInfo }) => [AccepterVpcInfo?.VpcId, RequesterVpcInfo?.VpcId])
            .filter((ends) => ends.includes(vpcId))
            .flat(),
    );
    if (others.some((group) => !peers.has(group.VpcId))) {
        throw new AwsError(
            "InvalidGroup.NotFound",
            "You have specified two resources that belong to different networks.",
        );
    }
}

/** moto takes groups of any VPC. */
export const letIn: Handler = async (request, cloud) => {
    await checkSources(request, cloud);
    return rememberDescriptions(request, cloud);
};

/** moto keeps what is said of CIDR blocks and forgets what is said of groups. */
const rememberDescriptions: Handler = async (request, cloud) => {
    const response = await cloud.forward(request);
    const form = formOf(request);
    const descriptions = descriptionsIn(form);
    if (response.status >= 300 || descriptions.size === 0) {
        return response;
    }
    const ec2 = cloud.moto.ec2(request.region);
    const GroupId = form.get("GroupId") ?? "";
    const ids = [...response.body.toString("utf8").matchAll(/<securityGroupRuleId>([^<]+)</g)];
    const { SecurityGroupRules: rules = [] } = await ec2.describeSecurityGroupRules({
        SecurityGroupRuleIds: ids.flatMap(([, id]) => id ?? []),
    });
    for (const { SecurityGroupRuleId, ReferencedGroupInfo, IpProtocol, FromPort, ToPort } of rules) {
        const ReferencedGroupId = ReferencedGroupInfo?.GroupId;
        const Description = descriptions.get(ReferencedGroupId ?? "");
        if (Description !== undefined) {
            const SecurityGroupRule = { IpProtocol, FromPort, ToPort, ReferencedGroupId, Description };
            await ec2.modifySecurityGroupRules({
                GroupId,
                SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
            });
        }
    }
    return response;
};
