import { expect } from "chai";
import { renderLine } from "../../../../../components/model/commandLine";
import fc from "fast-check";

import { parseFilter } from "../../../../../automation/verbs/images/list/filter";
import { AppError } from "../../../../../automation/errors/appError";
import { pintImage } from "../../../../helpers/pintServer";

const images = {
    ecs: pintImage({
        name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
        id: "ami-01",
        publishedOn: "20260922",
    }),
    old: pintImage({
        name: "suse-sles-15-sp6-v20260313-ecs-hvm-ssd-x86_64",
        id: "ami-02",
        publishedOn: "20260313",
        deprecatedOn: "20260612",
        replacementName: "suse-sles-15-sp6-v20260612-ecs-hvm-ssd-x86_64",
        replacementId: "ami-05",
    }),
    byos: pintImage({
        name: "SUSE-sles-15-sp7-BYOS-v20260924-hvm-ssd-x86_64",
        id: "ami-03",
        publishedOn: "20260924",
    }),
    gone: pintImage({
        name: "suse-sles-12-sp5-v20200918-ecs-hvm-ssd-x86_64",
        id: "ami-04",
        publishedOn: "20200918",
        deprecatedOn: "20210606",
        deletedOn: "20230606",
    }),
};

function chosen(filter: string): readonly string[] {
    const holds = parseFilter(filter);
    return Object.entries(images).flatMap(([key, image]) => (holds(image) ? [key] : []));
}

function refusal(filter: string): AppError {
    try {
        parseFilter(filter);
    } catch (error) {
        expect(error).to.be.instanceOf(AppError);
        return error as AppError;
    }
    throw new Error(`${filter} was to be refused, and was not`);
}

describe("the filter of images list", () => {
    const cases: readonly (readonly [filter: string, expected: readonly string[], what: string])[] = [
        ["name~ecs", ["ecs", "old", "gone"], "contains"],
        ["name~ECS", ["ecs", "old", "gone"], "contains, in whatever case"],
        ["name~byos", ["byos"], "contains, whatever the case of the name"],
        ["name!byos", ["ecs", "old", "gone"], "does not contain"],
        ["name%suse-sles-1[56]", ["ecs", "old", "byos"], "a regular expression"],
        ["name%sles", [], "a regular expression that holds only at the start"],
        ["name%.*-ecs-.*|SUSE-sles-12", ["ecs", "old", "gone"], "alternatives, each from the start"],
        ["name%nothing|sles-15", [], "alternatives, none of them from the start"],
        ["name=suse-sles-12-sp5-v20200918-ecs-hvm-ssd-x86_64", ["gone"], "is"],
        ["name=suse-sles-12-sp5", [], "is, and not only begins with it"],
        ["id=ami-03", ["byos"], "an id"],
        ["id=ami-0", [], "a part of an id"],
        ["replacementid=ami-05", ["old"], "the id of a replacement"],
        ["replacementname~sp6", ["old"], "the name of a replacement"],
        ["replacementname!sp6", ["ecs", "byos", "gone"], "no replacement is no such replacement"],
        ["publishedon>20260313", ["ecs", "byos"], "after a date"],
        ["publishedon=20260313", ["old"], "on a date"],
        ["publishedon<20260313", ["gone"], "before a date"],
        ["deprecatedon<20260101", ["gone"], "before a date, which others do not have at all"],
        ["deprecatedon>20200101", ["old", "gone"], "after a date, which others do not have at all"],
        ["deletedon=20230606", ["gone"], "deleted on a date"],
        ["name~ecs,name~15,publishedon>20260601", ["ecs"], "all of several phrases"],
        ["name~ecs, name~15", ["ecs", "old"], "blanks around phrases"],
        ["name~a~b", [], "a sign in the text is text"],
    ];
    for (const [filter, expected, what] of cases) {
        it(`${filter}: ${what}`, () => {
            expect(chosen(filter)).to.deep.equal(expected);
        });
    }

    const text =
        "~ (contains), ! (does not contain), % (regular expression at the start) or = (is), then a text";
    const known =
        "expected one of name, replacementname, id, replacementid, publishedon, deprecatedon, deletedon at its start";
    const refused: readonly (readonly [phrase: string, expected: string])[] = [
        ["", known],
        ["~ecs", known],
        ["nmae~ecs", `${known}, did you mean name?`],
        ["NAME~ecs", `${known}, did you mean name?`],
        ["constructor~a", known],
        ["type=a", known],
        ["state=active", "state is no attribute of a filter, use --state"],
        ["region=eu-central-1", "region is no attribute of a filter, use --region"],
        ["name", `expected name with ${text}`],
        ["name~", `expected name with ${text}`],
        ["name<5", `expected name with ${text}`],
        ["id~ami", "expected id with = and an id"],
        ["deletedon", "expected deletedon with <, = or > and a date as YYYYMMDD"],
        ["deletedon~2026", "expected deletedon with <, = or > and a date as YYYYMMDD"],
        ["publishedon<2026", '"2026" is no date, expected YYYYMMDD such as 20260131'],
        ["publishedon=20260231", '"20260231" is no date, expected YYYYMMDD such as 20260131'],
        ["publishedon>20260101x", '"20260101x" is no date, expected YYYYMMDD such as 20260131'],
    ];
    for (const [phrase, expected] of refused) {
        it(`refuses ${JSON.stringify(phrase)} and says what it expected`, () => {
            const { code, message, details } = refusal(phrase);
            expect({ code, message }).to.deep.equal({
                code: "USAGE",
                message: "--filter has a phrase that cannot be read",
            });
            expect(details).to.deep.equal([`${JSON.stringify(phrase)}: ${expected}`]);
        });
    }

    for (const expression of ["[", "a)|(b", "*"]) {
        it(`refuses ${expression}, which is no regular expression`, () => {
            const [detail] = refusal(`name%${expression}`).details;
            expect(detail).to.contain(`"${expression}" is no regular expression: Invalid regular expression`);
        });
    }

    it("refuses a regular expression that is found to be too large at its first use", () => {
        const [detail] = refusal(`name%${"(".repeat(20_000)}a${")".repeat(20_000)}`).details;
        expect(detail).to.contain("is no regular expression: ");
    });

    it("names ten phrases of many that are wrong, and how many more there are", () => {
        const { message, details } = refusal(",".repeat(1000));
        expect(message).to.equal("--filter has 1001 phrases that cannot be read");
        expect(details).to.have.length(11);
        expect(details.at(-1)).to.equal("and 991 more");
    });

    it("names all phrases that are wrong at once, and only those", () => {
        const { message, details } = refusal("name~ecs,nmae~a,deletedon<soon,");
        expect(message).to.equal("--filter has 3 phrases that cannot be read");
        expect(details.map((line) => renderLine(line).split(":")[0])).to.deep.equal([
            '"nmae~a"',
            '"deletedon<soon"',
            '""',
        ]);
    });

    it("either reads a text or refuses it, whatever it is", () => {
        const sign = fc.constantFrom(
            "name",
            "id",
            "publishedon",
            "~",
            "!",
            "%",
            "=",
            "<",
            ",",
            "20260101",
            "(",
            "[",
        );
        const nearly = fc
            .array(fc.oneof(sign, fc.string({ unit: "binary", maxLength: 4 })))
            .map((parts) => parts.join(""));
        fc.assert(
            fc.property(fc.oneof(nearly, fc.string({ unit: "binary" })), (filter) => {
                let holds;
                try {
                    holds = parseFilter(filter);
                } catch (error) {
                    return error instanceof AppError && error.code === "USAGE" && error.details.length > 0;
                }
                return Object.values(images).every((image) => typeof holds(image) === "boolean");
            }),
            { numRuns: 1000 },
        );
    });
});
