import { expect } from "chai";
import http from "node:http";
import type { AddressInfo } from "node:net";

import { connectAws } from "../../../automation/aws/connect";
import { createPint } from "../../../automation/pint/pint";
import { fakeClock } from "../../helpers/io";
import { withPint } from "../../helpers/pintServer";

const variables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

/** What docs/cli.md says under "Environment variables". */
describe("A proxy in the environment", () => {
    const before = variables.map((name) => [name, process.env[name]] as const);
    const asked: string[] = [];
    const note = (request: http.IncomingMessage) => void asked.push(`${request.method} ${request.url}`);
    const proxy = http.createServer(note).on("connect", (request, socket) => {
        note(request);
        socket.destroy();
    });

    beforeEach(async () => {
        asked.length = 0;
        await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
        for (const name of variables) {
            process.env[name] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
        }
    });
    afterEach(async () => {
        for (const [name, value] of before) {
            if (value === undefined) {
                Reflect.deleteProperty(process.env, name);
            } else {
                process.env[name] = value;
            }
        }
        proxy.closeAllConnections();
        await new Promise((resolve) => proxy.close(resolve));
    });

    it("is not used for pint", async () => {
        const closed = await withPint([], (url) => Promise.resolve(url.replace("http:", "https:")));
        const env = {
            ...process.env,
            SLES_ECS_PINT_URL: closed,
        };
        const pint = createPint({ env, signal: new AbortController().signal, clock: fakeClock() });
        const answer = await pint.images({ region: "eu-central-1" });
        expect(answer).to.have.property("reason").that.contains("cannot be reached: ECONNREFUSED");
        expect(asked).to.deep.equal([]);
    });

    it("is not used for AWS", async () => {
        const env = {
            ...process.env,
            AWS_ENDPOINT_URL: "https://127.0.0.1:9",
            AWS_REGION: "eu-central-1",
            AWS_ACCESS_KEY_ID: "test",
            AWS_SECRET_ACCESS_KEY: "test",
            AWS_MAX_ATTEMPTS: "1",
        };
        const error: unknown = await connectAws({ env })
            .identity.caller()
            .catch((thrown: unknown) => thrown);
        expect(error).to.have.property("message").that.contains("ECONNREFUSED");
        expect(asked).to.deep.equal([]);
    });
});
