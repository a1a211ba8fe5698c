import { expect } from "chai";

import { fakePint, lifeOfImages } from "../../../../helpers/fakePint";
import { expectGolden } from "../../../../helpers/golden";
import { pintRecord } from "../../../../helpers/pintServer";
import { makeFolder, removeFolders } from "../../../../helpers/project";
import { play, type Played } from "../../../../helpers/transcript";

const oldest = "suse-sles-15-sp6-v20240229-ecs-hvm-ssd-x86_64";

describe("images show", () => {
    afterEach(removeFolders);

    function show(image: string, records = lifeOfImages, ...more: readonly string[]): Promise<Played> {
        const argv = ["images", "show", image, "--region", "eu-central-1", ...more];
        return play(argv, { directory: makeFolder(), pint: fakePint(records) });
    }

    function rows(played: Played, field: string): readonly string[] {
        const lines = played.context.io.out().split("\n");
        return lines
            .filter((line) => line.startsWith(field))
            .map((line) => line.slice("what changed  ".length));
    }

    it("tells everything of an image, its replacements up to the last", async () => {
        const { transcript, exitCode } = await show(oldest);
        expect(exitCode).to.equal(0);
        expectGolden("cli/images-show.txt", transcript);
    });

    it("gives scripts the records", async () => {
        expectGolden(
            "cli/images-show.json",
            (await show(oldest, lifeOfImages, "-o", "json")).context.io.out(),
        );
    });

    it("refuses an empty word", async () => {
        const { exitCode, context } = await show(" ");
        expect(exitCode).to.equal(2);
        expect(context.io.err())
            .to.contain("the image is empty, expected the name or id of one")
            .and.contain("Next: sles-ecs images list --region eu-central-1 --filter name~ecs\n");
    });

    it("finds an image by its id too", async () => {
        const played = await show("ami-0000000000000000a");
        expect(rows(played, "name")).to.deep.equal(["suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64"]);
        expect(rows(played, "what changed")).to.deep.equal([
            "https://publiccloudimagechangeinfo.suse.com/amazon/suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64/",
        ]);
        expect(rows(played, "replacement")).to.deep.equal(["-"]);
        expect(rows(played, "deleted")).to.deep.equal(["-"]);
    });

    it("expects the deletion of a deprecated image two years later", async () => {
        expect(rows(await show("ami-0000000000000000b"), "deleted")).to.deep.equal([
            "not yet; expected from 2028-09-19 on",
        ]);
    });

    it("tells the day of a deletion to come as a fact only where pint has it", async () => {
        const told = pintRecord({
            state: "deprecated",
            publishedon: "20260310",
            deprecatedon: "20260617",
            deletedon: "20281231",
        });
        const played = await show("ami-0123456789abcdef0", [told]);
        expect(rows(played, "deleted")).to.deep.equal(["not yet; on 2028-12-31"]);
    });

    it("expects a deletion in a year without a 29th of February on the 28th", async () => {
        expect(rows(await show(oldest), "deleted")).to.deep.equal(["not yet; expected from 2026-02-28 on"]);
    });

    it("says when an image is gone, and when its replacement is unknown", async () => {
        const played = await show("ami-0000000000000000f");
        expect(rows(played, "state")).to.deep.equal(["deleted: gone; hosts cannot be started from it"]);
        expect(rows(played, "deleted")).to.deep.equal(["2023-06-06"]);
        expect(rows(played, "replacement")).to.deep.equal([
            "suse-sles-12-sp5-v20210101-ecs-hvm-ssd-x86_64, ami-00000000000000010: pint has no such image in this region",
        ]);
    });

    it("says when an image cannot be a host's", async () => {
        const played = await show("suse-sles-15-sp7-byos-v20260924-hvm-ssd-x86_64");
        expect(rows(played, "host image")).to.deep.equal(["no, it is not a SLES ECS image by its name"]);
    });

    it("follows a name where the id of a replacement leads nowhere", async () => {
        const records = [
            pintRecord({ name: "old", id: "ami-01", replacementname: "new", replacementid: "ami-99" }),
            pintRecord({ name: "new", id: "ami-02" }),
        ];
        expect(rows(await show("old", records), "replacement")).to.deep.equal(["new, ami-02: active"]);
    });

    it("prefers the id of a replacement to its name", async () => {
        const records = [
            pintRecord({ name: "old", id: "ami-01", replacementname: "a", replacementid: "ami-02" }),
            pintRecord({ name: "a", id: "ami-03" }),
            pintRecord({ name: "b", id: "ami-02" }),
        ];
        expect(rows(await show("old", records), "replacement")).to.deep.equal(["b, ami-02: active"]);
    });

    it("ends a circle of replacements, and says that it is one", async () => {
        const records = [
            pintRecord({ name: "a", id: "ami-0a", replacementid: "ami-0b" }),
            pintRecord({ name: "b", id: "ami-0b", replacementid: "ami-0a" }),
        ];
        expect(rows(await show("a", records), "replacement")).to.deep.equal([
            "b, ami-0b: active",
            "a, ami-0a: active",
            "and so on in a circle, which is a mistake in pint's data",
        ]);
    });

    it("takes the active one of two images of one name", async () => {
        const records = [pintRecord({ id: "ami-01", state: "deleted" }), pintRecord({ id: "ami-02" })];
        const name = "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64";
        expect(rows(await show(name, records), "id")).to.deep.equal(["ami-02"]);
    });

    it("names the nearest image where there is none of that name: exit code 3", async () => {
        const { transcript, exitCode } = await show("suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86");
        expect(exitCode).to.equal(3);
        expectGolden("cli/images-show-unknown.txt", transcript);
        const { context } = await show("ami-0000000000000000z");
        expect(context.io.err()).to.contain(
            "pint has no image ami-0000000000000000z in eu-central-1, did you mean ami-0000000000000000d?",
        );
    });
});
