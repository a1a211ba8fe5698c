import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { agentFields } from "../../../components/model/agent/agentVariables";
import { slesGenerations } from "../../../components/model/images/hostImageName";
import { parseSettings } from "../../../components/model/settings";
import {
    encodedUserData,
    isCompressed,
    packUserData,
    renderUserData,
    type HostFacts,
} from "../../../components/model/userData";
import { anyAgentSettings } from "./agent/anySettings";
import { compress } from "../../../components/model/userData/packUserData";
import { expectGolden } from "../../helpers/golden";
import { noise } from "../../helpers/noise";
import { hostFacts } from "./bootstrapHost";

const volume = { mode: "volume", volumeId: "vol-0123456789abcdef0", deviceName: "/dev/sdf" } as const;
const packages = Array.from({ length: 60 }, (_, n) => `some-package-of-sles-${n}`);
const long = hostFacts({ packages, agent: { pauseLabels: { note: noise(4000) } } });

function unpacked(facts: HostFacts): string {
    const packed = packUserData(facts);
    return "text" in packed ? packed.text : gunzipSync(Buffer.from(packed.base64, "base64")).toString();
}

describe("user data as EC2 takes it", () => {
    it("is text as long as it fits: hosts that run are not replaced because it could be compressed", () => {
        for (const generation of slesGenerations) {
            const facts = hostFacts({ generation, storage: volume });
            expect(packUserData(facts)).to.deep.equal({ text: renderUserData(facts) });
            expect(isCompressed(facts)).to.equal(false);
        }
    });

    it("is compressed from the first byte on that EC2 would not take", () => {
        const facts = (letters: number) =>
            hostFacts({ agent: { pauseLabels: { note: "x".repeat(letters) } } });
        const room = 16_384 - Buffer.byteLength(renderUserData(facts(1)));
        expect(packUserData(facts(room + 1))).to.have.all.keys("text");
        expect(packUserData(facts(room + 2))).to.have.all.keys("base64");
        expect(isCompressed(facts(room + 1))).to.equal(false);
        expect(isCompressed(facts(room + 2))).to.equal(true);
    });

    it("unpacks to the text, byte by byte, with any settings of the agent", () => {
        fc.assert(
            fc.property(anyAgentSettings, (given) => {
                const { agent } = parseSettings({ agent: given }, "dev").settings!;
                const facts = { ...long, agent: { ...agent, pauseLabels: { note: noise(3000) } } };
                expect(packUserData(facts)).to.have.all.keys("base64");
                expect(unpacked(facts)).to.equal(renderUserData(facts));
            }),
            { numRuns: 40 },
        );
    });

    it("is the same on every Node and every processor: other bytes would replace every host that is compressed", () => {
        const known = `${"ECS_CLUSTER=dev ".repeat(40)}${noise(500)}`;
        const packed = compress(known);
        // RFC 1952: deflate, no flags, no time, the slowest and best, Unix.
        expect([...packed.subarray(0, 10)]).to.deep.equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3]);
        expect(gunzipSync(packed).toString()).to.equal(known);
        // Where this differs, the version of the library packs otherwise than the one that hosts were started with.
        expectGolden("compressed.base64", `${packed.toString("base64")}\n`);
    });

    it("has room for 40 settings of the agent and 60 packages, whatever they say", () => {
        fc.assert(
            fc.property(
                fc.uniqueArray(fc.constantFrom(...agentFields), { minLength: 40, maxLength: 40 }),
                anyAgentSettings,
                (fields, given) => {
                    const agent = Object.fromEntries(fields.map((field) => [field, given[field]]));
                    for (const generation of slesGenerations) {
                        const { settings, problems } = parseSettings(
                            { agent, hosts: { packages }, dockerStorage: { mode: "volume" } },
                            "dev",
                        );
                        const tooLong = problems.filter(({ message }) => message.startsWith("too long"));
                        expect(tooLong).to.deep.equal([]);
                        const facts = { ...long, generation, storage: volume, agent: settings?.agent };
                        expect(packUserData(facts)).to.be.an("object");
                    }
                },
            ),
            { numRuns: 30 },
        );
    });

    it("is encoded for launch templates, compressed or not", () => {
        const short = hostFacts();
        expect(Buffer.from(encodedUserData(short), "base64").toString()).to.equal(renderUserData(short));
        expect(gunzipSync(Buffer.from(encodedUserData(long), "base64")).toString()).to.equal(
            renderUserData(long),
        );
    });

    it("is refused where a host could not run it, however well it compresses", () => {
        const facts = hostFacts({ agent: { pauseLabels: { note: "x".repeat(131_072) } } });
        expect(() => packUserData(facts)).to.throw(RangeError, /has \d+ bytes, and a host takes 131072/);
    });

    it("is refused with its size when it does not fit even then", () => {
        expect(() => packUserData(hostFacts({ agent: { pauseLabels: { note: noise(20_000) } } }))).to.throw(
            RangeError,
            /has \d+ bytes after compression, and EC2 takes 16384/,
        );
    });
});
