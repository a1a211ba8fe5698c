import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";
import { exitCodes } from "../../../automation/errors/exitCodes";
import { failureOf, withProcessEnv } from "../../helpers/awsFailures";
import { makeFolder, removeFolders } from "../../helpers/project";
import { startProxy, type ProxyManner, type RunningProxy } from "../../helpers/proxyServer";

type Env = Readonly<Record<string, string>>;

const tls = (name: string) => path.join(__dirname, "tls", name);
const keys = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "eu-central-1" };

/** Of a name that resolves nowhere but at the proxy. */
const cloud = "cloud.test";

describe("AWS behind a proxy", () => {
    const answer = (_: http.IncomingMessage, response: http.ServerResponse) =>
        response.setHeader("content-type", "application/x-amz-json-1.1").end('{"clusterArns":["arn:c/dev"]}');
    const servers = {
        http: http.createServer(answer),
        https: https.createServer(
            { key: readFileSync(tls("named.key")), cert: readFileSync(tls("named.pem")) },
            answer,
        ),
    };
    const proxies: RunningProxy[] = [];

    before(async () => {
        for (const server of Object.values(servers)) {
            await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        }
    });
    afterEach(async () => {
        await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
    });
    after(() => {
        for (const server of Object.values(servers)) {
            server.close();
            server.closeAllConnections();
        }
    });

    async function behind(manner: ProxyManner, scheme: "http" | "https"): Promise<RunningProxy> {
        const { port } = servers[scheme].address() as AddressInfo;
        const proxy = await startProxy({ names: { [cloud]: `127.0.0.1:${port}` }, ...manner });
        proxies.push(proxy);
        return proxy;
    }

    const clusters = (endpoint: string, env: Env) =>
        connectAws({
            env: {
                ...keys,
                AWS_ENDPOINT_URL: endpoint,
                AWS_MAX_ATTEMPTS: "1",
                AWS_CA_BUNDLE: tls("named.pem"),
                ...env,
            },
        }).ecs.clusterNames();

    for (const [scheme, variable, asked] of [
        ["http", "HTTP_PROXY", `POST http://${cloud}:4580/`],
        ["http", "http_proxy", `POST http://${cloud}:4580/`],
        ["https", "HTTPS_PROXY", `CONNECT ${cloud}:4580`],
        ["https", "https_proxy", `CONNECT ${cloud}:4580`],
    ] as const) {
        it(`is reached by ${variable}, and its name is asked of nobody else`, async () => {
            const proxy = await behind({}, scheme);
            const found = await clusters(`${scheme}://${cloud}:4580`, { [variable]: proxy.url });
            expect(found).to.deep.equal(["dev"]);
            expect(proxy.requests).to.deep.equal([asked]);
        });

        it(`is reached by ${variable} with a name and a password, encoded as in any address`, async () => {
            const proxy = await behind({ credentials: "me:p@ss w" }, scheme);
            const address = `http://me:p%40ss%20w@${proxy.address}`;
            expect(await clusters(`${scheme}://${cloud}:4580`, { [variable]: address })).to.deep.equal([
                "dev",
            ]);
        });
    }

    for (const scheme of ["http", "https"] as const) {
        it(`is asked again and again by connections that stay (${scheme})`, async () => {
            const proxy = await behind({ credentials: "me:s3cret" }, scheme);
            const address = `http://me:s3cret@${proxy.address}`;
            const env = { ...keys, AWS_CA_BUNDLE: tls("named.pem"), AWS_MAX_ATTEMPTS: "1" };
            const { ecs } = connectAws({
                env: {
                    ...env,
                    HTTP_PROXY: address,
                    HTTPS_PROXY: address,
                    AWS_ENDPOINT_URL: `${scheme}://${cloud}:4580`,
                },
            });
            for (let call = 0; call < 3; call += 1) {
                expect(await ecs.clusterNames()).to.deep.equal(["dev"]);
            }
            expect(proxy.requests).to.have.length(scheme === "https" ? 1 : 3);
            expect(proxy.connections).to.equal(1);
        });
    }

    it("is not asked by a proxy that NO_PROXY takes out", async () => {
        const proxy = await behind({}, "http");
        for (const noProxy of ["*", cloud, ".test", `${cloud}:4580`]) {
            const env = { HTTP_PROXY: proxy.url, NO_PROXY: noProxy };
            const { code } = await failureOf(clusters(`http://${cloud}:4580`, env));
            expect(code, noProxy).to.equal("AWS_UNREACHABLE");
        }
        expect(proxy.requests).to.deep.equal([]);
    });

    const troubles: readonly (readonly [string, ProxyManner, string, RegExp])[] = [
        [
            "wants credentials",
            { credentials: "me:right" },
            "PROXY_CREDENTIALS",
            /wants a name and a password: HTTP 407/,
        ],
        [
            "lets nobody through",
            { status: 403 },
            "PROXY_REFUSES",
            /lets nobody through to cloud\.test: HTTP 403/,
        ],
        [
            "shows a page to sign in at",
            { status: 200 },
            "PROXY_ANSWERS_ITSELF",
            /answers in place of cloud\.test/,
        ],
        ["leads to a page to sign in at", { status: 302 }, "PROXY_ANSWERS_ITSELF", /HTTP 302/],
        ["does not reach AWS", { status: 503 }, "PROXY_WITHOUT_WAY", /does not reach cloud\.test: HTTP 503/],
    ];
    for (const scheme of ["http", "https"] as const) {
        for (const [what, manner, code, words] of troubles) {
            it(`tells that the proxy ${what} (${scheme}), not that AWS refuses`, async () => {
                const proxy = await behind(manner, scheme);
                const address = `http://me:s3cret@${proxy.address}`;
                const env = { HTTPS_PROXY: address, HTTP_PROXY: address };
                const error = await failureOf(clusters(`${scheme}://${cloud}:4580`, env));
                expect(error.code).to.equal(code);
                expect(error.message).to.include(`http://***@${proxy.address}`);
                expect(error.message).to.match(words);
                expect(error.message).not.to.match(/s3cret|JSON|token|Deserializ/i);
                expect(error.exitCode).to.equal(exitCodes.failed);
                expect(error.hint).to.be.a("string");
            });
        }
    }

    it("tells of a proxy that opens a tunnel to itself", async () => {
        const proxy = await behind({ impostor: true }, "https");
        const error = await failureOf(clusters(`https://${cloud}:4580`, { HTTPS_PROXY: proxy.url }));
        expect(error.code).to.equal("PROXY_ANSWERS_ITSELF");
        expect(error.message).to.match(/what came is no TLS/);
    });

    it("tells of a proxy that is down, or that is silent", async () => {
        const proxy = await behind({ silent: true }, "https");
        const silent = await failureOf(clusters(`https://${cloud}:4580`, { HTTPS_PROXY: proxy.url }));
        expect(silent).to.include({ code: "PROXY_UNREACHABLE" });
        expect(silent.message).to.include(
            `${proxy.url} (HTTPS_PROXY) does not answer: no answer within 4.5 s`,
        );
        await proxy.stop();
        const env = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
        for (const scheme of ["http", "https"]) {
            const down = await failureOf(clusters(`${scheme}://${cloud}:4580`, env));
            expect(down).to.include({ code: "PROXY_UNREACHABLE" });
            expect(down.message).to.match(/does not answer: .*ECONNREFUSED/);
        }
    });

    it("is asked again where the proxy did not reach it at first", async () => {
        const proxy = await behind({ status: 503 }, "https");
        setTimeout(() => (proxy.manner = { ...proxy.manner, status: undefined }), 100);
        const env = { HTTPS_PROXY: proxy.url, AWS_MAX_ATTEMPTS: "6" };
        expect(await clusters(`https://${cloud}:4580`, env)).to.deep.equal(["dev"]);
        expect(proxy.requests.length).to.be.greaterThan(1);
    });

    it("is not asked at all with variables that name no proxy, and each is told", async () => {
        const env = { HTTPS_PROXY: "http://me:s3cret@a b", HTTP_PROXY: "ftp://proxy.example" };
        const error = await failureOf(clusters("http://127.0.0.1:9", env));
        expect(error).to.include({ code: "PROXY_INVALID", exitCode: exitCodes.usage });
        expect(error.message).to.include("HTTPS_PROXY").and.not.to.include("s3cret");
        expect(error.details).to.have.length(1);
    });
});

describe("The credentials of a profile, behind a proxy", () => {
    afterEach(removeFolders);

    const config = `[profile role]
role_arn = arn:aws:iam::123456789012:role/deploy
source_profile = base
region = eu-central-1
[profile base]
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = x
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = deploy
region = eu-central-1
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example/start
`;

    for (const [profile, host] of [
        ["role", "sts.eu-central-1.amazonaws.com"],
        ["sso", "portal.sso.eu-west-1.amazonaws.com"],
    ] as const) {
        it(`are asked of ${host} by it as well, and what it refuses is told as such`, async () => {
            const home = makeFolder({ config });
            const cache = path.join(home, ".aws", "sso", "cache");
            mkdirSync(cache, { recursive: true });
            writeFileSync(
                path.join(cache, `${createHash("sha1").update("corp").digest("hex")}.json`),
                JSON.stringify({ accessToken: "token", expiresAt: "2100-01-01T00:00:00Z" }),
            );
            const proxy = await startProxy({ status: 403 });
            const files = { HOME: home, AWS_CONFIG_FILE: path.join(home, "config") };
            await withProcessEnv(files, async () => {
                const env = { AWS_PROFILE: profile, HTTPS_PROXY: proxy.url, AWS_MAX_ATTEMPTS: "1" };
                const error = await failureOf(connectAws({ env }).ecs.clusterNames());
                expect(error.code).to.equal("PROXY_REFUSES");
                expect(error.message).to.include(host);
                expect(new Set(proxy.requests)).to.deep.equal(new Set([`CONNECT ${host}:443`]));
            });
            await proxy.stop();
        });
    }
});
