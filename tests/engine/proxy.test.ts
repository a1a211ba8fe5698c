import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";

import { expect } from "chai";

import { startProxy, type ProxyManner, type RunningProxy } from "../helpers/proxyServer";
import { expectExit, Workplace } from "./harness";
import type { Inventory } from "./inventory";

/** It resolves nowhere but at the proxy: a request that goes past the proxy reaches nobody. */
const name = "cloud.test";
const password = "s3cret";

describe("an environment behind a proxy", () => {
    let place: Workplace;
    let proxy: RunningProxy;
    let provider: ChildProcess | undefined;
    let initially: Inventory;
    let env: Readonly<Record<string, string>>;
    let good: ProxyManner;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
        const { host } = new URL(place.cloud.endpoint);
        good = { credentials: `me:${password}`, names: { [name]: host } };
        proxy = await startProxy(good);
        const address = `http://me:${password}@${proxy.address}`;
        // Lower case: grpc-js reads it as well, and must not send by it what stays on this machine.
        const proxies = { http_proxy: address, https_proxy: address };
        const started = await startProvider({ ...proxies, AWS_ENDPOINT_URL: `http://${name}` });
        provider = started.provider;
        env = {
            ...proxies,
            AWS_ENDPOINT_URL: `http://${name}`,
            SLES_ECS_PINT_URL: `http://${name}/_pint`,
            PULUMI_DEBUG_PROVIDERS: `aws:${started.port}`,
            AWS_MAX_ATTEMPTS: "1",
        };
        await place.writeSettings("office", { hosts: { mode: "fixed", count: 1 } });
    });
    after(async () => {
        provider?.kill();
        await proxy.stop();
        await place.stop();
    });

    const slesEcs = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
        place.slesEcs(args, { env: { ...env, ...more } });

    it("comes up, shows itself and goes, with every request to AWS and to pint by the proxy", async () => {
        const up = await slesEcs(["up", "office", "--yes", "--output", "json"]);
        expectExit(up, 0);
        expect(JSON.parse(up.stdout)).to.have.nested.property("ready.hosts").with.length(1);
        expectExit(await slesEcs(["status", "office"]), 0);
        expectExit(await slesEcs(["images", "list"]), 0);
        expectExit(await slesEcs(["doctor", "office"]), 0);
        const doctor = await slesEcs(["doctor"]);
        expect(doctor.stdout).to.match(/proxy for AWS +http:\/\/\*\*\*@127\.0\.0\.1:\d+ \(http_proxy\)/);
        expect(doctor.stdout)
            .to.match(/\bpint +answers/)
            .and.not.to.include(password);
        expectExit(await slesEcs(["destroy", "office", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);

        const byProxy = proxy.requests.filter((request) => request.includes(`//${name}/`));
        expect(byProxy.length).to.be.greaterThan(100);
        // Nothing but AWS and pint went by it: the engine and its providers speak on this machine.
        expect(proxy.requests.filter((request) => !request.includes(`//${name}/`))).to.deep.equal([]);
    });

    const troubles: readonly (readonly [string, ProxyManner, string])[] = [
        ["wants other credentials", { credentials: "me:other" }, "PROXY_CREDENTIALS"],
        ["lets nobody through", { status: 403 }, "PROXY_REFUSES"],
        ["shows a page to sign in at", { status: 200 }, "PROXY_ANSWERS_ITSELF"],
    ];
    for (const [what, manner, code] of troubles) {
        it(`changes nothing in AWS where the proxy ${what}, and says so`, async () => {
            proxy.manner = { ...good, ...manner };
            try {
                const up = await slesEcs(["up", "office", "--yes"]);
                expectExit(up, 1);
                expect(up.stderr).to.include(code).and.to.include(`http://***@${proxy.address}`);
                expect(up.stderr).not.to.match(new RegExp(`${password}|JSON|Denied|\\bat .*\\.js:`));
                expect(await place.inventory()).to.deep.equal(initially);
            } finally {
                proxy.manner = good;
            }
        });
    }

    it("changes nothing in AWS where the proxy is down, and says so", async () => {
        const up = await slesEcs(["up", "office", "--yes"], { http_proxy: "http://127.0.0.1:9" });
        expectExit(up, 1);
        expect(up.stderr).to.include("PROXY_UNREACHABLE").and.to.include("http://127.0.0.1:9 (http_proxy)");
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("changes nothing in AWS where a variable names no proxy, and names it", async () => {
        const up = await slesEcs(["up", "office", "--yes"], { HTTP_PROXY: `http://me:${password}@a b` });
        expectExit(up, 2);
        expect(up.stderr).to.include("PROXY_INVALID").and.to.include("HTTP_PROXY is no address of a proxy");
        expect(up.stderr).not.to.include(password);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("asks the proxy for nothing that NO_PROXY takes out", async () => {
        const before = proxy.requests.length;
        const status = await slesEcs(["up", "office", "--yes"], { no_proxy: ".test" });
        expectExit(status, 1);
        expect(status.stderr).to.include("AWS_UNREACHABLE");
        expect(proxy.requests.slice(before)).to.deep.equal([]);
    });
});

/** The local provider as a client of the cloud that stands behind a proxy, in a process with these variables. */
async function startProvider(
    env: Readonly<Record<string, string>>,
): Promise<{ readonly provider: ChildProcess; readonly port: number }> {
    const provider = fork(path.join(__dirname, "..", "campaign", "awsProvider.ts"), [], {
        execArgv: ["--import", "tsx"],
        env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...env },
    });
    const port = await new Promise<number>((resolve, reject) => {
        provider.once("message", (message) => resolve(Number(message)));
        provider.once("exit", () => reject(new Error("the local provider did not start")));
    });
    return { provider, port };
}
