import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import type { FakeAwsState } from "../../../helpers/fakeAws";
import { standing as hostsStanding, tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import type { FakeStackOptions } from "../../../helpers/fakes";
import { play, type Played } from "../../../helpers/transcript";
import { standing } from "../standing";

const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call pricing:GetProducts" });

describe("cost", () => {
    afterEach(removeFolders);

    function cost(
        settings: readonly string[],
        aws: Partial<FakeAwsState> = {},
        stack?: FakeStackOptions,
        more: readonly string[] = [],
    ): Promise<Played> {
        const lines = ["config:", "    aws:region: us-east-1", ...settings.map((line) => `    ${line}`), ""];
        return play(["cost", "dev", ...more], {
            directory: makeProject({ "Pulumi.dev.yaml": lines.join("\n") }),
            aws,
            ...(stack && { stacks: { dev: stack } }),
        });
    }

    /** Two hosts of t3.medium that run with an address each, a third that is stopped, their volumes, and a NAT gateway. */
    function running(): Partial<FakeAwsState> {
        const tags = tagsOf("dev");
        const publicIpAddress = "198.51.100.1";
        const volume = (id: string) => ({ id, sizeGiB: 100, type: "gp3", tags });
        return {
            ...hostsStanding("dev", [{ publicIpAddress }, { publicIpAddress }, { state: "stopped" }]),
            volumes: ["vol-1", "vol-2", "vol-3"].map(volume),
            ec2Resources: [
                { id: "nat-1", type: "natgateway", leaving: false },
                { id: "eipalloc-1", type: "elastic-ip", leaving: false },
            ],
        };
    }

    it("shows of one that is not up what its settings come to, part by part with the sum", async () => {
        const { transcript, exitCode, context } = await cost([
            "sles-ecs:hosts: { count: 2 }",
            "sles-ecs:network: { mode: create, subnets: private }",
        ]);
        expect(exitCode).to.equal(0);
        expectGolden("cli/cost-settings.txt", transcript);
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("counts of one that is up what stands in AWS, each kind by one query, and changes nothing", async () => {
        const { transcript, context } = await cost(["sles-ecs:hosts: { count: 9 }"], running(), standing);
        expectGolden("cli/cost.txt", transcript);
        expect(context.aws.changes).to.deep.equal([]);
        const asked = context.aws.reads.filter((read) => /^(ec2|loadBalancing|pricing)/.test(read));
        expect(asked.sort()).to.deep.equal([
            "ec2.instances",
            "ec2.resources",
            "ec2.volumes",
            "loadBalancing.tagged",
            "pricing.list",
        ]);
    });

    it("gives scripts the same as numbers", async () => {
        const { context } = await cost([], running(), standing, ["-o", "json"]);
        const answer = JSON.parse(context.io.out()) as Record<string, unknown>;
        expect(answer).to.include({ environment: "dev", region: "us-east-1", isUp: true, isWhole: true });
        // 2 x 0.1; 300 GiB x 0.073 / 730 = 0.03; 0.04 for the NAT gateway; 3 x 0.005 for addresses
        expect(answer["usdAnHour"]).to.be.closeTo(0.285, 0.000001);
        // 2 x 0.1 and 2 x 0.005
        expect(answer["savedByPause"]).to.deep.equal({ usdAnHour: 0.21, usdAMonth: 153.3 });
        expect(answer["suse"]).to.deep.equal({ usdAnHour: 0.12, usdAMonth: 87.6 });
        expect(answer["prices"]).to.include({ kind: "aws", region: "us-east-1" });
    });

    it("has hosts cost only while their hours are open", async () => {
        const { context } = await cost(["sles-ecs:hours: Mon-Fri 08:00-18:00 Europe/Berlin"]);
        expect(context.io.out()).to.contain("hosts run 30 % of the week by their hours\n");
        // 0.05 x 730 x 50 / 168 = 10.863
        expect(context.io.out()).to.match(/^hosts t3.small +1 +0\.0500 +10\.86$/m);
    });

    it("says what it costs to the end of a lease", async () => {
        const lease = { owner: "ann", expiresAt: "2026-11-23T20:00:00Z", graceSeconds: 3600 };
        const { context } = await cost([], running(), { ...standing, lease });
        // Nothing is known of the end where the tags of the cluster do not tell it.
        expect(context.io.out()).to.not.contain("to its end");
        const state = running();
        const clusters = (state.clusters ?? []).map((one) => ({
            ...one,
            tags: { ...one.tags, "sles-ecs:owner": "ann", "sles-ecs:expires-at": "2026-11-23T20:00:00Z" },
        }));
        const now = () => new Date("2026-11-23T10:00:00Z");
        const told = await cost([], { ...state, clusters, now }, { ...standing, lease });
        // 10 x 0.285
        expect(told.context.io.out()).to.contain("to its end at 2026-11-23T20:00:00Z: about 2.85 USD\n");
    });

    it("takes one that is not up for brought up now", async () => {
        const { context } = await cost(["sles-ecs:lease: { ttl: 10h }"]);
        // 10 x (0.05 + 110 x 0.073 / 730 + 0.005)
        expect(context.io.out()).to.match(/^to its end at 2026-11-\d\dT.*: about 0\.66 USD$/m);
    });

    it("goes by the prices that come along where AWS's list may not be asked, and says so in one line", async () => {
        const { context, exitCode } = await cost([], { errors: { "pricing.list": denied } });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.equal("");
        // What comes along: 0.0518 for a t3.small
        expect(context.io.out()).to.match(/^hosts t3.small +1 +0\.0518 +37\.81$/m);
        expect(context.io.out()).to.contain(
            "prices: bundled ones of us-east-1 (hosts 2025-05, all else 2026-11); not allowed to call pricing:GetProducts\n",
        );
    });

    it("calls not known what has no known price, and the sum the least that it costs", async () => {
        const { context } = await cost(["sles-ecs:hosts: { instanceType: x9.huge }"]);
        expect(context.io.out()).to.match(/^hosts x9.huge +1 +not known +not known$/m);
        expect(context.io.out()).to.match(/^SUM +at least /m);
    });

    it("says that nothing costs", async () => {
        const { context } = await cost(["sles-ecs:hosts: { count: 0 }"]);
        expect(context.io.out()).to.equal("dev: nothing that AWS charges for\n");
    });

    it("refuses an environment that nobody knows: exit code 3", async () => {
        const { exitCode } = await play(["cost", "nobody"], { directory: makeProject() });
        expect(exitCode).to.equal(3);
    });

    it("refuses credentials of another account than the environment's", async () => {
        const clusterArn = "arn:aws:ecs:us-east-1:210987654321:cluster/dev";
        const elsewhere = { ...standing, outputs: { ...standing.outputs, clusterArn } };
        const { exitCode, context } = await cost([], {}, elsewhere);
        expect([exitCode, context.io.out()]).to.deep.equal([2, ""]);
    });
});
