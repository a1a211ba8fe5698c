import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { connectAws } from "../../../automation/aws/connect";
import type { Aws } from "../../../automation/ports/awsServices";

/** An answer with its status, or a connection that breaks off. */
export type Scripted = readonly [status: number, body: string] | "cut";

/**
 * An AWS that answers each action with what is written for it, one after the other, the last one from then on, while the
 * work goes on; what nothing is written for is answered with nothing in particular.
 * @param onAsked told of each request with its body
 * @returns the actions in the order in which they were asked for
 */
export async function withAnswers(
    scripts: Readonly<Record<string, readonly Scripted[]>>,
    work: (aws: Aws) => Promise<unknown>,
    onAsked: (action: string, body: string) => void = () => undefined,
): Promise<readonly string[]> {
    const asked: string[] = [];
    const server = http.createServer((request, response) => {
        void text(request).then((body) => {
            const target =
                String(request.headers["x-amz-target"] ?? "")
                    .split(".")
                    .at(-1) ?? "";
            const action = target || (new URLSearchParams(body).get("Action") ?? "");
            const turn = asked.filter((one) => one === action).length;
            asked.push(action);
            onAsked(action, body);
            const script = scripts[action] ?? [];
            const answer =
                script[Math.min(turn, script.length - 1)] ?? said(target ? "{}" : `<${action}Response/>`);
            if (answer === "cut") {
                request.socket.destroy();
                return;
            }
            const [status, content] = answer;
            const type = target ? "application/x-amz-json-1.1" : "text/xml";
            response.writeHead(status, { "content-type": type }).end(content);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_REGION: "eu-central-1" };
    try {
        await work(connectAws({ env: { ...keys, AWS_ENDPOINT_URL: endpoint } }));
    } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    }
    return asked;
}

/** What AWS answers when all is well. */
export function said(body: string): Scripted {
    return [200, body];
}

/** AWS failed on the way: nobody knows what was done. */
export const failure: Scripted = [500, ""];

/** A refusal as EC2 words it. */
export function ec2Refusal(code: string, status = 400): Scripted {
    return [
        status,
        `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors></Response>`,
    ];
}

/** A refusal as IAM words it. */
export function queryRefusal(code: string): Scripted {
    return [400, `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`];
}
