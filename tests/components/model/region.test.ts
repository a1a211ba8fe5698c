import { readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { doubtRegion, isRegion, regions as known } from "../../../components/model/region";
import { parseSettings } from "../../../components/model/settings";

// Source: partitions of the AWS SDK 3.1169.0 (@aws-sdk/core, util-endpoints/lib/aws/partitions.js): by partition the
// regions of today, and what the names of all others begin with.
const partitions = [
    [
        "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 us-west-1 us-west-2",
        "us eu ap sa ca me af il mx",
    ],
    ["cn-north-1 cn-northwest-1", "cn"],
    ["eusc-de-east-1", "eusc-de"],
    ["us-iso-east-1 us-iso-west-1", "us-iso"],
    ["us-isob-east-1 us-isob-west-1", "us-isob"],
    ["eu-isoe-west-1", "eu-isoe"],
    ["us-isof-east-1 us-isof-south-1", "us-isof"],
    ["us-gov-east-1 us-gov-west-1", "us-gov"],
].map(([regions = "", starts = ""]) => ({ regions: regions.split(" "), starts: starts.split(" ") }));

const words = "north south east west central northeast southeast northwest southwest".split(" ");

describe("the name of a region", () => {
    const regions = partitions.flatMap((partition) => partition.regions);

    it("is every one that AWS has, in every partition", () => {
        expect(regions).to.have.length(48);
        expect(regions.filter((region) => !isRegion(region))).to.deep.equal([]);
    });

    it("is known of every one that AWS has, so that slips can be found", () => {
        expect([...known].sort()).to.deep.equal([...regions].sort());
    });

    it("is known of every one that the AWS SDK has", () => {
        // Of no public module: "regions":{"af-south-1":{...},...}.
        const core = path.join(__dirname, "../../../node_modules/@aws-sdk/core/dist-es/submodules/client");
        const file = path.join(core, "util-endpoints/lib/aws/partitions.js");
        const ofSdk = readFileSync(file, "utf8").match(/\b[a-z]{2,}(?:-[a-z]+)+-\d+(?=["']?:)/g) ?? [];
        expect([...new Set(ofSdk)].sort()).to.deep.equal([...known].sort());
    });

    const possible = fc
        .tuple(
            fc.constantFrom(...partitions.flatMap(({ starts }) => starts)),
            fc.constantFrom(...words),
            fc.integer({ min: 1, max: 99 }),
        )
        .map((parts) => parts.join("-"));

    it("is every one that AWS may have", () => {
        fc.assert(fc.property(possible, isRegion));
    });

    it("is never called wrong where AWS may have it, only doubted while it is not known", () => {
        fc.assert(
            fc.property(possible, (region) => {
                const doubt = doubtRegion(region);
                expect(doubt?.isWrong ?? false).to.equal(false);
                expect(doubt === undefined).to.equal(regions.includes(region));
            }),
        );
    });

    it("is nothing else", () => {
        const wrong = [
            "",
            "Frankfurt",
            "eu-central",
            "eu-central-1a",
            "ap-northeast3",
            "../eu-west-1",
            "eu-west-1\n",
            "EU-WEST-1",
        ];
        expect(wrong.filter(isRegion)).to.deep.equal([]);
    });

    it("is taken in a lock", () => {
        for (const region of regions) {
            const lock = {
                id: "ami-0123456789abcdef0",
                name: "suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64",
                date: "20260919",
                region,
            };
            expect(parseSettings({ hostImage: { lock } }, "dev").problems, region).to.deep.equal([]);
        }
    });
});
