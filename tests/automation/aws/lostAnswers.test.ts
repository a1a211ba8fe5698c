import { expect } from "chai";

import { ec2Refusal, failure, queryRefusal, said, withAnswers, type Scripted } from "./lostAnswers";

/** AWS has done a step of a removal, its answer was lost, and asked again it says that there is nothing to do. */
describe("a removal in steps, of which the answer to one was lost", () => {
    it("deletes the route table whose association was there no more", async () => {
        const asked = await withAnswers(
            {
                DescribeRouteTables: [
                    said(
                        "<DescribeRouteTablesResponse><routeTableSet><item><routeTableId>rtb-1</routeTableId><associationSet><item><routeTableAssociationId>rtbassoc-1</routeTableAssociationId><main>false</main></item></associationSet></item></routeTableSet></DescribeRouteTablesResponse>",
                    ),
                ],
                DisassociateRouteTable: [failure, ec2Refusal("InvalidAssociationID.NotFound")],
            },
            ({ ec2 }) => ec2.remove("rtb-1"),
        );
        expect(asked).to.deep.equal([
            "DescribeRouteTables",
            "DisassociateRouteTable",
            "DisassociateRouteTable",
            "DeleteRouteTable",
        ]);
    });

    it("deletes the internet gateway that was attached no more", async () => {
        const asked = await withAnswers(
            {
                DescribeInternetGateways: [
                    said(
                        "<DescribeInternetGatewaysResponse><internetGatewaySet><item><internetGatewayId>igw-1</internetGatewayId><attachmentSet><item><vpcId>vpc-1</vpcId></item></attachmentSet></item></internetGatewaySet></DescribeInternetGatewaysResponse>",
                    ),
                ],
                DetachInternetGateway: [failure, ec2Refusal("Gateway.NotAttached")],
            },
            ({ ec2 }) => ec2.remove("igw-1"),
        );
        expect(asked.at(-1)).to.equal("DeleteInternetGateway");
    });

    it("deletes the role that a profile had no more, and whose policies were gone", async () => {
        const gone = [failure, queryRefusal("NoSuchEntity")];
        const asked = await withAnswers(
            {
                ListInstanceProfilesForRole: [
                    said(
                        "<R><ListInstanceProfilesForRoleResult><InstanceProfiles><member><InstanceProfileName>p</InstanceProfileName></member></InstanceProfiles></ListInstanceProfilesForRoleResult></R>",
                    ),
                ],
                ListAttachedRolePolicies: [
                    said(
                        "<R><ListAttachedRolePoliciesResult><AttachedPolicies><member><PolicyArn>arn:aws:iam::aws:policy/A</PolicyArn></member></AttachedPolicies></ListAttachedRolePoliciesResult></R>",
                    ),
                ],
                ListRolePolicies: [
                    said(
                        "<R><ListRolePoliciesResult><PolicyNames><member>inline</member></PolicyNames></ListRolePoliciesResult></R>",
                    ),
                ],
                RemoveRoleFromInstanceProfile: gone,
                DetachRolePolicy: gone,
                DeleteRolePolicy: gone,
            },
            ({ iam }) => iam.removeRole("alice"),
        );
        expect(asked.at(-1)).to.equal("DeleteRole");
    });

    it("deletes the instance profile that had its role no more", async () => {
        const asked = await withAnswers(
            {
                GetInstanceProfile: [
                    said(
                        "<R><GetInstanceProfileResult><InstanceProfile><InstanceProfileName>p</InstanceProfileName><Roles><member><RoleName>r</RoleName></member></Roles></InstanceProfile></GetInstanceProfileResult></R>",
                    ),
                ],
                RemoveRoleFromInstanceProfile: [failure, queryRefusal("NoSuchEntity")],
            },
            ({ iam }) => iam.removeInstanceProfile("p"),
        );
        expect(asked.at(-1)).to.equal("DeleteInstanceProfile");
    });
});

/** ECS answers the same where a capacity provider is gone and where a service or cluster uses it. */
describe("a capacity provider that ECS refuses to delete", () => {
    const arn = "arn:aws:ecs:eu-central-1:123456789012:capacity-provider/alice";
    const refused: Scripted = [400, JSON.stringify({ __type: "ClientException", message: "in use or gone" })];
    const listed = (...providers: readonly object[]): Scripted =>
        said(JSON.stringify({ capacityProviders: providers }));
    const remove = async (list: Scripted): Promise<string> => {
        let outcome = "removed";
        await withAnswers(
            { DeleteCapacityProvider: [refused], DescribeCapacityProviders: [list] },
            async ({ ecs }) => {
                await ecs.removeCapacityProvider(arn).catch((error: unknown) => {
                    outcome = String(error);
                });
            },
        );
        return outcome;
    };

    it("counts as removed where it is gone, or goes already", async () => {
        const other = { capacityProviderArn: `${arn}-2`, status: "ACTIVE" };
        expect(await remove(listed(other))).to.equal("removed");
        expect(await remove(listed({ capacityProviderArn: arn, status: "INACTIVE" }))).to.equal("removed");
        const leaving = {
            capacityProviderArn: arn,
            status: "ACTIVE",
            updateStatus: "DELETE_IN_PROGRESS",
        };
        expect(await remove(listed(leaving))).to.equal("removed");
    });

    it("is a refusal where it is there, as somebody's service uses it", async () => {
        expect(await remove(listed({ capacityProviderArn: arn, status: "ACTIVE" }))).to.contain(
            "ecs:DeleteCapacityProvider failed: ClientException, in use or gone",
        );
    });
});
