import { expect } from "chai";
import { explainNoHostImage, type FailedChoice } from "../../../../components/model/images/noHostImage";

const image = (version: string, date: string) => ({
    id: `ami-${version}-${date}`,
    name: `suse-sles-${version}-v${date}-ecs-hvm-ssd-x86_64`,
});
const offer = [
    image("15-sp6", "20260919"),
    image("15-sp7", "20260617"),
    image("15-sp7", "20260922"),
    image("16-0", "20260703"),
];
const nextStep = { do: "listHostImages", region: "eu-west-1" };
const sles12: FailedChoice = {
    filter: "suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64",
    generation: 12,
    region: "eu-west-1",
    rejected: [],
    offer,
};

describe("what is said where there is no host image", () => {
    it("is that a generation is gone, and what there is", () => {
        expect(explainNoHostImage(sles12)).to.deep.equal({
            message: "no image in eu-west-1 is named like suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64",
            details: [
                "there is no ECS image of SLES 12 at all",
                "there are SLES 16.0 (2026-07-03), SLES 15 SP7 (2026-09-22), SLES 15 SP6 (2026-09-19)",
                "the nearest of them: hostImage.filter suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64",
            ],
            nextStep,
        });
    });

    it("proposes the highest service pack of the same generation where there is one", () => {
        const { details } = explainNoHostImage({
            ...sles12,
            filter: "suse-sles-15-sp5-v*-ecs-hvm-ssd-x86_64",
            generation: 15,
        });
        expect(details.join()).to.not.contain("at all");
        expect(details.at(-1)).to.equal(
            "the nearest of them: hostImage.filter suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64",
        );
    });

    it("proposes no image that will not do", () => {
        const sp7 = { ...sles12, filter: "suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64", generation: 15 } as const;
        const rejected = offer.slice(1, 3).map((one) => ({ ...one, reason: "deprecated" }));
        expect(explainNoHostImage({ ...sp7, rejected })).to.deep.equal({
            message:
                "no image in eu-west-1 that is named like suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64 will do for new hosts",
            details: [
                "suse-sles-15-sp7-v20260617-ecs-hvm-ssd-x86_64 (ami-15-sp7-20260617): deprecated",
                "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64 (ami-15-sp7-20260922): deprecated",
                "there are SLES 16.0 (2026-07-03), SLES 15 SP6 (2026-09-19)",
                "the nearest of them: hostImage.filter suse-sles-15-sp6-v*-ecs-hvm-ssd-x86_64",
            ],
            nextStep,
        });
        const all = offer.map((one) => ({ ...one, reason: "deprecated" }));
        expect(explainNoHostImage({ ...sp7, rejected: all }).details.slice(3)).to.deep.equal([
            "and 1 more",
            "there are no others of SUSE's ECS images in this region",
        ]);
    });

    it("names the three nearest candidates with their reasons, and counts the rest", () => {
        const rejected = ["a", "b", "c", "d", "e"].map((id) => ({
            id,
            name: `name-${id}`,
            reason: `why ${id}`,
        }));
        expect(explainNoHostImage({ ...sles12, rejected }).details.slice(0, 4)).to.deep.equal([
            "name-a (a): why a",
            "name-b (b): why b",
            "name-c (c): why c",
            "and 2 more",
        ]);
    });

    it("is that the region has none at all", () => {
        expect(explainNoHostImage({ ...sles12, offer: [] })).to.deep.equal({
            message: "no image in eu-west-1 is named like suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64",
            details: ["there are no ECS images of SUSE's in this region"],
            nextStep,
        });
    });
});
