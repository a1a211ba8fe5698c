import type { Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { AwsError, queryResponse } from "../front/apiResponse";
import { readForm, readFormList, type FormValue } from "../front/form";
import { boundaryOfRole, policiesOfRole } from "../hosts/gatherRole";
import { evaluate, isAllowed } from "../../hosts/decide/policy";

/** `arn:<partition>:iam::<account>:role/<path><name>` */
const roleArnForm = /^arn:[^:]+:iam::\d*:role\/(?:.*\/)?([^/]+)$/;

/**
 * What a role's policies say to each action about each resource, by the same evaluation that decides on a host's calls.
 * Of users and groups, policies of resources and of organizations nothing is played.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
const simulatePrincipalPolicy: Handler = async (request, cloud) => {
    const form = formOf(request);
    const arn = form.get("PolicySourceArn") ?? "";
    const name = roleArnForm.exec(arn)?.[1];
    if (name === undefined) {
        throw new AwsError("InvalidInput", `Invalid Entity Arn: ${arn}`);
    }
    const documents = await policiesOfRole(cloud.moto.iam, name).catch((error: unknown) => {
        throw error instanceof Error && error.name.startsWith("NoSuchEntity")
            ? new AwsError("NoSuchEntity", `Role with arn ${arn} could not be found.`, 404)
            : error;
    });
    const boundary = await boundaryOfRole(cloud.moto.iam, name);
    const resources = readFormList(form, "ResourceArns.member");
    const context = contextOf(readForm(form, "ContextEntries.member"));
    const results = readFormList(form, "ActionNames.member").flatMap((action) =>
        (resources.length === 0 ? ["*"] : resources).map((resource) => {
            const call = { action, resource, context };
            const { decision, missingKeys } = evaluate(documents, call);
            const isBounded = boundary !== undefined && !isAllowed([boundary], call);
            return {
                EvalActionName: action,
                EvalResourceName: resource,
                EvalDecision: isBounded && decision === "allowed" ? "implicitDeny" : decision,
                MatchedStatements: [],
                MissingContextValues: missingKeys,
                ...(boundary !== undefined && {
                    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: !isBounded },
                }),
            };
        }),
    );
    return queryResponse(request, { IsTruncated: false, EvaluationResults: results });
};

/** Sets of values are not played: the first one counts. */
function contextOf(entries: FormValue): Readonly<Record<string, string>> {
    const list = (Array.isArray(entries) ? entries : []) as readonly {
        readonly ContextKeyName?: string;
        readonly ContextKeyValues?: { readonly member?: readonly string[] };
    }[];
    return Object.fromEntries(
        list.map(({ ContextKeyName = "", ContextKeyValues }) => [
            ContextKeyName,
            ContextKeyValues?.member?.[0] ?? "",
        ]),
    );
}

/** What the front has a hand in of IAM; the rest is moto's. */
export const iamHandlers: Readonly<Record<string, Handler>> = {
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
};
