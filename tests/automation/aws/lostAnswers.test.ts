import { expect } from "chai";

import { ec2Refusal, failure, queryRefusal, said, withAnswers } from "./lostAnswers";

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
