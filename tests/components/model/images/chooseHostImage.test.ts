import { expect } from "chai";
import fc from "fast-check";
import { chooseHostImage } from "../../../../components/model/images/chooseHostImage";
import { bestOfEachVersion } from "../../../../components/model/images/imageOrder";
import type { PintRecord } from "../../../../components/model/images/pintRecord";

const names = [
    "suse-sles-12-sp5-v20191209-ecs-hvm-ssd-x86_64",
    "suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64",
    "suse-sles-15-sp7-v20260310-ecs-hvm-ssd-x86_64",
    "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64",
    "suse-sles-15-sp7-chost-byos-v20260924-hvm-ssd-x86_64",
    "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
];
const candidates = names.map((name, index) => ({ id: `ami-${index}`, name }));
const sp7 = { id: "ami-3", name: names[3] ?? "" };

const record = (given: Partial<PintRecord>): PintRecord => ({
    ...sp7,
    region: "eu-west-1",
    state: "active",
    publishedOn: "20260922",
    ...given,
});

describe("the choice of the host image", () => {
    const best = (...args: Parameters<typeof chooseHostImage>) => chooseHostImage(...args).fitting[0]?.id;

    it("is the latest date of the highest service pack of the generation", () => {
        expect(best(candidates, { generation: 12 })).to.equal("ami-0");
        expect(best(candidates, { generation: 15 })).to.equal("ami-3");
        expect(best(candidates, { generation: 16 })).to.equal("ami-6");
    });

    it("does not go back to a lower service pack that was refreshed later", () => {
        const refreshed = { id: "ami-9", name: "suse-sles-15-sp6-v20261101-ecs-hvm-ssd-x86_64" };
        expect(best([...candidates, refreshed], { generation: 15 })).to.equal("ami-3");
    });

    it("does not depend on the order of the candidates, nor on what else EC2 says of them", () => {
        const twins = [...candidates, { id: "ami-30", name: sp7.name, createdAt: "2026-11-01T00:00:00Z" }];
        fc.assert(
            fc.property(fc.shuffledSubarray(twins, { minLength: twins.length }), (shuffled) => {
                expect(best(shuffled, { generation: 15 })).to.equal("ami-3");
            }),
        );
    });

    it("is nothing that EC2 hides, unless hosts run on it or a person named it", () => {
        const hidden = [{ ...sp7, deprecatedAt: "2026-11-23T00:00:00.000Z" }];
        const wish = { generation: 15, today: "20261123" } as const;
        expect(chooseHostImage(hidden, wish).rejected[0]?.reason).to.equal("deprecated by EC2 on 2026-11-23");
        expect(best(hidden, { ...wish, today: "20261122" })).to.equal("ami-3");
        expect(best(hidden, { generation: 15 })).to.equal("ami-3");
        expect(best(hidden, { ...wish, filter: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64" })).to.equal(
            "ami-3",
        );
    });

    it("says of each candidate that will not do why, the nearest first", () => {
        const { fitting, rejected } = chooseHostImage(
            candidates.filter(({ id }) => !["ami-1", "ami-2", "ami-3"].includes(id)),
            { generation: 15 },
        );
        expect(fitting).to.deep.equal([]);
        expect(rejected.map(({ id, reason }) => `${id}: ${reason}`)).to.deep.equal([
            "ami-6: SLES 16, expected SLES 15",
            "ami-0: SLES 12, expected SLES 15",
            "ami-4: not ECS: suffix is hvm-ssd-x86_64, expected ecs-hvm-ssd-x86_64",
            "ami-5: chost image: it has containerd for Kubernetes, and neither docker nor the ECS agent",
        ]);
    });
});

describe("the order of images that will not do", () => {
    it("is by what they have in common with the wish: plain SLES, ECS, generation, then the latest date", () => {
        const far = [
            "anything",
            "suse-sles-sap-15-sp7-v20261120-hvm-ssd-x86_64",
            "suse-sles-16-0-v20261110-hvm-ssd-x86_64",
            "suse-sles-15-sp6-v20260919-hvm-ssd-x86_64",
            "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64",
            "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
            "suse-sles-15-sp7-byos-v20250101-ecs-hvm-ssd-x86_64",
        ].map((name) => ({ id: "ami-1", name }));
        const { rejected } = chooseHostImage(far, { generation: 15 });
        expect(rejected.map(({ name }) => name)).to.deep.equal(far.map(({ name }) => name).reverse());
    });
});

describe("the choice of the host image with what pint knows", () => {
    const deprecated = record({
        state: "deprecated",
        deprecatedOn: "20261103",
        replacementName: "suse-sles-15-sp7-v20261103-ecs-hvm-ssd-x86_64",
        replacementId: "ami-7",
    });
    const choose = (pint: readonly PintRecord[], filter = "suse-sles-15-sp*-v*-ecs-hvm-ssd-*") =>
        chooseHostImage(candidates, { generation: 15, pint, filter });

    it("has nothing to add where EC2 and pint agree", () => {
        expect(choose([record({})])).to.deep.include({ remarks: [] });
    });

    it("rejects what SUSE has replaced, and says since when and by what", () => {
        const { fitting, rejected } = choose([deprecated]);
        expect(fitting.map(({ id }) => id)).to.deep.equal(["ami-2", "ami-1"]);
        expect(rejected[0]).to.deep.equal({
            ...sp7,
            reason: "deprecated since 2026-11-03, replaced by suse-sles-15-sp7-v20261103-ecs-hvm-ssd-x86_64",
        });
    });

    it("rejects what SUSE has deleted", () => {
        const { rejected } = choose([record({ state: "deleted", deletedOn: "20261120" })]);
        expect(rejected[0]?.reason).to.equal("deleted by SUSE on 2026-11-20");
    });

    it("takes the very image that a person named all the same, and says what is wrong with it", () => {
        const { fitting, remarks } = choose([deprecated], sp7.name);
        expect(fitting[0]?.id).to.equal("ami-3");
        expect(remarks).to.deep.equal([
            `the host image ${sp7.name} (ami-3) is deprecated since 2026-11-03, replaced by suse-sles-15-sp7-v20261103-ecs-hvm-ssd-x86_64; EC2 still starts it`,
        ]);
    });

    it("says so when the image gets critical fixes only", () => {
        expect(choose([record({ state: "inactive" })]).remarks).to.deep.equal([
            `the host image ${sp7.name} (ami-3) is inactive: SUSE refreshes it for critical fixes only`,
        ]);
    });

    it("says so when pint does not know what EC2 offers", () => {
        expect(choose([]).remarks).to.deep.equal([
            `the host image ${sp7.name} (ami-3) can be started by EC2, but pint does not list it`,
        ]);
    });

    it("says so when pint knows of a later one that EC2 does not offer", () => {
        const later = record({ id: "ami-7", name: "suse-sles-15-sp7-v20261103-ecs-hvm-ssd-x86_64" });
        const others = [
            record({ id: "ami-80", name: "suse-sles-15-sp6-v20261103-ecs-hvm-ssd-x86_64" }),
            record({ id: "ami-81", name: "suse-sles-16-0-v20261103-ecs-hvm-ssd-x86_64" }),
            record({ id: "ami-82", name: "suse-sles-15-sp7-v20261103-ecs-hvm-ssd-arm64" }),
            record({ id: "ami-83", name: "suse-sles-15-sp7-v20261103-hvm-ssd-x86_64" }),
            record({ ...later, id: "ami-84", state: "deleted" }),
        ];
        expect(choose([record({}), later, ...others]).remarks).to.deep.equal([
            `pint lists ${later.name} (ami-7) as active, EC2 does not offer it`,
        ]);
    });

    it("does not say so of one that EC2 was not asked for", () => {
        const later = record({ id: "ami-7", name: "suse-sles-15-sp7-v20261103-ecs-hvm-ssd-x86_64" });
        for (const filter of [sp7.name, "suse-sles-15-sp7-v202609*-ecs-hvm-ssd-x86_64"]) {
            expect(choose([record({}), later], filter).remarks).to.deep.equal([]);
        }
    });

    it("does not say so of one that EC2 knows and only hides", () => {
        const hidden = { id: "ami-7", name: "suse-sles-15-sp7-v20261103-ecs-hvm-ssd-x86_64" };
        const { fitting, remarks } = chooseHostImage(
            [...candidates, { ...hidden, deprecatedAt: "2026-11-20T00:00:00.000Z" }],
            { generation: 15, today: "20261123", pint: [record({}), record(hidden)] },
        );
        expect([fitting[0]?.id, remarks]).to.deep.equal(["ami-3", []]);
    });
});

describe("what there is to choose", () => {
    it("is the latest image of each version, the highest version first", () => {
        expect(bestOfEachVersion(candidates).map(({ id }) => id)).to.deep.equal([
            "ami-6",
            "ami-3",
            "ami-1",
            "ami-0",
        ]);
    });
});
