import http from "node:http";
import type { AddressInfo } from "node:net";

import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";

describe("the alias of an account", () => {
    it("is waited for 2 seconds at most, and asked for once, where IAM answers nothing", async () => {
        let asked = 0;
        const server = http.createServer(() => {
            asked += 1;
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_REGION: "eu-central-1" };
        const { iam } = connectAws({ env: { ...keys, AWS_ENDPOINT_URL: endpoint } });
        try {
            const gaveUp = await Promise.race([
                iam.accountAlias().then(
                    () => "answered",
                    () => "gave up",
                ),
                new Promise((resolve) => setTimeout(resolve, 20_000, "still waits").unref()),
            ]);
            expect([gaveUp, asked]).to.deep.equal(["gave up", 1]);
        } finally {
            server.closeAllConnections();
            server.close();
        }
    });
});
