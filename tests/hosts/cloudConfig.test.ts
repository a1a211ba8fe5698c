import fs from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { renderUserData, type HostFacts } from "../../components/model/userData";
import { BareHost } from "./standIns/bareHost";

const golden = path.join(__dirname, "..", "golden", "userData");

const withEverything: HostFacts = {
    clusterName: "Team_a-2026",
    generation: 16,
    storage: { mode: "volume", volumeId: "vol-0123456789abcdef0", deviceName: "/dev/sdf" },
    packages: ["htop", "libstdc++6"],
    agent: { logLevel: "debug", attributes: { team: "räte: #1", rack: "{r7}" }, reservedMemoryMiB: 256 },
};

/** cloud-init's own judgement, by the schemas of the version that the machines have. */
describe("user data, as cloud-init sees it", () => {
    const documents = new Map([
        ...fs
            .readdirSync(golden)
            .map((name) => [`the golden ${name}`, fs.readFileSync(path.join(golden, name), "utf8")] as const),
        ["a host with packages and settings of the agent", renderUserData(withEverything)],
    ]);
    let host: BareHost;

    before(async () => {
        host = await BareHost.boot({ generation: 16 });
    });

    after(() => host.close());

    async function validate(text: string): Promise<string> {
        fs.writeFileSync(host.machine.path("/var/tmp/user-data"), text);
        return host.output("cloud-init schema --config-file /var/tmp/user-data 2>&1; echo exit $?");
    }

    it("is there to be judged, in all its kinds", () => {
        expect(documents.size).to.be.at.least(16);
    });

    for (const [name, text] of documents) {
        it(`is a valid cloud-config: ${name}`, async () => {
            expect(await validate(text)).to.equal("Valid cloud-config: /var/tmp/user-data\nexit 0");
        });
    }

    it("would be refused with a command that is none", async () => {
        expect(await validate("#cloud-config\nbootcmd:\n- 1\n")).to.match(/bootcmd[^]*exit 1$/);
    });
});
