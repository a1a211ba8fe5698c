import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import type { FakeAwsState } from "../../helpers/fakeAws";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { changing, dev, newer, settings, standing, update } from "../verbs/images/update/updateCase";
import { replace } from "../verbs/hosts/replaceCase";

/** Two hosts of 2 vCPUs each run, and nothing else does. */
const withQuota = (vcpuQuota: number): Partial<FakeAwsState> => ({ ...dev(), vcpuQuota });
const onVolumes =
    "    sles-ecs:hosts: { count: 2 }\n    sles-ecs:dockerStorage: { mode: volume, sizeGiB: 20 }\n";

type Options = Partial<Parameters<typeof play>[1]>;
const commands: readonly (readonly [string, (given: Options) => ReturnType<typeof play>])[] = [
    [
        "up --roll",
        (given) =>
            play(["up", "dev", "--roll", "--yes"], {
                directory: makeProject({ "Pulumi.dev.yaml": settings() }),
                stacks: { dev: standing },
                ...given,
            }),
    ],
    ["images update", (given) => update(["--yes"], given)],
    ["hosts replace", (given) => replace(["1", "--yes"], given)],
];

describe("the quota of vCPUs, where a host starts beside the one that goes", () => {
    afterEach(removeFolders);

    for (const [verb, run] of commands) {
        it(`keeps ${verb} from any change: exit code 2`, async () => {
            const { exitCode, context } = await run({ aws: withQuota(5) });
            expect(exitCode, context.io.err()).to.equal(2);
            expect(context.io.err())
                .to.contain("VCPU_QUOTA_TOO_SMALL")
                .and.contain("would have 6 and 0 vCPUs, expected at most 5 together")
                .and.contain("--desired-value 6");
            expect(changing(context.calls)).to.deep.equal([]);
            expect(context.io.questions).to.deep.equal([]);
        });

        it(`lets ${verb} go on with just enough`, async () => {
            const { exitCode, context } = await run({ aws: withQuota(6) });
            expect(exitCode, context.io.err()).to.equal(0);
        });
    }

    it("keeps nobody whose hosts go first, as those with docker volumes do", async () => {
        const directory = makeProject({ "Pulumi.dev.yaml": settings(onVolumes) });
        const { exitCode, context } = await replace(["1", "--yes"], { directory, aws: withQuota(4) });
        expect(exitCode, context.io.err()).to.equal(0);
    });

    it("keeps nobody where it may not be read, which is warned of", async () => {
        const errors = {
            "quotas.ofEc2": new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call it" }),
        };
        const { exitCode, context } = await replace(["1", "--yes"], {
            aws: { ...withQuota(1), errors },
        });
        expect(exitCode, context.io.err()).to.equal(0);
        expect(context.io.err().match(/could not check the quota of vCPUs/g)).to.have.length(1);
    });

    it("leaves settings with the image that they lock", async () => {
        const { file } = await update(["--yes"], { aws: withQuota(5) });
        expect(file).to.equal(settings()).and.not.contain(newer.name);
    });
});
