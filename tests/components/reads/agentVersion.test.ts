import { expect } from "chai";

import { awsReads } from "../../../automation/preflight/awsReads";
import { checkAgent } from "../../../components/model/checks/agent";
import type { Reads } from "../../../components/model/checks/reads";
import { readPackagePage } from "../../../components/model/images/readPackagePage";
import { parseSettings } from "../../../components/model/settings";
import { readAgentVersion } from "../../../components/reads/agentVersion";
import { createFakeAws } from "../../helpers/fakeAws";
import { fakePint } from "../../helpers/fakePint";
import { createFakeClock } from "../../helpers/fakeTime";

const name = "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64";
const address = `https://publiccloudimagechangeinfo.suse.com/amazon/${name}/package_version_changes.html`;
const pageOf = (version: string): string =>
    `<table><tr><td>amazon-ecs-init</td><td>1.0.0-1.1</td><td>${version}</td></tr></table>`;

type Door = Pick<Reads, "agentVersion">;

/** How each door learns the version, where SUSE's page on the image says this. */
const doors: Readonly<Record<string, (page: string) => Door>> = {
    "pulumi up": (page) => ({
        agentVersion: (image) =>
            readAgentVersion(image, {}, (url) =>
                Promise.resolve({
                    status: url === address ? 200 : 404,
                    contentType: "text/html",
                    body: bytesOf(page),
                }),
            ),
    }),
    "sles-ecs up": (page) => {
        const pint = fakePint([], undefined, { [address]: readPackagePage(page) ?? [] });
        return awsReads(createFakeAws({}).aws, {
            clock: createFakeClock(),
            loadPint: () => Promise.resolve(pint),
        });
    },
};

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(text));
}

const saidBy = async (reads: Door): Promise<readonly string[]> => {
    const { settings } = parseSettings({ capabilities: { executeCommand: true } }, "alice");
    const image = Promise.resolve({ found: { name, generation: 12 as const } });
    const findings = await checkAgent(reads, settings!, image);
    return findings.map(({ severity, code, path, message }) => `${severity} ${code} ${path}: ${message}`);
};

// ECS developer guide, "ECS Exec": agents from 1.50.2 on.
describe("an agent that is too old for a capability", () => {
    for (const [door, readsOf] of Object.entries(doors)) {
        it(`is refused by ${door}, by what SUSE's page says`, async () => {
            expect(await saidBy(readsOf(pageOf("1.49.0-16.27.1")))).to.deep.equal([
                `error AGENT_TOO_OLD capabilities.executeCommand: needs an agent from 1.50.2 on, and ${name} has 1.49.0: its hosts would never get ready`,
            ]);
            expect(await saidBy(readsOf(pageOf("1.53.0-16.30.1")))).to.deep.equal([]);
        });

        it(`is not known to ${door} where the page does not name it`, async () => {
            const said = await saidBy(readsOf("<p>nothing</p>"));
            expect(said.map((one) => one.split(" ")[1])).to.deep.equal(["AGENT_VERSION_UNKNOWN"]);
        });
    }

    it("is not read of an answer that is larger than such a page can be", async () => {
        const answered = (filler: string) =>
            readAgentVersion(name, {}, () =>
                Promise.resolve({
                    ...{ status: 200, contentType: "text/html" },
                    body: bytesOf(pageOf("1.49.0-16.27.1") + filler),
                }),
            );
        expect(await answered("")).to.equal("1.49.0");
        expect(await answered(" ".repeat(5 * 2 ** 20))).to.equal(undefined);
    });

    it("is not asked of SUSE where another pint is named, and no answer is none", async () => {
        const never = (): never => expect.fail("asked");
        expect(await readAgentVersion(name, { SLES_ECS_PINT_URL: "http://127.0.0.1:1" }, never)).to.equal(
            undefined,
        );
        expect(await readAgentVersion(name, {}, () => Promise.reject(new Error("away")))).to.equal(undefined);
    });
});
