import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { chosenImage, inEc2 } from "../../../helpers/account";
import type { FakeStackOptions } from "../../../helpers/fakes";
import { expectGolden } from "../../../helpers/golden";
import { devSettings, makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { newer, settingsWith } from "./lockCase";

const file = (directory: string, name = "Pulumi.dev.yaml") =>
    readFileSync(path.join(directory, name), "utf8");

const standing: FakeStackOptions = {
    resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "dev" }],
};

const withNewer = { images: [inEc2(newer), inEc2(chosenImage)] };

describe("images lock", () => {
    afterEach(removeFolders);

    it("writes the lock and changes nothing in AWS", async () => {
        const directory = makeProject();
        const { transcript, context } = await play(["images", "lock", "dev"], { directory });
        expectGolden("cli/images-lock.txt", transcript);
        expect(file(directory)).to.match(/ {8}lock:\n {12}id: ami-0123456789abcdef0\n/);
        expect(context.calls).to.deep.equal(["engine open dev", "aws reads"]);
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("stays on the image that the hosts run, whatever newer one there is", async () => {
        for (const [argv, image] of [
            [["images", "lock", "dev"], chosenImage],
            [["images", "lock", "dev", "--newest"], newer],
        ] as const) {
            const directory = makeProject();
            await play(argv, { directory, aws: withNewer, stacks: { dev: standing } });
            expect(file(directory)).to.contain(`id: ${image.id}`);
        }
    });

    it("leaves a lock that is there", async () => {
        const before = settingsWith(chosenImage);
        const directory = makeProject({ "Pulumi.dev.yaml": before });
        const argv = ["images", "lock", "dev"];
        const { exitCode, context } = await play(argv, {
            directory,
            aws: withNewer,
            stacks: { dev: standing },
        });
        expect([exitCode, file(directory)]).to.deep.equal([0, before]);
        expect(context.io.out()).to.equal(
            `dev is locked to ${chosenImage.name} (${chosenImage.id}) in Pulumi.dev.yaml already; nothing has changed\nNext: sles-ecs images outdated\n`,
        );
        const json = await play([...argv, "-o", "json"], { directory, aws: withNewer });
        expect(JSON.parse(json.context.io.out())).to.deep.include({
            before: chosenImage,
            changed: false,
            next: "sles-ecs up dev",
        });
    });

    it("moves it with --newest, within the service pack where no filter says otherwise", async () => {
        const directory = makeProject({ "Pulumi.dev.yaml": settingsWith(chosenImage) });
        const sp8 = { id: "ami-8", name: "suse-sles-15-sp8-v20261101-ecs-hvm-ssd-x86_64" };
        const { transcript, context } = await play(["images", "lock", "dev", "--newest"], {
            directory,
            aws: { images: [inEc2(newer), inEc2(chosenImage), inEc2(sp8)] },
            stacks: { dev: standing },
        });
        expectGolden("cli/images-lock-newest.txt", transcript);
        expect(file(directory)).to.equal(settingsWith(newer));
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("moves a lock that the filter does not match any more, which stops every other command", async () => {
        const sles16 = {
            ...newer,
            id: "ami-00000000000000016",
            name: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
            date: "20260703",
        };
        const filter = "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64";
        const directory = makeProject({ "Pulumi.dev.yaml": settingsWith(chosenImage, filter) });
        const refused = await play(["up", "dev"], { directory });
        expect(refused.exitCode).to.equal(2);
        expect(refused.context.io.err()).to.contain("sles-ecs images lock dev --newest");
        const { exitCode } = await play(["images", "lock", "dev", "--newest"], {
            directory,
            aws: { images: [inEc2(sles16), inEc2(newer)] },
        });
        expect(exitCode).to.equal(0);
        expect(file(directory)).to.contain(`name: ${sles16.name}`).and.to.contain(`filter: ${filter}`);
    });

    it("answers with one JSON document", async () => {
        const directory = makeProject({ "Pulumi.dev.yaml": settingsWith(chosenImage) });
        const { context } = await play(["images", "lock", "dev", "--newest", "-o", "json"], {
            directory,
            aws: withNewer,
        });
        expect(JSON.parse(context.io.out())).to.deep.equal({
            version: 1,
            environment: "dev",
            lock: newer,
            before: chosenImage,
            changed: true,
            next: "sles-ecs up dev",
            settingsFile: "Pulumi.dev.yaml",
        });
    });

    it("writes nothing when something speaks against the image", async () => {
        const directory = makeProject();
        const { exitCode } = await play(["images", "lock", "dev"], {
            directory,
            aws: { images: [] },
        });
        expect([exitCode, file(directory)]).to.deep.equal([3, devSettings]);
    });

    it("refuses an environment that nothing is known of", async () => {
        const { exitCode } = await play(["images", "lock", "nobody"], { directory: makeProject() });
        expect(exitCode).to.equal(3);
    });
});
