import type { Call } from "./call";

/** A call of the local cloud's own to a query service of moto. */
export function internalCall(service: "ec2" | "autoscaling", region: string, form: URLSearchParams): Call {
    return {
        service,
        action: form.get("Action") ?? "",
        region,
        protocol: service === "ec2" ? "ec2" : "query",
        method: "POST",
        path: "/",
        headers: {
            "content-type": "application/x-www-form-urlencoded; charset=utf-8",
            authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
        },
        body: Buffer.from(form.toString(), "utf8"),
    };
}
