import { expect } from "chai";

import type { RoleQuestion, Verdict } from "../../../components/model/checks/reads";
import type { DeniedAction } from "../../../components/model/diagnosis/evidence";
import { said, withAnswers } from "./lostAnswers";

const roleArn = "arn:aws:iam::123456789012:role/hosts";
const question: RoleQuestion = {
    actions: [
        "ecs:Poll",
        "ecs:RegisterContainerInstance",
        "ecs:DiscoverPollEndpoint",
        "ecs:StartTelemetrySession",
    ],
    resource: "*",
    context: {},
};

/** As IAM says it: https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html */
function result(action: string, decision: string, layers = ""): string {
    return `<member><EvalActionName>${action}</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>${decision}</EvalDecision>${layers}</member>`;
}
const organization = (allowed: boolean): string =>
    `<OrganizationsDecisionDetail><AllowedByOrganizations>${allowed}</AllowedByOrganizations></OrganizationsDecisionDetail>`;
const boundary = (allowed: boolean): string =>
    `<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>${allowed}</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>`;

const results = [
    result("ecs:Poll", "allowed", organization(true)),
    result("ecs:RegisterContainerInstance", "explicitDeny", organization(false) + boundary(false)),
    result("ecs:DiscoverPollEndpoint", "implicitDeny", organization(true) + boundary(false)),
    result("ecs:StartTelemetrySession", "implicitDeny", organization(true)),
];
const answer = said(
    `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${results.join("")}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
);

describe("what a service control policy denies", () => {
    it("to the hosts' role is told from what its boundary and its policies deny", async () => {
        let denied: readonly DeniedAction[] = [];
        await withAnswers({ SimulatePrincipalPolicy: [answer] }, async ({ iam }) => {
            denied = await iam.deniedToRole(roleArn, question);
        });
        expect(denied).to.deep.equal([
            { action: "ecs:RegisterContainerInstance", by: "organization", isExplicit: true },
            { action: "ecs:DiscoverPollEndpoint", by: "boundary" },
            { action: "ecs:StartTelemetrySession", by: "policies" },
        ]);
    });

    it("counts as denied before a start", async () => {
        let verdicts: ReadonlyMap<string, Verdict> = new Map();
        await withAnswers({ SimulatePrincipalPolicy: [answer] }, async ({ iam }) => {
            verdicts = await iam.verdictsOnRole(roleArn, question);
        });
        expect([...verdicts]).to.deep.equal([
            ["ecs:Poll", "allowed"],
            ["ecs:RegisterContainerInstance", "denied"],
            ["ecs:DiscoverPollEndpoint", "denied"],
            ["ecs:StartTelemetrySession", "denied"],
        ]);
    });

    // The words of AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    it("to the caller is told in AWS's words, with the call", async () => {
        const message =
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: ecs:CreateCapacityProvider with an explicit deny in a service control policy";
        const refused = JSON.stringify({ __type: "AccessDeniedException", message });
        await withAnswers({ CreateCapacityProvider: [[400, refused]] }, async ({ ecs }) => {
            const error: unknown = await ecs
                .makeGroupProvider({ name: "workers", groupArn: "arn:g", isManaged: false, tags: {} })
                .catch((reason: unknown) => reason);
            expect(error).to.include({
                code: "AWS_ACCESS_DENIED",
                message: `not allowed to call ecs:CreateCapacityProvider: ${message}`,
            });
        });
    });
});
