import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { environmentTags } from "../../../../components/model/tags";
import { cluster } from "../../../helpers/awsObjects";
import { createFakeAws, type FakeAwsState } from "../../../helpers/fakeAws";
import { ann } from "../../../helpers/fakeLock";
import { removeFolders } from "../../../helpers/project";
import { account, clusterArn, lostId, over, remove } from "./orphansCase";

describe("orphans --remove with several", () => {
    afterEach(removeFolders);

    const lateId = "1a7e0000-0000-4000-8000-000000000000";
    const late = { environment: "late", stack: "organization/sles-ecs/late", stackId: lateId };
    /** `lost` and `late`, on which somebody is at work. */
    const two = (): Partial<FakeAwsState> => {
        const arn = clusterArn.replace("lost", "late");
        const tags = { ...environmentTags(late, {}), ...over };
        return {
            ...account(),
            clusters: [...(account().clusters ?? []), cluster({ name: "late", arn, tags })],
            parameters: { [`/sles-ecs/locks/${lateId}/1`]: JSON.stringify(ann) },
        };
    };
    const standing = ({ context }: Awaited<ReturnType<typeof remove>>): string[] =>
        context.aws.state.clusters.map(({ name }) => name);

    it("tells of all that were to go where one of them cannot, and removes the others: exit code 1", async () => {
        for (const ids of [
            [lateId, lostId],
            [lostId, lateId],
        ]) {
            const argv = ["--yes", ...ids.flatMap((id) => ["--id", id])];
            const played = await remove(argv, { aws: two() });
            expect(played.exitCode, played.transcript).to.equal(1);
            expect(standing(played)).to.deep.equal(["dev", "foreign", "late"]);
            const out = played.context.io.out();
            expect(out).to.contain("lost is gone: 5 removed, nothing else left that carries its tags");
            expect(out).to.match(
                new RegExp(
                    `^not removed: late \\(${lateId}\\): late is locked: another command is at work on it; .*ann on build7.* \\(LOCKED\\)$`,
                    "m",
                ),
            );
            const json = await remove([...argv, "-o", "json"], { aws: two() });
            const answer = JSON.parse(json.context.io.out()) as {
                environments: { environment: string; verdict: string }[];
                failed: { id: string; environment: string; reason: string }[];
            };
            expect(
                answer.environments.map(({ environment, verdict }) => [environment, verdict]),
            ).to.deep.equal([["lost", "gone"]]);
            expect(answer.failed.map(({ id, environment }) => [id, environment])).to.deep.equal([
                [lateId, "late"],
            ]);
            expect(answer.failed[0]?.reason).to.contain("(LOCKED)");
        }
    });

    it("tells what is left of one of several, and that is the exit code of all: 7", async () => {
        const refused = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call iam:DeleteRole" });
        const played = await remove(["--yes", "--id", lateId, "--id", lostId], {
            aws: { ...two(), errors: { "iam.removeRole": refused } },
        });
        expect(played.exitCode, played.transcript).to.equal(7);
        const out = played.context.io.out();
        expect(out)
            .to.contain("left of lost: iam:role sles-ecs-lost-us-east-1-10570000\n")
            .and.to.contain(`not removed: late (${lateId}): `);
    });

    it("tells first, once, what the account is called that they are removed from", async () => {
        const argv = ["--yes", "--id", lateId, "--id", lostId];
        const { context } = await remove(argv, { aws: { ...two(), accountAlias: "acme-dev" } });
        const lines = context.io.err().split("\n");
        const told = "account 123456789012 (acme-dev), region us-east-1";
        expect(lines.filter((line) => line === told)).to.have.lengthOf(1);
        expect(lines.indexOf(told)).to.be.lessThan(lines.findIndex((line) => line.includes("deletes")));
    });

    it("tells it also where only a kept volume goes", async () => {
        const { context } = await remove(["--yes", "--volume", "vol-1"], {
            aws: { ...account(), accountAlias: "acme-dev" },
        });
        expect(context.io.err()).to.match(
            /^account 123456789012 \(acme-dev\), region us-east-1\nDeleting kept volumes:$/m,
        );
    });

    it("says of one alone what its error is, with its exit code", async () => {
        const { exitCode, context } = await remove(["--yes", "--id", lateId], { aws: two() });
        expect(exitCode).to.equal(4);
        expect(context.io.out()).to.equal("");
        expect(context.io.err()).to.contain(`Next: wait until it ends`);
    });

    it("removes once what is named and given by its id as well", async () => {
        const { exitCode, context } = await remove(["lost", "--yes", "--id", lostId]);
        expect(exitCode).to.equal(0);
        expect(context.io.out().match(/lost is gone/g)).to.have.lengthOf(1);
    });

    it("tells which kept volumes are deleted where EC2 refuses another: exit code 1", async () => {
        const [volume] = account().volumes ?? [];
        const aws = createFakeAws({
            ...account(),
            volumes: ["vol-1", "vol-2", "vol-3"].map((id) => ({ ...volume, sizeGiB: 100, tags: {}, id })),
        });
        aws.state.volumes.forEach((one) => Object.assign(one, { tags: volume?.tags }));
        const { ec2 } = aws.aws;
        const removeOne = ec2.remove.bind(ec2);
        const refusing = (id: string): Promise<void> =>
            id === "vol-2"
                ? Promise.reject(new AppError("AWS_ACCESS_DENIED", { message: "not allowed" }))
                : removeOne(id);
        Object.assign(ec2, { remove: refusing });
        const volumes = ["vol-1", "vol-2", "vol-3"].flatMap((id) => ["--volume", id]);
        const { exitCode, context } = await remove(["--yes", ...volumes], { aws });
        expect(exitCode).to.equal(1);
        expect(context.io.out()).to.equal(
            [
                "deleted kept volume vol-1",
                "deleted kept volume vol-3",
                "not removed: vol-2: not allowed (AWS_ACCESS_DENIED)",
                "Next: ask for the permission that the message names, then run the same command again",
                "",
            ].join("\n"),
        );
    });
});
