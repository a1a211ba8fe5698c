import { expect } from "chai";
import fc from "fast-check";
import { chooseHostImage } from "../../components/model/images/chooseHostImage";
import { parseHostImageName } from "../../components/model/images/hostImageName";

/** Names of real images: SUSE's public list of 14 February 2020, and three of 2026 seen on AWS. */
const ecsNames = {
    "suse-sles-12-v20151002-ecs-hvm-ssd-x86_64": [12, 0, "20151002"],
    "suse-sles-12-sp1-v20161021-ecs-hvm-ssd-x86_64": [12, 1, "20161021"],
    "suse-sles-12-sp5-v20191209-ecs-hvm-ssd-x86_64": [12, 5, "20191209"],
    "suse-sles-15-v20180716-ecs-hvm-ssd-x86_64": [15, 0, "20180716"],
    "suse-sles-15-sp1-v20190624-ecs-hvm-ssd-x86_64": [15, 1, "20190624"],
    "suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64": [15, 6, "20260919"],
    "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64": [15, 7, "20260922"],
    "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64": [16, 0, "20260703"],
} as const;
const otherNames = [
    "suse-sles-12-sp1-v20160805-hvm-ssd-x86_64",
    "suse-sles-12-sp3-byos-v20180706-pv-ssd-x86_64",
    "suse-sles-15-sp7-chost-byos-v20260922-hvm-ssd-x86_64",
    "suse-sles-sap-12-sp2-v20171121-hvm-ssd-x86_64",
    "suse-sles-11-sp4-v20160214-hvm-ssd-x86_64",
    "suse-sles-12-sp5-ecs-v20191209-hvm-ssd-x86_64",
    "suse-sles-17-0-v20300101-ecs-hvm-ssd-x86_64",
    "suse-sles-15-sp7-v20261399-ecs-hvm-ssd-x86_64",
    "my-copy-of-suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64-ltd",
];

describe("the name of a host image", () => {
    for (const [name, [generation, servicePack, date]] of Object.entries(ecsNames)) {
        it(`says what ${name} is`, () => {
            expect(parseHostImageName(name)).to.deep.equal({
                name,
                generation,
                servicePack,
                date,
                architecture: "x86_64",
            });
        });
    }
    for (const name of otherNames) {
        it(`is not ${name}`, () => {
            expect(parseHostImageName(name)).to.equal(undefined);
        });
    }
});

describe("the choice of the host image", () => {
    const candidates = Object.keys(ecsNames).map((name, index) => ({ id: `ami-${index}`, name }));

    it("is the latest date within the generation", () => {
        expect(chooseHostImage(candidates, 12).image?.name).to.equal(
            "suse-sles-12-sp5-v20191209-ecs-hvm-ssd-x86_64",
        );
        expect(chooseHostImage(candidates, 15).image).to.include({ id: "ami-6", servicePack: 7 });
        expect(chooseHostImage(candidates, 16).image?.id).to.equal("ami-7");
    });

    it("takes the higher service pack of two with one date", () => {
        const names = [
            "suse-sles-12-sp4-v20191114-ecs-hvm-ssd-x86_64",
            "suse-sles-12-sp5-v20191114-ecs-hvm-ssd-x86_64",
        ];
        const { image } = chooseHostImage(
            names.map((name, index) => ({ id: `ami-${index}`, name })),
            12,
        );
        expect(image?.servicePack).to.equal(5);
    });

    it("does not depend on the order of the candidates", () => {
        fc.assert(
            fc.property(fc.shuffledSubarray(candidates, { minLength: candidates.length }), (shuffled) => {
                expect(chooseHostImage(shuffled, 15).image?.id).to.equal("ami-6");
            }),
        );
    });

    it("says of each candidate that will not do why", () => {
        const { image, rejected } = chooseHostImage(
            [
                { id: "ami-1", name: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64" },
                { id: "ami-2", name: "suse-sles-15-sp7-v20260922-hvm-ssd-x86_64" },
            ],
            15,
        );
        expect(image).to.equal(undefined);
        expect(rejected).to.deep.equal([
            "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64 (ami-1) is SLES 16, expected SLES 15",
            "suse-sles-15-sp7-v20260922-hvm-ssd-x86_64 (ami-2) is not a SLES ECS image by its name",
        ]);
    });
});
