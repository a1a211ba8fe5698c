import { expect } from "chai";

import type { FakeAwsState } from "../../../helpers/fakeAws";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { lost, lostId, remove, world } from "./orphansCase";

const logGroup = "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/lost";
const namespace = "arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-1";
const repository = "arn:aws:ecr:us-east-1:123456789012:repository/lost/web";

/** An account in which only these are left of `lost`. */
const left = (aws: Partial<FakeAwsState>) => ({ aws: { region: "us-east-1", ...aws } });
const byArn = (arn: string, tags = lost) => left({ byArn: { [arn]: tags }, tagged: [{ arn, tags: lost }] });

describe("orphans of which little is left", () => {
    afterEach(removeFolders);

    const list = async (changes: ReturnType<typeof left>) => {
        const argv = ["orphans", "--region", "us-east-1", "--output", "json"];
        const { context } = await play(argv, world(changes));
        return JSON.parse(context.io.out()) as { readonly environments: readonly object[] };
    };

    for (const [what, changes, resource] of [
        ["a log group", byArn(logGroup), { type: "logs:log-group", id: logGroup }],
        ["a namespace", byArn(namespace), { type: "servicediscovery:namespace", id: namespace }],
        [
            "a repository that nobody keeps",
            left({
                repositories: { "lost/web": { images: 2, tags: lost } },
                tagged: [{ arn: repository, tags: lost }],
            }),
            { type: "ecr:repository", id: "lost/web" },
        ],
        [
            "an empty repository, whatever its tags say",
            left({
                repositories: { "lost/web": { images: 0, tags: { ...lost, "sles-ecs:keep": "true" } } },
                tagged: [{ arn: repository, tags: lost }],
            }),
            { type: "ecr:repository", id: "lost/web" },
        ],
    ] as const) {
        it(`are found by ${what} alone`, async () => {
            const { environments } = await list(changes);
            expect(environments).to.have.length(1);
            expect(environments[0]).to.deep.include({
                ...{ environment: "lost", stackId: lostId, state: "none" },
                ...{ resources: [resource], keptVolumes: [], keptRepositories: [] },
            });
        });

        it(`are removed with ${what}`, async () => {
            const { exitCode, context } = await remove(["--id", lostId, "--yes"], changes);
            expect(context.io.err()).to.include(resource.id.split(":").at(-1));
            expect(exitCode).to.equal(0);
            const { byArn: rest, repositories } = context.aws.state;
            expect([rest, repositories]).to.deep.equal([{}, {}]);
        });
    }

    it("are not found by what has other tags by now than the tagging API tells", async () => {
        const { environments } = await list(byArn(logGroup, {}));
        expect(environments).to.deep.equal([]);
    });
});
