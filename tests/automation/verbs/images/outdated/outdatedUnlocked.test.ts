import { expect } from "chai";
import { AppError } from "../../../../../automation/errors/appError";
import { instance } from "../../../../helpers/awsObjects";
import type { FakeAwsState } from "../../../../helpers/fakeAws";
import { pintListing } from "../../../../helpers/fakePint";
import { pintRecord } from "../../../../helpers/pintServer";
import { makeProject, removeFolders } from "../../../../helpers/project";
import { play } from "../../../../helpers/transcript";

const imageOf = (id: string, date: string) => ({
    id: `ami-0000000000000${id}`,
    name: `suse-sles-15-sp7-v${date}-ecs-hvm-ssd-x86_64`,
    ownerAlias: "amazon",
});
const march = imageOf("0310", "20260310");
const september = imageOf("0922", "20260922");
const lockOn = ({ id, name }: typeof march, date: string) => ({ id, name, date, region: "eu-central-1" });
const replaced = pintRecord({
    ...{ id: march.id, name: march.name },
    state: "deprecated",
    publishedon: "20260310",
    deprecatedon: "20260617",
});

describe("images outdated, of an environment without a lock", () => {
    afterEach(removeFolders);

    const on = (...used: readonly (typeof march)[]) => ({
        instances: used.map(({ id, name }, index) =>
            instance(index + 1, {
                imageId: id,
                imageName: name,
                tags: { "sles-ecs:stack": "organization/sles-ecs/dev", "sles-ecs:environment": "dev" },
            }),
        ),
    });
    async function ask(state: Partial<FakeAwsState>, pint = pintListing([march, september])) {
        const given = {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n  aws:region: eu-central-1\n" }),
            aws: { images: [march, september], ...state },
            pint,
        };
        const { exitCode, context } = await play(["images", "outdated"], given);
        const json = await play(["images", "outdated", "-o", "json"], given);
        expect(json.exitCode).to.equal(exitCode);
        const [status] = (JSON.parse(json.context.io.out()) as { environments: unknown[] }).environments;
        return { exitCode, text: context.io.out(), status };
    }

    it("is the newest image and nothing to do for code 1 while its hosts run that", async () => {
        const { exitCode, text, status } = await ask(on(september, september));
        expect(exitCode).to.equal(0);
        expect(text)
            .to.match(/^dev .* not locked$/m)
            .and.contain(`dev: nothing is locked, and 2 hosts run ${september.name}\n`)
            .and.contain("Next: sles-ecs images lock dev\n");
        expect(status).to.deep.include({
            running: lockOn(september, "20260922"),
            ageDays: 0,
            hosts: { all: 2, behind: 0 },
            state: "notLocked",
            next: "sles-ecs images lock dev",
        });
    });

    it("is outdated when its hosts run an older image: code 1", async () => {
        const { exitCode, text, status } = await ask(on(march));
        expect(exitCode).to.equal(1);
        expect(text)
            .to.match(/^dev .* not locked, outdated by 196 days$/m)
            .and.contain(`dev: nothing is locked, and 1 host runs ${march.name}\n`)
            .and.contain("Next: sles-ecs images update dev\n");
        expect(status).to.deep.equal({
            environment: "dev",
            region: "eu-central-1",
            running: lockOn(march, "20260310"),
            newest: lockOn(september, "20260922"),
            ageDays: 196,
            hosts: { all: 1, behind: 0 },
            state: "outdated",
            message: `nothing is locked, and 1 host runs ${march.name}`,
            next: "sles-ecs images update dev",
        });
    });

    it("is deprecated when the image of its hosts is, and says until when", async () => {
        const { exitCode, text } = await ask(on(march), pintListing([september], [replaced]));
        expect(exitCode).to.equal(1);
        expect(text)
            .to.match(/^dev .* not locked, deprecated$/m)
            .and.match(
                /^dev: the host image .* is deprecated since 2026-06-17; SUSE is expected .*; nothing is locked/m,
            );
    });

    it("is half-way when its hosts run two images", async () => {
        const { exitCode, text, status } = await ask(on(march, september, march));
        expect(exitCode).to.equal(1);
        expect(text).to.contain(`2 hosts run ${march.name}, 1 host runs ${september.name}\n`);
        expect(status).to.deep.include({ state: "hostsBehind", hosts: { all: 3, behind: 2 } });
    });

    it("is told of what its hosts run where that is no image of SUSE's", async () => {
        const { exitCode, text, status } = await ask(on({ ...march, name: "golden" }));
        expect(exitCode).to.equal(0);
        expect(text).to.contain("dev: nothing is locked, and 1 host runs golden\n");
        expect(status).to.deep.include({ state: "notLocked" }).and.not.have.property("running");
    });

    it("is nothing to do without hosts", async () => {
        const { exitCode, text, status } = await ask({});
        expect([exitCode, text.includes("Next:")]).to.deep.equal([0, false]);
        expect(status).to.deep.include({ state: "notLocked", hosts: { all: 0, behind: 0 } });
    });

    it("has code and next step where AWS cannot be asked", async () => {
        const missing = new AppError("AWS_CREDENTIALS_MISSING", {
            message: "no credentials",
            hint: "aws login",
        });
        const { exitCode, text, status } = await ask({ errors: { "ec2.images": missing } });
        expect(exitCode).to.equal(1);
        expect(text).to.contain(
            "dev: no credentials (AWS_CREDENTIALS_MISSING, aws login)\nNext: aws login\n",
        );
        expect(status).to.deep.equal({
            environment: "dev",
            state: "unknown",
            message: "no credentials",
            code: "AWS_CREDENTIALS_MISSING",
            next: "aws login",
        });
    });
});
