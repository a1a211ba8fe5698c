import { expect } from "chai";

import { withPint, type FakeAnswer } from "../../helpers/pintServer";
import { dead, usePint } from "./pintCase";

const answer = (servers: readonly unknown[]): FakeAnswer => ({ body: JSON.stringify({ servers }) });
// As pint writes them.
const smt = {
    ip: "52.28.214.37",
    ipv6: "",
    name: "smt-ec2.susecloud.net",
    region: "eu-central-1",
    type: "smt",
};
const regional = { ip: "34.197.223.242", name: "", region: "us-east-1", type: "regionserver-sles" };
const good = [answer([smt, regional])];
const servers = [
    { kind: "update", ip: "52.28.214.37", name: "smt-ec2.susecloud.net", region: "eu-central-1" },
    { kind: "region", ip: "34.197.223.242", region: "us-east-1" },
];

describe("pint's servers", () => {
    const { clock, pintAt } = usePint();
    const region = "eu-central-1";

    it("are the region servers, wherever they are, and the update servers for a region", async () => {
        await withPint(good, async (url, requests) => {
            const result = await pintAt(url).servers({ region });
            expect([...requests].sort()).to.deep.equal([
                "/v1/amazon/eu-central-1/servers/smt.json",
                "/v1/amazon/servers/regionserver.json",
            ]);
            expect(result.kind).to.equal("fresh");
            expect(result).to.have.deep.property("servers", [...servers, ...servers]);
        });
    });

    it("are without those for SAP's images, and without what is no server", async () => {
        const odd = [
            { ...regional, type: "regionserver-sap" },
            { ...smt, ip: "52.28.214" },
            { ...smt, ip: "\u001b[2J" },
            { ...smt, type: "proxy" },
            { ...smt, region: 7 },
            null,
            "smt",
        ];
        await withPint([answer([...odd, smt, regional])], async (url) => {
            const result = await pintAt(url).servers({ region });
            expect(result).to.have.deep.property("servers", [...servers, ...servers]);
        });
    });

    it("are those that it told last where it is silent", async () => {
        await withPint([...good, ...good, dead], async (url) => {
            await pintAt(url).servers({ region });
            const result = await pintAt(url).servers({ region });
            expect(result).to.include({ kind: "cached", reason: "pint answered with HTTP 500" });
            expect(result).to.have.deep.property("servers", [...servers, ...servers]);
        });
    });

    for (const [what, body, reason] of [
        ["nothing", answer([]), "pint answered without any region server"],
        ["region servers alone", answer([regional]), "pint answered without any update server"],
        ["images", { body: JSON.stringify({ images: [] }) }, "pint answered without a list of servers"],
    ] as const) {
        it(`are not known where it answers with ${what}`, async () => {
            await withPint([body], async (url) => {
                expect(await pintAt(url).servers({ region })).to.deep.equal({ kind: "unavailable", reason });
            });
        });
    }

    it("are not asked for again within ten minutes of a failure, for advice", async () => {
        await withPint([dead], async (url, requests) => {
            const ask = () => pintAt(url).servers({ region, forAdvice: true });
            await ask();
            expect(requests).to.have.length(2);
            clock.tick(300);
            expect(await ask()).to.deep.equal({
                kind: "unavailable",
                reason: "pint answered with HTTP 500, 5 min ago",
            });
            expect(requests).to.have.length(2);
        });
    });
});
