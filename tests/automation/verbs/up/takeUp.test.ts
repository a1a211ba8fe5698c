import { expect } from "chai";

import { askBeforeTakingUp } from "../../../../automation/applying/takeUp";
import type { AppError } from "../../../../automation/errors/appError";
import { changes, fakeContext, step, type FakeStackOptions } from "../../../helpers/fakes";
import { tagsOf } from "../../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const created = changes([step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-1")]);

describe("up of an environment whose volumes or repositories were kept", () => {
    afterEach(removeFolders);

    const kept = {
        id: "vol-1",
        sizeGiB: 100,
        zone: "us-east-1a",
        isEncrypted: true,
        isFree: true,
        tags: {
            ...tagsOf("dev"),
            "sles-ecs:stack-id": "earlier",
            "sles-ecs:host": "1",
            "sles-ecs:storage": "docker",
            "sles-ecs:keep": "true",
        },
    };
    const storage = (more: string) =>
        `config:\n  aws:region: us-east-1\n  sles-ecs:dockerStorage: { mode: volume${more} }\n`;

    async function runIn(
        settings: string,
        args: readonly string[],
        {
            resources = [],
            volumes = [kept],
            repositories = {},
        }: Pick<FakeStackOptions, "resources"> & {
            readonly volumes?: (typeof kept)[];
            readonly repositories?: Readonly<
                Record<string, { readonly images: number; readonly tags: Readonly<Record<string, string>> }>
            >;
        } = {},
    ) {
        const directory = makeProject({ "Pulumi.dev.yaml": settings });
        const stacks = { dev: { resources, up: created } };
        const { transcript, context } = await play(args, {
            directory,
            stacks,
            aws: { volumes, repositories },
        });
        return { transcript, isUp: context.calls.includes("engine up") };
    }

    it("shows what it would take up, and asks, unless the state has it", async () => {
        const run = (args: readonly string[], resources: FakeStackOptions["resources"] = []) =>
            runIn(storage(", keepOnDestroy: true"), ["up", "dev", ...args], { resources });
        const refused = await run([]);
        expect(refused.transcript).to.include("vol-1 (100 GiB, us-east-1a) by host 1");
        expect(refused.transcript)
            .to.include("CONSENT_NEEDED")
            .and.to.include("Take up kept volume vol-1 in dev again?");
        expect(refused.isUp).to.equal(false);
        expect((await run(["--yes"])).isUp).to.equal(true);
        const volume = { type: "aws:ebs/volume:Volume", name: "sles-ecs-hosts-1-docker", id: "vol-1" };
        expect((await run([], [volume])).transcript).to.not.include("Take up kept");
    });

    it("asks about nothing that the state has by now, whoever's it was and whatever becomes of it", async () => {
        const one = { ...kept, number: 1, name: "dev/web", images: 1 };
        const fate = { isOfEarlierLife: true, goesWithEnvironment: true };
        const asked = (isInState: boolean) => {
            const all = [{ ...one, ...fate, isInState }];
            const checks = { keptVolumes: all, keptRepositories: all } as unknown as Parameters<
                typeof askBeforeTakingUp
            >[1];
            const request = { environment: "dev", set: [] } as unknown as Parameters<
                typeof askBeforeTakingUp
            >[2];
            return askBeforeTakingUp(
                { environment: "dev" },
                checks,
                request,
                fakeContext({ directory: "/" }),
            ).then(
                () => "nothing asked",
                (error: unknown) => (error as AppError).code,
            );
        };
        expect(await asked(false)).to.equal("CONSENT_NEEDED");
        expect(await asked(true)).to.equal("nothing asked");
    });

    const loss =
        "will be deleted with the environment, and their data with them, because dockerStorage.keepOnDestroy is not set: vol-1 (100 GiB, us-east-1a) of host 1";
    const wayOut = "to keep them: set dockerStorage.keepOnDestroy to true";

    it("says, and asks, that a volume which its settings keep no longer goes with the environment", async () => {
        const refused = await runIn(storage(""), ["up", "dev"]);
        expect(refused.transcript).to.include(loss).and.to.include(wayOut);
        expect(refused.transcript).to.include(
            "Take up kept volume vol-1 in dev again, to be deleted with its data by the next destroy?",
        );
        expect(refused.isUp).to.equal(false);
        expect((await runIn(storage(""), ["up", "dev", "--yes"])).isUp).to.equal(true);
    });

    it("asks so of one that is proven to be the environment's own, too, and not where it stays", async () => {
        const arn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
        const cluster = { type: "aws:ecs/cluster:Cluster", name: "sles-ecs", id: arn };
        const own = { ...kept, tags: { ...kept.tags, ...tagsOf("dev") } };
        const given = { resources: [cluster], volumes: [own] };
        const refused = await runIn(storage(""), ["up", "dev"], given);
        expect(refused.transcript).to.include("CONSENT_NEEDED").and.to.include(loss);
        expect((await runIn(storage(", keepOnDestroy: true"), ["up", "dev"], given)).isUp).to.equal(true);
    });

    it("is told of by a preview as well", async () => {
        const { transcript } = await runIn(storage(""), ["preview", "dev"]);
        expect(transcript).to.include("vol-1 (100 GiB, us-east-1a) by host 1");
        expect(transcript).to.include(loss).and.to.include(wayOut);
    });

    const earlier = { ...tagsOf("dev"), "sles-ecs:stack-id": "earlier", "sles-ecs:keep": "true" };
    const registry = (onDestroy: "keep" | "delete") =>
        `config:\n  aws:region: us-east-1\n  sles-ecs:containerRegistry: { repositories: [web, api], onDestroy: ${onDestroy} }\n`;
    const left = { volumes: [], repositories: { "dev/web": { images: 2, tags: earlier } } };

    it("asks before it takes up repositories whose owner only the stack's name tells, unless the state has them", async () => {
        const refused = await runIn(registry("keep"), ["up", "dev"], left);
        expect(refused.transcript).to.include("taken up again, with their images: dev/web");
        expect(refused.transcript)
            .to.include("CONSENT_NEEDED")
            .and.to.include("Take up kept repository dev/web in dev again?");
        expect(refused.isUp).to.equal(false);
        expect((await runIn(registry("keep"), ["up", "dev", "--yes"], left)).isUp).to.equal(true);
        const repository = {
            type: "aws:ecr/repository:Repository",
            name: "sles-ecs-registry-web",
            id: "dev/web",
        };
        const known = await runIn(registry("keep"), ["up", "dev"], { ...left, resources: [repository] });
        expect(known.transcript).to.not.include("Take up kept");
    });

    it("asks before repositories that were kept become such that go with the environment, and not where they stay", async () => {
        const arn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
        const resources = [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs", id: arn }];
        const tags = { ...earlier, ...tagsOf("dev") };
        const repositories = { "dev/web": { images: 2, tags }, "dev/api": { images: 1, tags } };
        const given = { volumes: [], resources, repositories };
        const refused = await runIn(registry("delete"), ["up", "dev"], given);
        expect(refused.transcript).to.include(
            "Take up kept repositories dev/web, dev/api in dev again, to be deleted with their images by the next destroy?",
        );
        expect(refused.isUp).to.equal(false);
        expect((await runIn(registry("keep"), ["up", "dev"], given)).isUp).to.equal(true);
    });

    it("asks one question about volumes and repositories", async () => {
        const both = `${storage("")}  sles-ecs:containerRegistry: { repositories: [web], onDestroy: delete }\n`;
        const { transcript, isUp } = await runIn(both, ["up", "dev"], { ...left, volumes: [kept] });
        expect(transcript).to.include(
            "Take up kept volume vol-1 and kept repository dev/web in dev again, to be deleted with their data and images by the next destroy?",
        );
        expect(isUp).to.equal(false);
    });

    it("is told by a preview that repositories which were kept will go", async () => {
        const { transcript } = await runIn(registry("delete"), ["preview", "dev"], left);
        expect(transcript)
            .to.include("will be deleted with the environment, and their images with them")
            .and.to.include("to keep them: set containerRegistry.onDestroy to keep");
    });
});
