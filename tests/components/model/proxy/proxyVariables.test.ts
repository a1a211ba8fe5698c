import { expect } from "chai";

import { readProxies, wayTo } from "../../../../components/model/proxy/proxyVariables";

const both = { HTTPS_PROXY: "http://secure.example:3128", HTTP_PROXY: "http://plain.example:8080" };

/** Whom a request goes by: the host of a proxy, or an entry of NO_PROXY, or nobody. */
function via(address: string, env: Readonly<Record<string, string>>): string {
    const { proxy, exemption } = wayTo(address, readProxies(env).proxies);
    return proxy === undefined ? `directly${exemption === undefined ? "" : ` (${exemption})`}` : proxy.shown;
}

describe("The proxy variables", () => {
    it("are read by the scheme of what is asked for", () => {
        expect(via("https://ecs.eu-central-1.amazonaws.com", both)).to.equal("http://secure.example:3128");
        expect(via("http://cloud.example:4580", both)).to.equal("http://plain.example:8080");
        expect(via("http://cloud.example", { HTTPS_PROXY: "http://secure.example:3128" })).to.equal(
            "directly",
        );
    });

    it("are read in both cases, the upper one first, and an empty one is none", () => {
        expect(via("https://a.example", { https_proxy: "low.example:1" })).to.equal("http://low.example:1");
        expect(via("https://a.example", { HTTPS_PROXY: "up.example:1", https_proxy: "low:1" })).to.equal(
            "http://up.example:1",
        );
        expect(via("https://a.example", { HTTPS_PROXY: "", https_proxy: "low.example:1" })).to.equal(
            "http://low.example:1",
        );
        expect(via("https://a.example", { ...both, no_proxy: "a.example" })).to.equal("directly (a.example)");
    });

    it("take no proxy for this machine itself", () => {
        for (const host of ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"]) {
            expect(via(`http://${host}:4580`, both), host).to.equal("directly");
        }
    });

    it("show no password, and keep it for the proxy", () => {
        const { proxies } = readProxies({ HTTPS_PROXY: "http://me:s3cret@proxy.example:3128" });
        expect(proxies.https?.shown).to.equal("http://***@proxy.example:3128");
        expect(proxies.https?.url).to.equal("http://me:s3cret@proxy.example:3128/");
    });

    it("are refused all at once where they name no proxy, with what was got and what is expected", () => {
        const { proxies, problems } = readProxies({
            HTTPS_PROXY: "http://me:s3cret@proxy example",
            http_proxy: "socks5://proxy.example:1080",
        });
        expect(proxies).to.deep.equal({});
        expect(problems).to.deep.equal([
            "HTTPS_PROXY is no address of a proxy: got http://***@proxy example, expected http://<host>:<port>",
            "http_proxy is no address of a proxy: got socks5://proxy.example:1080, expected http://<host>:<port>",
        ]);
    });

    for (const value of [
        "http://",
        "proxy.example:99999",
        "http://proxy.example:3128/pac.js",
        "http://a b",
    ]) {
        it(`name no proxy by ${value}`, () => {
            expect(readProxies({ HTTPS_PROXY: value }).problems).to.have.length(1);
        });
    }
});

/** Worked out by hand from https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config. */
const exemptions: readonly (readonly [noProxy: string, address: string, entry: string | undefined])[] = [
    ["ecs.example", "https://ecs.example", "ecs.example"],
    ["ecs.example", "https://a.ecs.example", "ecs.example"],
    ["ecs.example", "https://noecs.example", undefined],
    [".example", "https://ecs.example", ".example"],
    [".example", "https://example", undefined],
    ["*.example", "https://ecs.example", "*.example"],
    ["*.example", "https://example", undefined],
    ["ECS.Example", "https://ecs.example", "ECS.Example"],
    ["ecs.example:443", "https://ecs.example", "ecs.example:443"],
    ["ecs.example:8443", "https://ecs.example", undefined],
    ["other.example, ecs.example", "https://ecs.example", "ecs.example"],
    ["*", "https://ecs.example", "*"],
    ["10.0.0.5", "https://10.0.0.5", "10.0.0.5"],
    ["10.0.0.5", "https://10.0.0.50", undefined],
    ["10.0.0.5:443", "https://10.0.0.5:8443", undefined],
    ["10.0.0.0/8", "https://10.9.8.7", "10.0.0.0/8"],
    ["10.0.0.0/8", "https://11.9.8.7", undefined],
    ["fd00:ec2::254", "http://[fd00:ec2::254]", "fd00:ec2::254"],
    ["[fd00:ec2::254]:80", "http://[fd00:ec2::254]", "[fd00:ec2::254]:80"],
    ["fd00:ec2::/32", "http://[fd00:ec2::254]", "fd00:ec2::/32"],
    ["", "https://ecs.example", undefined],
    [" , ", "https://ecs.example", undefined],
];

describe("NO_PROXY", () => {
    for (const [noProxy, address, entry] of exemptions) {
        it(`${JSON.stringify(noProxy)} ${entry === undefined ? "does not take out" : "takes out"} ${address}`, () => {
            const { proxies } = readProxies({ ...both, NO_PROXY: noProxy });
            expect(wayTo(address, proxies).exemption).to.equal(entry);
            expect(wayTo(address, proxies).proxy === undefined).to.equal(entry !== undefined);
        });
    }
});
