import { expect } from "chai";
import fc from "fast-check";

import { readRecords } from "../../../automation/pint/records";
import { pintRecord, type PintRecord } from "../../helpers/pintServer";
import { said } from "../../helpers/said";

const today = "20261127";

function read(...records: readonly unknown[]): ReturnType<typeof readRecords> {
    return readRecords(records, "eu-central-1", today);
}

const name = "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64";

describe("the records of pint", () => {
    it("become images, with what is empty left out and the record kept as it came", () => {
        const active = pintRecord({
            changeinfo: `https://publiccloudimagechangeinfo.suse.com/amazon/${name}/`,
        });
        // As in pint's data of 2020-02-14, in another region.
        const deprecated = {
            name: "suse-sles-12-v20151002-ecs-hvm-ssd-x86_64",
            state: "deprecated",
            replacementname: "suse-sles-12-v20151120-ecs-hvm-ssd-x86_64",
            replacementid: "ami-4b034421",
            publishedon: "20151002",
            deprecatedon: "20151120",
            region: "eu-central-1",
            id: "ami-df5918ba",
            deletedon: "",
        };
        const { images, remarks } = read(active, deprecated);
        expect(said(images)).to.deep.equal([
            {
                name,
                id: "ami-0123456789abcdef0",
                region: "eu-central-1",
                state: "active",
                publishedOn: "20260922",
                changeInfo: `https://publiccloudimagechangeinfo.suse.com/amazon/${name}/`,
                record: active,
            },
            {
                name: "suse-sles-12-v20151002-ecs-hvm-ssd-x86_64",
                id: "ami-df5918ba",
                region: "eu-central-1",
                state: "deprecated",
                publishedOn: "20151002",
                deprecatedOn: "20151120",
                replacementName: "suse-sles-12-v20151120-ecs-hvm-ssd-x86_64",
                replacementId: "ami-4b034421",
                record: deprecated,
            },
        ]);
        expect(remarks).to.be.empty;
    });

    const leftOut: readonly (readonly [what: string, record: unknown, remark: string])[] = [
        ["no name", pintRecord({ name: undefined }), "ami-0123456789abcdef0: it has no name; left out"],
        ["no id", pintRecord({ id: "" }), `${name}: it has no id; left out`],
        ["no state", pintRecord({ state: null }), `${name}: it has no state; left out`],
        ["no region", pintRecord({ region: null }), `${name}: it has no region; left out`],
        [
            "a number for a text",
            pintRecord({ region: 1 }),
            `${name}: its region is 1, expected a text of ASCII characters; left out`,
        ],
        [
            "a name that would act upon a terminal",
            pintRecord({ name: "evil\u001B]0;title\u0007\u009B31m\nstate  active\u202E" }),
            'ami-0123456789abcdef0: its name is "evil\\u001b]0;title\\u0007\\u009b31m\\nstate  active\\u202e", expected a text of ASCII characters; left out',
        ],
        [
            "a name that would flood it",
            pintRecord({ name: "x".repeat(100_000) }),
            `ami-0123456789abcdef0: its name is "${"x".repeat(80)}"..., expected a text of ASCII characters; left out`,
        ],
        [
            "a name that EC2 would not take",
            pintRecord({ name: "x".repeat(129) }),
            `ami-0123456789abcdef0: its name is "${"x".repeat(80)}"..., expected a name of at most 128 characters; left out`,
        ],
        [
            "neither name nor id that could be shown",
            pintRecord({ name: ["x"], id: { a: 1 } }),
            "record 1: its name is a list, expected a text of ASCII characters; left out",
        ],
        [
            "an id that is none of an image",
            pintRecord({ id: "i-0123" }),
            `${name}: its id is "i-0123", expected one like ami-0123456789abcdef0; left out`,
        ],
        [
            "a state that nobody knows",
            pintRecord({ state: "retired" }),
            `${name}: its state is "retired", expected active, inactive, deprecated, deleted; left out`,
        ],
        [
            "a state that every object has",
            pintRecord({ state: "constructor" }),
            `${name}: its state is "constructor", expected active, inactive, deprecated, deleted; left out`,
        ],
        [
            "a region that is misspelt",
            pintRecord({ region: "ap-northeast3" }),
            `${name}: its region is "ap-northeast3", expected eu-central-1; left out`,
        ],
        [
            "no date of publication",
            pintRecord({ publishedon: "" }),
            `${name}: it has no publishedon; left out`,
        ],
        [
            "a date of publication that is no day",
            pintRecord({ publishedon: "20260231" }),
            `${name}: its publishedon is "20260231", expected a date as YYYYMMDD; left out`,
        ],
        ["nothing but null", null, "record 1: it has no name; left out"],
        ["a text for a record", "images", "record 1: it has no name; left out"],
    ];
    for (const [what, record, remark] of leftOut) {
        it(`are left out with a remark where there is ${what}`, () => {
            expect(read(record)).to.deep.equal({ images: [], remarks: [remark] });
        });
    }

    it('take the text "None" for no replacement', () => {
        const { images, remarks } = read(pintRecord({ replacementname: "None", replacementid: "None" }));
        expect(said(images[0])).to.not.have.any.keys("replacementName", "replacementId");
        expect(remarks).to.be.empty;
    });

    const odd: readonly (readonly [what: string, fields: PintRecord, remark: string])[] = [
        [
            "a date that is no day",
            { deprecatedon: "20260231" },
            'its deprecatedon is "20260231", expected a date as YYYYMMDD; not used',
        ],
        [
            "a date in another form",
            { deletedon: "2026-01-31" },
            'its deletedon is "2026-01-31", expected a date as YYYYMMDD; not used',
        ],
        [
            "a date that is a number",
            { deprecatedon: 20250101 },
            "its deprecatedon is 20250101, expected a text of ASCII characters; not used",
        ],
        [
            "a replacement that would act upon a terminal",
            { replacementname: "\u001B[2J" },
            'its replacementname is "\\u001b[2J", expected a text of ASCII characters; not used',
        ],
        [
            "a page that is a list",
            { changeinfo: ["x"] },
            "its changeinfo is a list, expected a text of ASCII characters; not used",
        ],
        ["a field of another kind", { zzz: [[[[]]]] }, 'its "zzz" is a list; not shown'],
        [
            "a publication that is yet to come",
            { publishedon: "20261128" },
            "published on 20261128, which is yet to come",
        ],
        [
            "a deprecation that is done and yet to come",
            { state: "deprecated", deprecatedon: "20270101" },
            "deprecated by its state, but only on 20270101 by its date",
        ],
        [
            "a deletion that is done and yet to come",
            { state: "deleted", deletedon: "20270101" },
            "deleted by its state, but only on 20270101 by its date",
        ],
    ];
    for (const [what, fields, remark] of odd) {
        it(`are kept with a remark where there is ${what}`, () => {
            const { images, remarks } = read(pintRecord(fields));
            expect(images.map((image) => image.name)).to.deep.equal([name]);
            expect(remarks).to.deep.equal([`${name}: ${remark}`]);
        });
    }

    it("do not use a date that is none", () => {
        expect(said(read(pintRecord({ deletedon: "soon" })).images[0])).to.not.have.property("deletedOn");
    });

    it("are shown without what cannot be shown, however deep it is", () => {
        const deep = JSON.parse("[".repeat(5000) + "]".repeat(5000)) as unknown;
        const plain = pintRecord({ zone: 1, fresh: true, none: null });
        const { images } = read({ ...plain, deep, "tab\tfield": "x", colour: "\u009B31m" });
        expect(images[0]?.record).to.deep.equal(plain);
    });

    it("may tell of a deprecation to come", () => {
        const { images, remarks } = read(pintRecord({ deprecatedon: "20270101" }));
        expect(images[0]?.deprecatedOn).to.equal("20270101");
        expect(remarks).to.be.empty;
    });

    it("are kept with a remark where one name stands for two images", () => {
        const { images, remarks } = read(pintRecord(), pintRecord({ id: "ami-0fedcba9876543210" }));
        expect(images.map((image) => image.id)).to.deep.equal([
            "ami-0123456789abcdef0",
            "ami-0fedcba9876543210",
        ]);
        expect(remarks).to.deep.equal([
            `${name}: the name stands for ami-0123456789abcdef0 and ami-0fedcba9876543210`,
        ]);
    });

    it("are taken once where an id comes twice, next to one another or not", () => {
        const other = pintRecord({ name: "other", id: "ami-0fedcba9876543210" });
        const { images, remarks } = read(pintRecord(), other, pintRecord(), pintRecord({ name: "third" }));
        expect(images.map((image) => image.name)).to.deep.equal([name, "other"]);
        expect(remarks).to.deep.equal([
            `${name}: there twice with the id ami-0123456789abcdef0; left out`,
            `third: its id ami-0123456789abcdef0 is that of ${name}; left out`,
        ]);
    });

    it("never make an error, whatever they are", () => {
        const anything = fc.oneof(
            fc.anything(),
            fc.dictionary(fc.constantFrom(...Object.keys(pintRecord())), fc.anything()),
        );
        fc.assert(
            fc.property(fc.array(anything), (records) => {
                const { images, remarks } = read(...records);
                return images.length + remarks.length >= records.length;
            }),
        );
    });
});
