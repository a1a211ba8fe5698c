import { expect } from "chai";
import { chosenImage } from "../../../../helpers/fakes";
import { fakePint, silentPint } from "../../../../helpers/fakePint";
import { pintRecord } from "../../../../helpers/pintServer";
import { removeFolders } from "../../../../helpers/project";
import { newer, settings, sles16, update } from "./updateCase";

describe("images update --to", () => {
    afterEach(removeFolders);

    const list = "Next: sles-ecs images list --region us-east-1 --filter name~ecs\n";
    const missing = "suse-sles-15-sp7-v20260923-ecs-hvm-ssd-x86_64";

    it("expects the name of a SLES ECS image, and says where to look for one", async () => {
        const reasons = [
            ["nonsense", "it has no date of the form v<YYYYMMDD>"],
            ["latest", "it has no date of the form v<YYYYMMDD>"],
            ["suse-sles-15-sp7-v20260922-hvm-ssd-x86_64", "not ECS: suffix is hvm-ssd-x86_64"],
            ["suse-sles-15-sp7-chost-byos-v20260922-hvm-ssd-x86_64", "chost image"],
        ] as const;
        for (const [name, reason] of reasons) {
            const { exitCode, context, file } = await update(["--to", name]);
            expect([exitCode, file]).to.deep.equal([2, settings()]);
            expect(context.io.err())
                .to.contain(`--to is no host image: got ${name}, expected the name of a SLES ECS image`)
                .and.contain(reason)
                .and.contain(list)
                .and.not.contain("filter that");
            expect(context.calls.filter((call) => call.startsWith("aws"))).to.deep.equal([]);
        }
    });

    it("takes the name of one image, and no wildcards", async () => {
        for (const name of ["suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64", "suse-sles-15-sp?-*ecs*"]) {
            const { exitCode, context } = await update(["--to", name]);
            expect(exitCode).to.equal(2);
            expect(context.io.err())
                .to.contain(`--to has wildcards: got ${name}, expected the name of one image`)
                .and.contain(list);
        }
    });

    it("takes no id, and says how to find the name that belongs to it", async () => {
        const { exitCode, context } = await update(["--to", newer.id]);
        expect(exitCode).to.equal(2);
        expect(context.io.err())
            .to.contain(`--to takes a name: got the id ${newer.id}`)
            .and.contain(`Next: sles-ecs images show ${newer.id} --region us-east-1\n`);
    });

    it("is refused without a name", async () => {
        for (const name of ["", "  "]) {
            const { exitCode, context } = await update(["--to", name]);
            expect(exitCode).to.equal(2);
            expect(context.io.err()).to.contain("--to is empty, expected the name of a SLES ECS image");
        }
    });

    it("names the nearest images of the region where there is none of that name", async () => {
        const record = (name: string, id: string, more = {}) =>
            pintRecord({ name, id, region: "us-east-1", ...more });
        const pint = fakePint([
            record("suse-sles-15-sp7-byos-v20260923-hvm-ssd-x86_64", "ami-00000000000000001"),
            record(missing.replace("23", "24"), "ami-00000000000000002", {
                state: "deleted",
                deletedon: "20261001",
            }),
            record(sles16.name, sles16.id),
            record(newer.name, newer.id),
            record(chosenImage.name, chosenImage.id),
        ]);
        const { exitCode, context, file } = await update(["--to", missing], { pint });
        expect([exitCode, file]).to.deep.equal([3, settings()]);
        expect(context.io.err())
            .to.contain(`error: --to: no image in us-east-1 is named like ${missing}`)
            .and.contain(`  nearest: ${newer.name}\n  nearest: ${chosenImage.name}\n`)
            .and.contain(list)
            .and.not.contain("hostImage.filter");
        expect(context.io.err()).not.to.match(/byos|v20260924/);
    });

    it("says the same without them where pint is silent", async () => {
        const { exitCode, context } = await update(["--to", missing], {
            pint: silentPint("it is down"),
        });
        expect(exitCode).to.equal(3);
        expect(context.io.err())
            .to.contain("error: --to: no image")
            .and.contain(list)
            .and.not.contain("nearest");
    });

    it("warns of the image that it names, not of a filter", async () => {
        const { context } = await update(["--plan", "--to", newer.name], {
            pint: fakePint([
                pintRecord({
                    ...newer,
                    state: "deprecated",
                    publishedon: "20260922",
                    deprecatedon: "20261103",
                }),
            ]),
        });
        expect(context.io.err()).to.contain(
            `warning: --to: the host image ${newer.name} (${newer.id}) is deprecated since 2026-11-03`,
        );
        // The checks come upon it again once the lock has moved.
        expect(context.io.err().match(/is deprecated/g)).to.have.length(1);
    });

    it("warns once of pint's silence and of the settings, however often they are checked", async () => {
        const { context } = await update(["--plan"], {
            pint: silentPint("it is night"),
            file: settings("    sles-ecs:hosts: { count: 2, rootVolumeGiB: 20 }\n"),
        });
        expect(context.io.err().match(/it is night/g)).to.have.length(1);
        expect(context.io.err().match(/warning: hosts.rootVolumeGiB: /g)).to.have.length(1);
    });
});
