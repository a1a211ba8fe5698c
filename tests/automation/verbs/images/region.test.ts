import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { fakePint, lifeOfImages, type FakePint } from "../../../helpers/fakePint";
import { makeFolder, makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

describe("the region of images list and images show", () => {
    afterEach(removeFolders);

    /** AWS's variables and files name none. */
    function run(argv: readonly string[], directory: string, pint: FakePint = fakePint(lifeOfImages)) {
        const missing = new AppError("AWS_REGION_MISSING", { message: "no AWS region" });
        return play(["images", ...argv], {
            directory,
            pint,
            aws: { errors: { "identity.region": missing } },
        });
    }

    const file = (region: string | undefined): string =>
        region === undefined ? "config: {}\n" : `config:\n  aws:region: ${region}\n`;

    it("is that of the environments where they agree on one", async () => {
        const directory = makeProject({
            "Pulumi.dev.yaml": file("sa-east-1"),
            "Pulumi.prod.yaml": file("sa-east-1"),
            "Pulumi.alice.yaml": file(undefined),
        });
        for (const argv of [["list"], ["show", "suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64"]]) {
            const pint = fakePint(lifeOfImages);
            await run(argv, directory, pint);
            expect(pint.queries.map(({ region }) => region)).to.deep.equal(["sa-east-1"]);
        }
    });

    it("is asked for where they do not, with the same command", async () => {
        const directory = makeProject({
            "Pulumi.dev.yaml": file("sa-east-1"),
            "Pulumi.prod.yaml": file("eu-west-1"),
        });
        const { exitCode, context } = await run(
            ["list", "--state", "deprecated", "--filter", "name~ecs,deprecatedon<20260101"],
            directory,
        );
        expect([exitCode, context.io.err()]).to.deep.equal([
            2,
            "error: no AWS region, --region was not given, and the environments are in sa-east-1 and eu-west-1\n" +
                "Next: sles-ecs images list --region sa-east-1 --state deprecated --filter 'name~ecs,deprecatedon<20260101'\n" +
                "(AWS_REGION_MISSING, exit code 2)\n",
        ]);
    });

    it("is asked for where nothing names one, with a region for example", async () => {
        const shown = await run(["show", "ami-0123456789abcdef0"], makeFolder());
        expect(shown.exitCode).to.equal(2);
        expect(shown.context.io.err()).to.equal(
            "error: no AWS region, and --region was not given\n" +
                "Next: sles-ecs images show ami-0123456789abcdef0 --region eu-central-1\n" +
                "(AWS_REGION_MISSING, exit code 2)\n",
        );
        const listed = await run(["list"], makeProject({ "Pulumi.dev.yaml": file(undefined) }));
        expect(listed.context.io.err()).to.contain("Next: sles-ecs images list --region eu-central-1\n");
    });

    it("is not that of a file that cannot be read, and such a file is no hindrance", async () => {
        const directory = makeProject({
            "Pulumi.dev.yaml": "config: [",
            "Pulumi.prod.yaml": file("sa-east-1"),
        });
        const pint = fakePint(lifeOfImages);
        await run(["list"], directory, pint);
        expect(pint.queries.map(({ region }) => region)).to.deep.equal(["sa-east-1"]);
    });

    it("is named where a slip of the keyboard made none of it", async () => {
        const { exitCode, context } = await run(["list", "--region", "ap-northeast3"], makeFolder());
        expect(exitCode).to.equal(2);
        expect(context.io.err())
            .to.contain('this is not a region: got "ap-northeast3", did you mean ap-northeast-3?\n')
            .and.contain("Next: sles-ecs images list --region ap-northeast-3\n");
    });

    it("is any where nothing tells which was meant", async () => {
        const { context } = await run(["show", "ami-1", "--region", "Mars"], makeFolder());
        expect(context.io.err())
            .to.contain('this is not a region: got "Mars", expected one such as eu-central-1\n')
            .and.contain("Next: sles-ecs images show ami-1 --region <region>\n");
    });

    describe("that pint does not know", () => {
        const unknown = {
            kind: "unavailable",
            reason: "http://x answered with HTTP 404",
            unknownRegion: true,
        } as const;

        it("names the one that was probably meant, in the same command", async () => {
            const { exitCode, context } = await run(
                ["show", "ami-1", "--region", "eu-centrl-1"],
                makeFolder(),
                fakePint([], unknown),
            );
            expect([exitCode, context.io.err()]).to.deep.equal([
                3,
                "error: pint has no images of a region eu-centrl-1, did you mean eu-central-1? http://x answered with HTTP 404\n" +
                    "Next: sles-ecs images show ami-1 --region eu-central-1\n" +
                    "(PINT_REGION_UNKNOWN, exit code 3)\n",
            ]);
        });

        it("names none where it is one of AWS's, or like none of them", async () => {
            for (const region of ["us-iso-east-1", "atlantis-northwest-12"]) {
                const { context } = await run(
                    ["list", "--region", region],
                    makeFolder(),
                    fakePint([], unknown),
                );
                expect(context.io.err())
                    .to.contain(`pint has no images of a region ${region}: http`)
                    .and.contain("Next: sles-ecs images list --region <region>\n");
            }
        });
    });
});
