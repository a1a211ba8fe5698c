import { expect } from "chai";
import fc from "fast-check";
import {
    parseImageName,
    printImageName,
    type ImageName,
} from "../../../../components/model/images/imageName";
import { laterNames, suseNames2020 } from "./suseNames";
import { said } from "../../../helpers/said";

const day = fc
    .date({ min: new Date("2014-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10).replaceAll("-", ""));
const imageNames: fc.Arbitrary<ImageName> = fc.record(
    {
        product: fc.constantFrom(
            "suse-sles",
            "suse-sles-sap",
            "suse-manager",
            "suse-sle-micro",
            "openSUSE-Leap",
        ),
        majorVersion: fc.integer({ min: 1, max: 99 }),
        minorVersion: fc.constantFrom("sp1", "sp7", "0", "4"),
        edition: fc.uniqueArray(fc.constantFrom("byos", "chost", "sapcal", "server", "proxy"), {
            maxLength: 2,
        }),
        date: day,
        ecs: fc.boolean(),
        virtualization: fc.constantFrom("hvm", "pv"),
        storage: fc.constantFrom("ssd", "mag"),
        architecture: fc.constantFrom("x86_64", "arm64", "i386"),
        seller: fc.constantFrom("llc", "ltd"),
        listing: fc.constantFrom("prod-u7il6suomorsm", "5535c495-72d4-4355-b169-54ffa874f849"),
    },
    {
        requiredKeys: [
            "product",
            "majorVersion",
            "edition",
            "date",
            "ecs",
            "virtualization",
            "storage",
            "architecture",
        ],
    },
);
/** Text that comes near a name of SUSE's: a name with a few characters changed. */
const nearNames = fc
    .tuple(imageNames, fc.nat(80), fc.constantFrom("", "-", "v", "0", "\n", "ecs-", "ü"), fc.nat(3))
    .map(([name, at, put, removed]) => {
        const text = printImageName(name);
        return text.slice(0, at) + put + text.slice(at + removed);
    });

describe("the parser of image names", () => {
    it("takes a name apart", () => {
        expect(said(parseImageName("suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64"))).to.deep.equal({
            product: "suse-sles",
            majorVersion: 15,
            minorVersion: "sp7",
            edition: [],
            date: "20260922",
            ecs: true,
            virtualization: "hvm",
            storage: "ssd",
            architecture: "x86_64",
        });
        expect(parseImageName("suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64")).to.include({
            majorVersion: 16,
            minorVersion: "0",
        });
        expect(parseImageName("suse-sles-15-sp1-chost-byos-v20190802-hvm-ssd-x86_64")).to.deep.include({
            edition: ["chost", "byos"],
            ecs: false,
        });
        expect(parseImageName("suse-sles-11-sp3-sapcal-v20150127-pv-mag-x86_64")).to.include({
            virtualization: "pv",
            storage: "mag",
        });
        expect(
            parseImageName("suse-sle-micro-6-1-v20251124-hvm-ssd-x86_64-llc-prod-u7il6suomorsm"),
        ).to.include({ product: "suse-sle-micro", seller: "llc", listing: "prod-u7il6suomorsm" });
        expect(parseImageName("openSUSE-Leap-15-4-v20220607-hvm-ssd-x86_64-a516e959")).to.include({
            product: "openSUSE-Leap",
            majorVersion: 15,
            minorVersion: "4",
            listing: "a516e959",
        });
        expect(said(parseImageName("suse-sles-sap-12-v20151002-hvm-ssd-x86_64"))).to.not.have.property(
            "minorVersion",
        );
    });

    const unfit: Readonly<Record<string, RegExp>> = {
        "": /no date of the form v<YYYYMMDD>/,
        "suse-sles-11-sp1-v1.00.x86_64": /no date of the form/,
        "suse-sles-11-manager-server-2-1-byos-20150408-hvm-ssd-x86_64": /no date of the form/,
        "suse-sles-15-sp7-v20261399-ecs-hvm-ssd-x86_64": /v20261399 is no date/,
        "suse-sles-15-sp7-v20260230-ecs-hvm-ssd-x86_64": /v20260230 is no date/,
        "my-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64": /starts with my-sles-15-sp7/,
        "suse-sles-v20260922-ecs-hvm-ssd-x86_64": /starts with suse-sles, expected suse-<product>-<version>/,
        "suse-sles-15-sp7-v20260922-ecs-hvm-ssd": /after the date it has ecs-hvm-ssd, expected/,
        "suse-sles-15-sp7-v20260922-hvm-ecs-ssd-x86_64": /after the date it has hvm-ecs-ssd-x86_64/,
        "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64\n": /after the date/,
    };
    for (const [text, reason] of Object.entries(unfit)) {
        it(`says why ${JSON.stringify(text)} is no name`, () => {
            expect(parseImageName(text)).to.have.property("reason").that.matches(reason);
        });
    }

    it("understands SUSE's names of a whole year's list, but for the forms of before 2014", () => {
        const notUnderstood = suseNames2020.filter((name) => "reason" in parseImageName(name));
        // v1.00, v20140903.x86_64, bld485, and four that lack the v.
        expect(
            notUnderstood.filter((name) => !/-v[\d.]+\.(x86_64|i386)(_ssd)?$|-20\d{6}-/.test(name)),
        ).to.deep.equal([]);
        expect(suseNames2020).to.have.length(392);
    });

    it("prints every name as it was", () => {
        for (const name of [...suseNames2020, ...laterNames]) {
            const parsed = parseImageName(name);
            if (!("reason" in parsed)) {
                expect(printImageName(parsed)).to.equal(name);
            }
        }
        fc.assert(
            fc.property(imageNames, (name) => {
                expect(said(parseImageName(printImageName(name)))).to.deep.equal(name);
            }),
        );
    });

    it("gives a name or a reason for any text, and a name only for what it prints again", () => {
        fc.assert(
            fc.property(fc.oneof(fc.string({ unit: "binary" }), nearNames), (text) => {
                const parsed = parseImageName(text);
                return "reason" in parsed || printImageName(parsed) === text;
            }),
            { numRuns: 500 },
        );
    });
});
