import { fakePint, pintListing } from "../../../../helpers/fakePint";
import { pintRecord } from "../../../../helpers/pintServer";
import { expect } from "chai";
import { AppError } from "../../../../../automation/errors/appError";
import { parseSettings } from "../../../../../components/model/settings";
import { instance } from "../../../../helpers/awsObjects";
import { chosenImage, inEc2 } from "../../../../helpers/account";
import type { FakeAwsState } from "../../../../helpers/fakeAws";
import { expectGolden } from "../../../../helpers/golden";
import { makeProject, removeFolders } from "../../../../helpers/project";
import { play } from "../../../../helpers/transcript";
import { newer, settingsWith } from "../lockCase";

/** An image that neither EC2 nor pint knows. */
const gone = {
    ...chosenImage,
    id: "ami-00000000000000310",
    name: "suse-sles-15-sp7-v20260310-ecs-hvm-ssd-x86_64",
    date: "20260310",
};

describe("images outdated", () => {
    afterEach(removeFolders);

    const hostOn = (environment: string, { id, name }: typeof chosenImage, number = 1, more = {}) =>
        instance(number, {
            imageId: id,
            imageName: name,
            tags: {
                "sles-ecs:stack": `organization/sles-ecs/${environment}`,
                "sles-ecs:environment": environment,
            },
            ...more,
        });
    const aws = (state: Partial<FakeAwsState>): Partial<FakeAwsState> => ({
        images: [inEc2(chosenImage), inEc2(newer)],
        ...state,
    });

    it("lists every environment beside the newest image: code 1 when any is outdated", async () => {
        const { transcript, exitCode } = await play(["images", "outdated"], {
            directory: makeProject({
                "Pulumi.alice.yaml": settingsWith(newer),
                "Pulumi.broken.yaml": "config:\n  sles-ecs:hosts: {cuont: 1}\n",
                "Pulumi.gone.yaml": settingsWith(gone),
                "Pulumi.halfway.yaml": settingsWith(newer),
                "Pulumi.old.yaml": settingsWith(chosenImage),
            }),
            aws: aws({
                instances: [
                    hostOn("alice", newer),
                    hostOn("gone", gone),
                    hostOn("halfway", newer, 1),
                    hostOn("halfway", chosenImage, 2),
                    hostOn("halfway", chosenImage, 3),
                ],
            }),
            pint: pintListing([newer, chosenImage]),
        });
        expect(exitCode).to.equal(1);
        expectGolden("cli/images-outdated.txt", transcript);
    });

    it("looks at environments without a settings file, whose settings the state has, and at the others where it cannot be asked", async () => {
        const lockOn = ({ id, name, date }: typeof chosenImage) => ({ id, name, date, region: "us-east-1" });
        const { settings } = parseSettings({ hostImage: { lock: lockOn(chosenImage) } }, "given");
        const options = {
            directory: makeProject({ "Pulumi.alice.yaml": settingsWith(newer) }),
            aws: aws({ instances: [hostOn("given", chosenImage)] }),
            pint: pintListing([newer, chosenImage]),
        };
        const { exitCode, context } = await play(["images", "outdated"], {
            ...options,
            stacks: { given: { settings, region: "us-east-1" } },
            summaries: [{ name: "given", updateInProgress: false, current: false, settings }],
        });
        expect(context.io.out()).to.match(/^alice .*\n(.*\n)*given +us-east-1 .*outdated/m);
        expect(exitCode).to.equal(1);

        const listError = new AppError("BACKEND_UNREACHABLE", { message: "nobody is logged in" });
        const { context: cut, exitCode: code } = await play(["images", "outdated"], {
            ...options,
            listError,
        });
        expect([code, cut.io.err()]).to.deep.equal([
            0,
            "warning: environments without a settings file are left out: nobody is logged in\n",
        ]);
    });

    it("ends with code 0 when nobody has to do anything", async () => {
        const { exitCode, context } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.alice.yaml": settingsWith(newer) }),
            aws: aws({}),
            pint: pintListing([newer, chosenImage]),
        });
        expect(exitCode).to.equal(0);
        expect(context.io.out())
            .to.match(/^dev .* not locked$/m)
            .and.match(/^alice .* current$/m);
    });

    it("answers with one JSON document", async () => {
        const { context } = await play(["images", "outdated", "-o", "json"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(chosenImage) }),
            aws: aws({ instances: [hostOn("dev", chosenImage)] }),
            pint: pintListing([newer, chosenImage]),
        });
        expect(JSON.parse(context.io.out())).to.deep.equal({
            version: 1,
            environments: [
                {
                    environment: "dev",
                    region: "us-east-1",
                    lock: chosenImage,
                    newest: newer,
                    ageDays: 12,
                    hosts: { all: 1, behind: 0 },
                    state: "outdated",
                    next: "sles-ecs images update dev",
                },
            ],
        });
    });

    it("finds hosts that run another image than the locked one: code 1", async () => {
        const { exitCode, context } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(newer) }),
            aws: aws({ instances: [hostOn("dev", newer, 1), hostOn("dev", chosenImage, 2)] }),
            pint: pintListing([newer, chosenImage]),
        });
        expect(exitCode).to.equal(1);
        expect(context.io.out())
            .to.match(/^dev .* hosts behind$/m)
            .and.contain(`dev: 1 of 2 hosts runs another image than the locked one: ${chosenImage.name}\n`)
            .and.contain("Next: sles-ecs images update dev\n");
    });

    it("counts neither hosts that are gone, nor those of other projects", async () => {
        const others = { "sles-ecs:stack": "organization/other/dev", "sles-ecs:environment": "dev" };
        const { exitCode } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(newer) }),
            aws: aws({
                instances: [
                    hostOn("dev", chosenImage, 1, { state: "terminated" }),
                    hostOn("dev", chosenImage, 2, { state: "shutting-down" }),
                    hostOn("dev", chosenImage, 3, { tags: others }),
                ],
            }),
            pint: pintListing([newer, chosenImage]),
        });
        expect(exitCode).to.equal(0);
    });

    it("names the lock as the next step where there are no hosts", async () => {
        const { context, exitCode } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(chosenImage) }),
            aws: aws({}),
            pint: pintListing([newer, chosenImage]),
        });
        expect(context.io.out())
            .to.match(/^dev .* outdated by 12 days$/m)
            .and.contain("Next: sles-ecs images lock dev --newest\n");
        expect(exitCode).to.equal(0);
    });

    it("ends with code 1 for an image that is gone also where there are no hosts", async () => {
        const { exitCode } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(gone) }),
            aws: aws({}),
            pint: pintListing([newer, chosenImage]),
        });
        expect(exitCode).to.equal(1);
    });

    it("names the command that mends a mistyped id", async () => {
        const { context } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith({ ...newer, id: gone.id }) }),
            aws: aws({ instances: [hostOn("dev", newer)] }),
            pint: pintListing([newer, chosenImage]),
        });
        expect(context.io.out())
            .to.match(/^dev .* wrong$/m)
            .and.contain(`Next: sles-ecs images update dev --to ${newer.name}\n`);
    });

    it("asks once for the hosts of all environments in a region", async () => {
        const pint = pintListing([newer, chosenImage]);
        const { context } = await play(["images", "outdated"], {
            directory: makeProject({
                "Pulumi.alice.yaml": settingsWith(newer),
                "Pulumi.bob.yaml": settingsWith(newer),
                "Pulumi.dev.yaml": settingsWith(chosenImage),
            }),
            aws: aws({ instances: [hostOn("alice", newer), hostOn("bob", newer, 2)] }),
            pint,
        });
        const of = (name: string) => context.aws.reads.filter((read) => read === name);
        expect(of("ec2.instancesByTag")).to.have.length(1);
        expect(of("ec2.instances")).to.have.length(0);
        expect(of("ec2.imagesById")).to.have.length(1);
        expect(pint.queries).to.have.length(1);
    });

    it("does not count an older service pack that was refreshed later as newer", async () => {
        const sp6 = inEc2({ ...newer, id: "ami-6", name: "suse-sles-15-sp6-v20261101-ecs-hvm-ssd-x86_64" });
        const { exitCode } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(newer, "suse-sles-15-*ecs*") }),
            aws: aws({ images: [inEc2(newer), sp6] }),
            pint: pintListing([newer, { ...sp6, region: "us-east-1" }]),
        });
        expect(exitCode).to.equal(0);
    });

    it("does not count another image of the same name as newer", async () => {
        const twin = { ...newer, id: "ami-00000000000000001" };
        const { exitCode } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(newer) }),
            aws: aws({ images: [inEc2(twin), inEc2(newer)] }),
            pint: pintListing([twin, newer]),
        });
        expect(exitCode).to.equal(0);
    });

    it("takes what pint says, where it can be asked", async () => {
        const record = pintRecord({
            ...newer,
            state: "deprecated",
            publishedon: "20260922",
            deprecatedon: "20261103",
        });
        const { exitCode, context } = await play(["images", "outdated"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(newer) }),
            aws: aws({}),
            pint: fakePint([record]),
        });
        expect(exitCode).to.equal(1);
        expect(context.io.out()).to.contain(
            "is deprecated since 2026-11-03; SUSE is expected to delete it from 2028-11-03 on",
        );
    });

    it("says of an environment that AWS does not answer for why, and goes on with the others", async () => {
        const { exitCode, context } = await play(["images", "outdated"], {
            directory: makeProject(),
            aws: aws({
                errors: { "ec2.images": new AppError("AWS_ACCESS_DENIED", { message: "not allowed" }) },
            }),
            pint: pintListing([]),
        });
        expect(exitCode).to.equal(1);
        expect(context.io.out()).to.contain("dev: not allowed (AWS_ACCESS_DENIED");
    });
});
