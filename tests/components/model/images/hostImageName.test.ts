import { expect } from "chai";
import {
    isGenerationChange,
    readHostImageName,
    slesVersion,
    type HostImageName,
} from "../../../../components/model/images/hostImageName";
import { suseNames2020 } from "./suseNames";

const ecsNames = {
    "suse-sles-12-v20151002-ecs-hvm-ssd-x86_64": [12, 0, "20151002", "SLES 12"],
    "suse-sles-12-sp5-v20191209-ecs-hvm-ssd-x86_64": [12, 5, "20191209", "SLES 12 SP5"],
    "suse-sles-15-v20180716-ecs-hvm-ssd-x86_64": [15, 0, "20180716", "SLES 15"],
    "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64": [15, 7, "20260922", "SLES 15 SP7"],
    "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64": [16, 0, "20260703", "SLES 16.0"],
} as const;

/** Names that come near, and what is said of them. */
const otherNames: Readonly<Record<string, string>> = {
    "suse-sles-12-sp1-v20160805-hvm-ssd-x86_64":
        "not ECS: suffix is hvm-ssd-x86_64, expected ecs-hvm-ssd-x86_64",
    "suse-sles-12-sp3-byos-v20180706-pv-ssd-x86_64": "BYOS image: its hosts would have no subscription",
    "suse-sles-15-sp7-byos-v20260922-ecs-hvm-ssd-x86_64": "BYOS image: its hosts would have no subscription",
    "suse-sles-15-sp7-chost-byos-v20260922-hvm-ssd-x86_64":
        "chost image: it has containerd for Kubernetes, and neither docker nor the ECS agent",
    "suse-sles-15-sp5-sapcal-v20260922-hvm-ssd-x86_64": "special edition: sapcal",
    "suse-sles-sap-12-sp2-v20171121-hvm-ssd-x86_64": "not plain SLES: suse-sles-sap",
    "suse-sles-11-sp4-v20160214-hvm-ssd-x86_64":
        "not ECS: suffix is hvm-ssd-x86_64, expected ecs-hvm-ssd-x86_64",
    "suse-sles-12-sp5-ecs-v20191209-hvm-ssd-x86_64": "ecs stands before the date, expected after it",
    "suse-sles-17-0-v20300101-ecs-hvm-ssd-x86_64": "SLES 17, expected one of 12, 15, 16",
    "suse-sles-15-sp7-v20260922-ecs-pv-mag-x86_64":
        "suffix is ecs-pv-mag-x86_64, expected ecs-hvm-ssd-x86_64",
    "suse-sles-12-v20151002-ecs-hvm-ssd-i386": "32-bit image (i386)",
    "suse-sles-15-sp7-v20261399-ecs-hvm-ssd-x86_64":
        "not named like an image of SUSE's: v20261399 is no date",
    "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64-ltd-prod-abc":
        "AWS Marketplace image of SUSE ltd: it needs a subscription there",
    "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64-copy": "unexpected ending: copy",
};

const read = (name: string): HostImageName => {
    const image = readHostImageName(name);
    expect(image, name).to.not.have.property("reason");
    return image as HostImageName;
};

describe("the name of a host image", () => {
    for (const [name, [generation, servicePack, date, version]] of Object.entries(ecsNames)) {
        it(`says what ${name} is`, () => {
            expect(read(name)).to.deep.equal({ name, generation, servicePack, date, architecture: "x86_64" });
            expect(slesVersion(read(name))).to.equal(version);
        });
    }
    it("may be for arm64", () => {
        expect(read("suse-sles-16-0-v20260703-ecs-hvm-ssd-arm64").architecture).to.equal("arm64");
    });
    for (const [name, reason] of Object.entries(otherNames)) {
        it(`is not ${name}: ${reason}`, () => {
            expect(readHostImageName(name)).to.deep.equal({ reason });
        });
    }

    it("is every name with ecs in SUSE's list of 2020, and no other", () => {
        const hostImages = suseNames2020.filter((name) => !("reason" in readHostImageName(name)));
        expect(hostImages).to.deep.equal(suseNames2020.filter((name) => name.includes("-ecs-")));
        // In 23 regions they are 559 images.
        expect(hostImages).to.have.length(32);
    });
});

describe("a change of generation", () => {
    it("is one from SLES 15 to 16, not one between service packs", () => {
        const [sp6, sp7, sles16] = [
            "suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64",
            "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
            "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
        ].map(read) as [HostImageName, HostImageName, HostImageName];
        expect(isGenerationChange(sp7, sles16)).to.equal(true);
        expect(isGenerationChange(sles16, sp7)).to.equal(true);
        expect(isGenerationChange(sp6, sp7)).to.equal(false);
    });
});
