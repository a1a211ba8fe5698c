import type { Handler } from "../cloud";
import { formOf } from "../front/apiRequest";

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

/** moto keeps what is said of CIDR blocks and forgets what is said of groups. */
export const rememberDescriptions: Handler = async (request, cloud) => {
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
