import { expect } from "chai";
import type { ImageLock, LockFacts } from "../../../../components/model/images/imageLock";
import { judgeLock } from "../../../../components/model/images/lockVerdict";
import type { PintRecord } from "../../../../components/model/images/pintRecord";
import { said } from "../../../helpers/said";

const lock: ImageLock = {
    id: "ami-00000000000000310",
    name: "suse-sles-15-sp7-v20260310-ecs-hvm-ssd-x86_64",
    date: "20260310",
    region: "eu-west-1",
};
const june = { id: "ami-00000000000000617", name: "suse-sles-15-sp7-v20260617-ecs-hvm-ssd-x86_64" };
const september = { id: "ami-00000000000000922", name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64" };
const inEc2 = { name: lock.name, ownerAlias: "amazon" };

const record = (given: Partial<PintRecord>): PintRecord => ({
    id: lock.id,
    name: lock.name,
    region: "eu-west-1",
    state: "active",
    publishedOn: "20260310",
    ...given,
});
/** Replaced in June by an image that was itself replaced in September. */
const deprecated = record({
    state: "deprecated",
    deprecatedOn: "20260617",
    replacementName: june.name,
    replacementId: june.id,
});
const chain = [
    deprecated,
    record({
        ...june,
        state: "deprecated",
        deprecatedOn: "20260922",
        replacementName: september.name,
        replacementId: september.id,
    }),
    record(september),
];
const judge = (facts: Partial<LockFacts>) =>
    judgeLock(lock, { region: "eu-west-1", image: inEc2, today: "20261123", noticeDays: 30, ...facts });

describe("the verdict on a locked image", () => {
    it("is fine where EC2 has it and nobody says more", () => {
        expect(said(judge({}))).to.deep.equal({ kind: "fine" });
        expect(said(judge({ pint: [record({})] }))).to.deep.equal({ kind: "fine" });
        expect(said(judge({ pint: [record({ state: "inactive" })] }))).to.deep.equal({ kind: "fine" });
    });

    it("is that SUSE has replaced it, with the last of the replacements and the day of deletion two years on", () => {
        expect(said(judge({ pint: chain }))).to.deep.equal({
            kind: "deprecated",
            message: `is deprecated since 2026-06-17; SUSE is expected to delete it from 2028-06-17 on, in 572 days`,
            deletedOn: "20280617",
            replacement: september,
        });
    });

    it("takes the day of deletion from pint where it has one", () => {
        const pint = [record({ state: "deprecated", deprecatedOn: "20260617", deletedOn: "20261223" })];
        expect(said(judge({ pint, noticeDays: 29 }))).to.deep.equal({
            kind: "deprecated",
            message: "is deprecated since 2026-06-17; SUSE deletes it on 2026-12-23, in 30 days",
            deletedOn: "20261223",
        });
    });

    it("is that it is deleted soon from so many days before on", () => {
        const pint = [record({ state: "deprecated", deprecatedOn: "20260617", deletedOn: "20261223" })];
        expect(judge({ pint }).kind).to.equal("deletedSoon");
        expect(judge({ pint, today: "20261122" }).kind).to.equal("deprecated");
        expect(judge({ pint, today: "20261224" })).to.include({
            kind: "deletedSoon",
            message: "is deprecated since 2026-06-17; SUSE was to delete it on 2026-12-23",
        });
    });

    it("is deleted soon, too, when SUSE has deleted it and EC2 still starts it", () => {
        expect(said(judge({ pint: [record({ state: "deleted", deletedOn: "20261120" })] }))).to.deep.equal({
            kind: "deletedSoon",
            message: "is deleted by SUSE on 2026-11-20; EC2 still starts it, for as long as that lasts",
            deletedOn: "20261120",
        });
    });

    it("is gone when EC2 does not have it, with its replacement", () => {
        const gone =
            "is gone: EC2 in eu-west-1 does not have it any more, so that no new host can start from it";
        const image = { image: undefined };
        expect(said(judge(image))).to.deep.equal({ kind: "gone", message: gone });
        expect(judge({ ...image, pint: [] }).message).to.equal(`${gone}; pint does not list it`);
        expect(judge({ ...image, pint: [record({})] }).message).to.equal(
            `${gone}; pint lists it as active all the same`,
        );
        expect(said(judge({ ...image, pint: chain }))).to.deep.include({
            kind: "gone",
            replacement: september,
        });
        const others = [{ ...september, id: "ami-1" }];
        expect(judge({ ...image, namesakes: others, pint: [record(june)] }).kind).to.equal("gone");
    });

    it("is that pint does not list what EC2 starts", () => {
        expect(said(judge({ pint: [] }))).to.deep.equal({
            kind: "unlisted",
            message: "can be started by EC2, but pint does not list it",
        });
    });

    it("warns of the day that EC2 has for it only where pint says nothing", () => {
        const image = { ...inEc2, deprecatedAt: "2026-12-23T00:00:00.000Z" };
        expect(said(judge({ image }))).to.deep.equal({
            kind: "deprecated",
            message: "will be deprecated by EC2 on 2026-12-23, the day that SUSE sets for deletion",
        });
        expect(judge({ image, today: "20261223" }).message).to.match(/^has been deprecated by EC2/);
        expect(judge({ image, noticeDays: 29 }).kind).to.equal("fine");
        expect(judge({ image, pint: [record({})] }).kind).to.equal("fine");
        expect(judge({ image: { ...inEc2, deprecatedAt: "someday" } }).kind).to.equal("fine");
    });

    it("is wrong in another region, whatever EC2 has there, and means the image of its name if there is one", () => {
        const wrong = {
            kind: "wrong",
            message: "is locked in eu-west-1, and this is us-east-1: an image has another id in each region",
        };
        expect(said(judge({ region: "us-east-1", pint: chain }))).to.deep.equal({
            ...wrong,
            meant: lock.name,
        });
        for (const facts of [{ pint: [] }, { pint: [record({ state: "deleted" })] }, {}]) {
            expect(said(judge({ region: "us-east-1", ...facts }))).to.deep.equal(wrong);
        }
    });

    it("is wrong when the id is another image's, or an image of somebody else", () => {
        expect(judge({ image: { ...inEc2, name: september.name } }).message).to.equal(
            `is not what the lock says: ${lock.id} is ${september.name}`,
        );
        expect(said(judge({ image: { name: lock.name } }))).to.deep.include({ kind: "wrong" });
        expect(judge({ image: { name: lock.name, ownerAlias: "aws-marketplace" } }).message).to.equal(
            `is not SUSE's own: ${lock.id} belongs to aws-marketplace, expected amazon`,
        );
    });

    it("is wrong, and not gone, when only its name is known: in another id of it is a slip", () => {
        const right = { id: "ami-0e73000000000000a", name: lock.name };
        const verdict = {
            kind: "wrong",
            message: `is not what the lock says: ${lock.id} is no image of eu-west-1, ${lock.name} is ${right.id} there`,
            meant: lock.name,
        };
        const image = { image: undefined };
        expect(said(judge({ ...image, pint: [record(june), record(right)] }))).to.deep.equal(verdict);
        expect(said(judge({ ...image, namesakes: [right] }))).to.deep.equal(verdict);
        const again = [record({ state: "deleted" }), record(right)];
        expect(judge({ ...image, pint: again }).kind).to.equal("gone");
        expect(judge({ ...image, namesakes: [right], pint: again }).kind).to.equal("gone");
    });

    it("expects no deletion on a day that has passed, told or computed", () => {
        const replaced = { state: "deprecated", deprecatedOn: "20241123" } as const;
        expect(judge({ pint: [record(replaced)] }).message).to.equal(
            "is deprecated since 2024-11-23; SUSE was expected to delete it from 2026-11-23 on",
        );
        expect(judge({ pint: [record({ ...replaced, deletedOn: "20261123" })] }).message).to.equal(
            "is deprecated since 2024-11-23; SUSE was to delete it on 2026-11-23",
        );
    });

    it("ends where replacements go round in a circle", () => {
        const back = record({ ...june, replacementName: lock.name, replacementId: lock.id });
        expect(judge({ pint: [deprecated, back] }).replacement).to.deep.equal(june);
    });
});
