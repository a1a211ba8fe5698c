import type { IAM } from "@aws-sdk/client-iam";
import { SSM } from "@aws-sdk/client-ssm";

import { localAuthorization } from "../../local/cloud/front/apiRequest";
import { makeTaskRole } from "../helpers/taskRole";
import type { TestCloud } from "../local/cloud/testCloud";

/** What a service with secrets needs of a local cloud. */
export async function secretsOf({ info: { endpoint }, iam }: TestCloud & { readonly iam: IAM }): Promise<{
    readonly ssm: SSM;
    readonly makeSecret: (value: string) => Promise<string>;
    readonly role: string;
}> {
    const role = await makeTaskRole(iam);
    await iam.putRolePolicy({
        RoleName: role.split("/").at(-1),
        PolicyName: "agent",
        PolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: ["logs:*"], Resource: "*" }],
        }),
    });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const makeSecret = async (SecretString: string): Promise<string> => {
        const answer = await fetch(endpoint, {
            method: "POST",
            headers: {
                "content-type": "application/x-amz-json-1.1",
                "x-amz-target": "secretsmanager.CreateSecret",
                authorization: localAuthorization("secretsmanager", "us-east-1"),
            },
            body: JSON.stringify({ Name: "web", SecretString, ClientRequestToken: "0".repeat(32) }),
        });
        return ((await answer.json()) as { readonly ARN: string }).ARN;
    };
    return { ssm: new SSM({ endpoint, region: "us-east-1", credentials }), makeSecret, role };
}
