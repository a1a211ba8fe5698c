import { expect } from "chai";
import { command } from "../../../../components/model/commandLine";
import { pintListing, silentPint } from "../../../helpers/fakePint";
import { find, march, marchLock, on, september, type Case } from "./findCase";

describe("the host image of an environment with a lock", () => {
    it("is the locked one, whatever its hosts run", async () => {
        const { answer, fake } = await find({ hostImage: { lock: marchLock }, aws: on(september) });
        expect(answer).to.deep.equal({ findings: [], image: marchLock, machineImage: march });
        expect(fake.reads).to.not.include("ec2.instances");
    });

    const wrong: readonly (readonly [string, Case, RegExp])[] = [
        [
            "of another region",
            { hostImage: { lock: { ...marchLock, region: "us-east-1" } } },
            /is locked in us-east-1, and this is eu-central-1/,
        ],
        [
            "whose id is another image's",
            { hostImage: { lock: marchLock }, aws: { images: [{ ...september, id: march.id }] } },
            /is not what the lock says: ami-00000000000000310 is suse-sles-15-sp7-v20260922/,
        ],
        [
            "on somebody else's image",
            {
                hostImage: { lock: marchLock },
                aws: { images: [{ ...march, ownerAlias: "aws-marketplace" }] },
            },
            /belongs to aws-marketplace, expected amazon/,
        ],
    ];
    for (const [what, given, message] of wrong) {
        it(`is refused with a lock ${what}, also where deletion is only a warning`, async () => {
            for (const onDeletion of ["refuse", "warn"]) {
                const { findings } = await find({ ...given, hostImage: { ...given.hostImage, onDeletion } });
                expect(findings).to.have.length(1);
                expect(findings[0])
                    .to.match(/^error IMAGE_LOCK_WRONG hostImage\.lock: /)
                    .and.match(message);
            }
        });
    }

    it("is refused when it is gone, unless the settings put up with that", async () => {
        const gone = { hostImage: { lock: marchLock }, aws: { images: [september] } };
        expect((await find(gone)).findings[0]).to.match(
            /^error IMAGE_RETIRED .* is gone: EC2 in eu-central-1/,
        );
        const put = { ...gone, hostImage: { lock: marchLock, onDeletion: "warn" } };
        expect((await find(put)).findings[0]).to.match(/^warning IMAGE_RETIRED .* is gone/);
        expect((await find(put)).image).to.equal(march.id);
    });

    it("says of an image that is gone what is left of it, with hosts and without", async () => {
        const gone = { hostImage: { lock: marchLock }, aws: { images: [september] } };
        const message = async (hasHosts: boolean) => (await find({ ...gone, hasHosts })).findings[0] ?? "";
        const staying = "; to keep the hosts that run, set hostImage.onDeletion to warn";
        expect(await message(true))
            .to.contain(`so that no new host can start from it`)
            .and.satisfy((text: string) => text.endsWith(staying));
        expect(await message(false)).to.not.contain("onDeletion");
    });

    it("leads on by the very command that made the environment, where that has no settings yet", async () => {
        const gone = { hostImage: { lock: marchLock }, aws: { images: [september] }, hasHosts: false };
        const commandWithoutLock = command("up", "alice", "--from", "dev", "--set", "hostImage.lock=");
        expect((await find({ ...gone, commandWithoutLock })).answer.findings[0]).to.include({
            hint: commandWithoutLock,
        });
    });

    it("is refused when the lock's id is mistyped, with the command that mends it and replaces no host", async () => {
        const mistyped = { hostImage: { lock: { ...marchLock, id: "ami-0123456789abcdef0" } } };
        const pint = pintListing([march, september]);
        for (const given of [{ pint, aws: { images: [september] } }, { pint: silentPint("it is night") }]) {
            const { answer } = await find({ ...mistyped, ...given });
            expect(answer.findings.at(-1)).to.deep.equal({
                severity: "error",
                code: "IMAGE_LOCK_WRONG",
                path: "hostImage.lock",
                message: `the host image ${march.name} (ami-0123456789abcdef0) is not what the lock says: ami-0123456789abcdef0 is no image of eu-central-1, ${march.name} is ${march.id} there`,
                hint: command("images", "update", "alice", "--to", march.name),
            });
            const without = await find({ ...mistyped, ...given, hasHosts: false });
            expect(without.answer.findings.at(-1)).to.deep.include({
                hint: command("images", "lock", "alice", "--newest"),
            });
        }
    });
});
