import { expect } from "chai";
import { isPrivateEcr } from "../../../../components/model/containers/ecrReference";
import {
    isImagePackage,
    isOpenToEveryone,
    licenceOf,
    type Licence,
    type LicensedImage,
} from "../../../../components/model/containers/licence";
import { readImageReference } from "../../../../components/model/containers/imageReference";

const from = (name: string) => {
    const reference = readImageReference(name);
    if (typeof reference === "string") {
        throw new Error(reference);
    }
    return { reference };
};

describe("the licence of an image", () => {
    const cases: readonly (readonly [string, LicensedImage, Licence])[] = [
        ["the guide's package", { packageName: "sles12-docker-image" }, "restricted"],
        ["a package of a service pack", { packageName: "sles12sp2-docker-image" }, "restricted"],
        ["a later package", { packageName: "suse-sles12sp3-image" }, "restricted"],
        ["SLES 12 on SUSE's registry", from("registry.suse.com/suse/sles12sp5:latest"), "restricted"],
        ["SLES 15 on SUSE's registry", from("registry.suse.com/suse/sle15:15.7"), "restricted"],
        ["SLES 15 on somebody's registry", from("registry.example.com/suse/sle15:15.7"), "restricted"],
        ["what was built with a subscription", { labels: { "com.suse.eula": "sle-eula" } }, "restricted"],
        ["a beta", { labels: { "com.suse.eula": "sle-beta" } }, "restricted"],
        [
            "SLES 15 that says to be BCI",
            { ...from("registry.suse.com/suse/sle15:15.7"), labels: { "com.suse.eula": "sle-bci" } },
            "restricted",
        ],
        ["a Base Container Image by its name", from("registry.suse.com/bci/bci-base:15.7"), "free"],
        ["a Base Container Image by its label", { labels: { "com.suse.eula": "sle-bci" } }, "free"],
        ["somebody's own bci", from("registry.example.com/bci/bci-base:15.7"), "unknown"],
        ["anything else", from("docker.io/library/busybox:1"), "unknown"],
    ];
    for (const [what, image, licence] of cases) {
        it(`is ${licence} for ${what}`, () => {
            expect(licenceOf(image)).to.equal(licence);
        });
    }

    it("knows packages that bring images", () => {
        expect(
            ["sles12-docker-image", "sles11sp4-docker-image", "suse-sles12sp3-image"].every(isImagePackage),
        ).to.equal(true);
        expect(["docker", "sle2docker", "kiwi-image", "sles-release"].some(isImagePackage)).to.equal(false);
    });
});

describe("a private registry of Amazon ECR", () => {
    for (const address of [
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
        "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
        "123456789012.dkr-ecr.eu-central-1.on.aws",
    ]) {
        it(`is ${address}`, () => expect(isPrivateEcr(address)).to.equal(true));
    }
    for (const address of [
        "public.ecr.aws",
        "docker.io",
        "ghcr.io",
        "quay.io",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com.example.org",
        "dkr.ecr.eu-central-1.amazonaws.com",
    ]) {
        it(`is not ${address}`, () => expect(isPrivateEcr(address)).to.equal(false));
    }
});

describe("a repository's policy", () => {
    const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const pull = { Effect: "Allow", Action: ["ecr:BatchGetImage"] };
    const cases: readonly (readonly [string, string | undefined, boolean])[] = [
        ["there is none", undefined, false],
        [
            "it names a role",
            policy({ ...pull, Principal: { AWS: "arn:aws:iam::123456789012:role/x" } }),
            false,
        ],
        ["it names everybody", policy({ ...pull, Principal: "*" }), true],
        ["it names every account", policy({ ...pull, Principal: { AWS: ["*"] } }), true],
        [
            "it names everybody but one",
            policy({ ...pull, NotPrincipal: { AWS: "arn:aws:iam::1:root" } }),
            true,
        ],
        ["it denies everybody", policy({ ...pull, Effect: "Deny", Principal: "*" }), false],
        [
            "it is for an organization",
            policy({ ...pull, Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
            false,
        ],
        [
            "it is for all but an organization",
            policy({
                ...pull,
                Principal: "*",
                Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
            }),
            true,
        ],
        [
            "its condition closes nothing",
            policy({ ...pull, Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }),
            true,
        ],
        ["its only statement is no list", JSON.stringify({ Statement: { ...pull, Principal: "*" } }), true],
        ["it cannot be read", "{", true],
        ["it is null", "null", true],
        ["its statement is a number", '{"Statement":[7]}', true],
        ["it has no statement", "{}", false],
    ];
    for (const [what, text, isOpen] of cases) {
        it(`is ${isOpen ? "open to everyone" : "closed"} where ${what}`, () => {
            expect(isOpenToEveryone(text)).to.equal(isOpen);
        });
    }
});
