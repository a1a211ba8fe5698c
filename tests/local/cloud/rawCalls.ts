import type { TestCloud } from "./testCloud";

const authorization = (service: string): string =>
    `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** Calls a service of the query protocol that there is no client for, and gives its answer as text. */
export function queryCall(
    cloud: TestCloud,
    service: string,
    form: Readonly<Record<string, string>>,
): Promise<string> {
    return post(cloud, new URLSearchParams(form).toString(), {
        authorization: authorization(service),
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    });
}

/** Calls a JSON service that there is no client for. @param target name of its API and the action, as the SDKs send it */
export async function jsonCall(
    cloud: TestCloud,
    service: string,
    target: string,
    input: object,
): Promise<unknown> {
    const text = await post(cloud, JSON.stringify(input), {
        authorization: authorization(service),
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": target,
    });
    return JSON.parse(text === "" ? "{}" : text) as unknown;
}

async function post(
    { info }: TestCloud,
    body: string,
    headers: Readonly<Record<string, string>>,
): Promise<string> {
    const response = await fetch(info.endpoint, { method: "POST", headers, body });
    const text = await response.text();
    if (!response.ok) {
        throw new Error(text);
    }
    return text;
}
