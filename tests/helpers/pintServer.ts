import http from "node:http";
import type { AddressInfo } from "node:net";

import type { PintImage } from "../../automation/ports/pint";

/** What a fake pint answers a request with. */
export interface FakeAnswer {
    readonly status?: number;
    readonly type?: string;
    readonly body?: string;
    /** How long it stays silent first; for ever, when that is longer than anybody waits. */
    readonly delayMilliseconds?: number;
    /** The body begins and never ends. */
    readonly unfinished?: boolean;
}

/** A pint of these answers, one after the other; the last one is given ever after. */
export async function withPint<T>(
    answers: readonly FakeAnswer[],
    use: (url: string, requests: readonly string[]) => Promise<T>,
): Promise<T> {
    const requests: string[] = [];
    const server = http.createServer((request, response) => {
        const {
            status = 200,
            type = "application/json",
            body = "",
            delayMilliseconds = 0,
            unfinished = false,
        } = answers[Math.min(requests.length, answers.length - 1)] ?? {};
        requests.push(request.url ?? "");
        setTimeout(() => {
            response.writeHead(status, { "content-type": type });
            response.write(body);
            if (!unfinished) {
                response.end();
            }
        }, delayMilliseconds);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
        return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests);
    } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    }
}

/** A record in pint's own form. */
export type PintRecord = Readonly<Record<string, unknown>>;

/** An active image; the fields of pint's record of it, as far as they differ. */
export function pintRecord(fields: PintRecord = {}): PintRecord {
    return {
        name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
        state: "active",
        replacementname: "",
        replacementid: "",
        publishedon: "20260922",
        deprecatedon: "",
        region: "eu-central-1",
        id: "ami-0123456789abcdef0",
        deletedon: "",
        ...fields,
    };
}

/** An image as the port gives it. */
export function pintImage(fields: Partial<PintImage> = {}): PintImage {
    return {
        name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
        id: "ami-0123456789abcdef0",
        region: "eu-central-1",
        state: "active",
        publishedOn: "20260922",
        record: pintRecord(),
        ...fields,
    };
}
