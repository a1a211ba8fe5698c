import { readFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";
import { AppError } from "../../../automation/errors/appError";

const authority = path.join(__dirname, "tls", "authority.pem");
const pem = (name: string) => readFileSync(path.join(__dirname, "tls", name));

describe("AWS behind an authority of one's own, as a proxy that looks into TLS has it", () => {
    let server: https.Server;
    let endpoint: string;

    before(async () => {
        server = https.createServer({ key: pem("server.key"), cert: pem("server.pem") }, (_, response) => {
            response
                .setHeader("content-type", "application/x-amz-json-1.1")
                .end('{"clusterArns":["arn:c/dev"]}');
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(
        () =>
            new Promise((resolve) => {
                server.close(resolve);
                server.closeAllConnections();
            }),
    );

    function clusters(env: Readonly<Record<string, string | undefined>>) {
        const keys = {
            AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
            AWS_SECRET_ACCESS_KEY: "x",
            AWS_REGION: "eu-central-1",
        };
        const options = { ...keys, AWS_ENDPOINT_URL: endpoint, AWS_MAX_ATTEMPTS: "1", ...env };
        return connectAws({ env: options }).ecs.clusterNames();
    }

    async function failureOf(call: Promise<unknown>): Promise<AppError> {
        const error: unknown = await call.then(
            () => new Error("expected a failure"),
            (reason: unknown) => reason,
        );
        expect(error).to.be.instanceOf(AppError);
        return error as AppError;
    }

    it("is reached where AWS_CA_BUNDLE names it, as by AWS's other tools", async () => {
        expect(await clusters({ AWS_CA_BUNDLE: authority })).to.deep.equal(["dev"]);
    });

    it("is not trusted without, and the way out is named", async () => {
        for (const env of [{}, { AWS_CA_BUNDLE: "" }]) {
            const { code, message, hint } = await failureOf(clusters(env));
            expect(code).to.equal("AWS_UNREACHABLE");
            expect(message)
                .to.include(endpoint)
                .and.to.match(/certificate/);
            expect(hint).to.include("export AWS_CA_BUNDLE=");
        }
    });

    it("tells of a bundle that cannot be read, or holds no certificate", async () => {
        const missing = await failureOf(clusters({ AWS_CA_BUNDLE: "/nowhere/ca.pem" }));
        expect(missing).to.include({ code: "AWS_CA_BUNDLE_UNREADABLE" });
        expect(missing.message).to.include("/nowhere/ca.pem").and.to.include("ENOENT");
        const wrong = await failureOf(clusters({ AWS_CA_BUNDLE: __filename }));
        expect(wrong).to.include({ code: "AWS_CA_BUNDLE_UNREADABLE" });
        expect(wrong.message).to.include("no certificate");
    });
});
