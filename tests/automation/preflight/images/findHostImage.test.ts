import { expect } from "chai";
import { command } from "../../../../components/model/commandLine";
import type { Pint, PintImage, PintResult } from "../../../../automation/ports/pint";
import { instance } from "../../../helpers/awsObjects";
import { createFakeAws, ownTags } from "../../../helpers/fakeAws";
import { fakePint, pintListing, silentPint } from "../../../helpers/fakePint";
import { pintRecord } from "../../../helpers/pintServer";
import { find, images, lockOn, machineImage, march, marchLock, on, september, sles16 } from "./findCase";

const replaced = pintRecord({
    id: march.id,
    name: march.name,
    state: "deprecated",
    publishedon: "20260310",
    deprecatedon: "20260617",
    replacementname: september.name,
    replacementid: september.id,
});

describe("the host image of an environment without a lock", () => {
    it("is the best that the filter matches while there are no hosts", async () => {
        const { answer } = await find({});
        expect(answer).to.deep.equal({
            findings: [],
            image: lockOn(september, "20260922"),
            machineImage: september,
        });
    });

    it("is the one that its hosts run already", async () => {
        expect((await find({ aws: on(march) })).answer).to.deep.include({ findings: [], image: marchLock });
    });

    it("is the best one all the same when the newest is asked for", async () => {
        expect((await find({ aws: on(march), keepRunning: false })).image).to.equal(september.id);
    });

    it("does not depend on terminated hosts, nor on those of other environments", async () => {
        const terminated = instance(1, { imageId: march.id, imageName: march.name, state: "terminated" });
        const other = instance(2, {
            imageId: march.id,
            imageName: march.name,
            tags: { ...ownTags, "sles-ecs:environment": "bob" },
        });
        expect((await find({ aws: { instances: [terminated, other] } })).image).to.equal(september.id);
    });

    it("moves to another generation when the filter says so, with a warning", async () => {
        const { image, findings } = await find({
            hostImage: { filter: "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64" },
            aws: on(march),
        });
        expect(image).to.equal(sles16.id);
        expect(findings).to.have.length(1);
        expect(findings[0]).to.match(/^warning .* the hosts change from SLES 15 SP7 to SLES 16.0: /);
    });

    it("moves to another service pack without such a warning", async () => {
        const sp6 = machineImage("0919", "15-sp6", "20260919");
        const { image, findings } = await find({ aws: { images: [...images, sp6], ...on(sp6) } });
        expect([image, findings]).to.deep.equal([september.id, []]);
    });

    it("is none where the filter matches none, with what there is", async () => {
        const { image, findings } = await find({
            hostImage: { filter: "suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64" },
        });
        expect(image).to.equal(undefined);
        expect(findings).to.deep.equal([
            [
                "error IMAGE_NOT_FOUND hostImage.filter: no image in eu-central-1 is named like suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64",
                "there is no ECS image of SLES 12 at all",
                "there are SLES 16.0 (2026-07-03), SLES 15 SP7 (2026-09-22)",
                "the nearest of them: hostImage.filter suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64",
            ].join("\n"),
        ]);
    });

    it("is none that EC2 hides, unless the filter names it", async () => {
        const hidden = { ...march, deprecatedAt: "2026-11-01T00:00:00.000Z" };
        expect((await find({ aws: { images: [hidden] } })).findings[0]).to.contain(
            `${march.name} (${march.id}): deprecated by EC2 on 2026-11-01`,
        );
        expect((await find({ aws: { images: [hidden] }, hostImage: { filter: march.name } })).image).to.equal(
            march.id,
        );
    });
});

describe("the host image with what pint says", () => {
    const pint = pintListing([september], [replaced]);

    it("is not one that SUSE has replaced", async () => {
        const { image, findings } = await find({ aws: { images: [march] }, pint });
        expect(image).to.equal(undefined);
        expect(findings[0]).to.contain(`deprecated since 2026-06-17, replaced by ${september.name}`);
    });

    it("is told to be replaced where it is locked, with the replacement and the command", async () => {
        const { answer } = await find({ hostImage: { lock: marchLock }, pint });
        expect(answer.findings).to.deep.equal([
            {
                code: "IMAGE_RETIRED",
                path: "hostImage.lock",
                severity: "warning",
                message: `the host image ${march.name} (${march.id}) is deprecated since 2026-06-17; SUSE is expected to delete it from 2028-06-17 on, in 572 days; its replacement is ${september.name} (${september.id})`,
                hint: command("images", "update", "alice"),
            },
        ]);
    });

    it("is told of without a word of a lock where there is none, and the hosts run it", async () => {
        const { findings } = await find({ aws: on(march), pint });
        expect(findings).to.have.length(1);
        expect(findings[0])
            .to.match(/^warning IMAGE_RETIRED hostImage: the host image .* is deprecated since 2026-06-17/)
            .and.not.contain("lock");
    });

    it("is replaced by a mere lock where there are no hosts yet", async () => {
        const { answer } = await find({ hostImage: { lock: marchLock }, hasHosts: false, pint });
        expect(answer.findings[0]).to.deep.include({ hint: command("images", "lock", "alice", "--newest") });
    });

    it("is refused from so many days before its deletion on", async () => {
        const notice = (deletionNoticeDays: number, onDeletion = "refuse") =>
            find({ hostImage: { lock: marchLock, deletionNoticeDays, onDeletion }, pint });
        expect((await notice(571)).findings[0]).to.match(/^warning/);
        const refused = await notice(572);
        expect(refused.answer.findings[0]).to.deep.include({
            severity: "error",
            hint: command("images", "update", "alice"),
        });
        expect(refused.findings[0]).to.match(
            /; to stay on it until then, set hostImage\.onDeletion to warn$/,
        );
        expect((await notice(572, "warn")).findings[0]).to.match(/^warning/);
    });

    it("is asked of EC2 while pint takes its time", async () => {
        for (const hostImage of [{}, { lock: marchLock }]) {
            let answer: (result: PintResult) => void = () => undefined;
            const slow: Pint = {
                ...fakePint([]),
                images: () => new Promise((resolve) => (answer = resolve)),
            };
            const fake = createFakeAws({ images, ...on(march) });
            const finding = find({ hostImage, fake, pint: slow });
            await new Promise((resolve) => setTimeout(resolve, 20));
            expect(fake.reads).to.include("lock" in hostImage ? "ec2.imagesById" : "ec2.instances");
            answer(await pint.images({ region: "eu-central-1" }));
            expect((await finding).image).to.equal(march.id);
        }
    });

    it("is judged by EC2 alone when pint does not answer, with a warning", async () => {
        const { image, findings } = await find({ pint: silentPint("the server is silent") });
        expect(image).to.equal(september.id);
        expect(findings).to.deep.equal([
            "warning PINT_UNAVAILABLE hostImage: SUSE's plans for its images are not known: the server is silent",
        ]);
    });

    it("is judged by what pint said before, with a warning that says how old it is", async () => {
        const { images: records } = (await pint.images({ region: "eu-central-1" })) as {
            images: readonly PintImage[];
        };
        const kept: PintResult = {
            kind: "cached",
            ageSeconds: 7200,
            reason: "the server is silent",
            images: records,
            remarks: [],
        };
        const { findings } = await find({
            hostImage: { lock: marchLock },
            pint: fakePint([], kept),
        });
        expect(findings[0]).to.equal(
            "warning PINT_UNAVAILABLE hostImage: SUSE's plans for its images are known from 2 h ago: the server is silent",
        );
        expect(findings[1]).to.contain("is deprecated since 2026-06-17");
    });
});
