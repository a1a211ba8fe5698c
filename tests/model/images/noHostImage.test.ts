import { expect } from "chai";
import { explainNoHostImage, type FailedChoice } from "../../../components/model/images/noHostImage";

const image = (version: string, date: string) => ({
    id: `ami-${version}`,
    name: `suse-sles-${version}-v${date}-ecs-hvm-ssd-x86_64`,
});
const offer = [
    image("15-sp6", "20260919"),
    image("15-sp7", "20260617"),
    image("15-sp7", "20260922"),
    image("16-0", "20260703"),
];
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
            message:
                "no image in eu-west-1 is named like suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64; there is no ECS image of SLES 12 at all; there are SLES 16.0 (2026-07-03), SLES 15 SP7 (2026-09-22), SLES 15 SP6 (2026-09-19)",
            hint: "set hostImage.filter to suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64",
        });
    });

    it("proposes the highest service pack of the same generation where there is one", () => {
        const { message, hint } = explainNoHostImage({
            ...sles12,
            filter: "suse-sles-15-sp5-v*-ecs-hvm-ssd-x86_64",
            generation: 15,
        });
        expect(message).to.not.contain("at all");
        expect(hint).to.equal("set hostImage.filter to suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64");
    });

    it("names the three nearest candidates with their reasons, and counts the rest", () => {
        const rejected = ["a", "b", "c", "d", "e"].map((id) => ({
            id,
            name: `name-${id}`,
            reason: `why ${id}`,
        }));
        expect(explainNoHostImage({ ...sles12, rejected }).message).to.contain(
            "no image in eu-west-1 that is named like suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64 will do: name-a (a): why a; name-b (b): why b; name-c (c): why c; and 2 more; ",
        );
    });

    it("is that the region has none at all", () => {
        expect(explainNoHostImage({ ...sles12, offer: [] })).to.deep.equal({
            message:
                "no image in eu-west-1 is named like suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64; there are no ECS images of SUSE's",
            hint: "choose another region: export AWS_REGION=<region>",
        });
    });
});
