import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { formatBootStep } from "../../../../components/model/bootLog";
import { tagKeys } from "../../../../components/model/tags";
import { AppError } from "../../../../automation/errors/appError";
import { drawPage } from "../../../../automation/verbs/status/draw";
import { cluster, instance, registered, service, task } from "../../../helpers/awsObjects";
import { createFakeAws, ownTags, type FakeAws } from "../../../helpers/fakeAws";
import { changes, fakeContext, step, type FakeContextOptions } from "../../../helpers/fakes";
import { makeFolder, makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const resources = [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "arn:alice" }];

function account(): FakeAws {
    return createFakeAws({
        clusters: [cluster({ runningTasks: 2 })],
        instances: [instance(1, { tags: { ...ownTags, [tagKeys.host]: "1" } }), instance(2)],
        containerInstances: { alice: [registered(1, { runningTasks: 2 })] },
        services: { alice: [service("web")] },
        tasks: { alice: [task("a", "service:web"), task("b", "service:web")] },
        subnets: [
            {
                id: "subnet-1",
                vpcId: "vpc-9",
                zone: "eu-central-1a",
                mapPublicIpOnLaunch: true,
                cidrBlock: "10.0.0.0/20",
            },
        ],
        volumes: [
            {
                id: "vol-1",
                sizeGiB: 100,
                attachedTo: "i-1",
                tags: { ...ownTags, [tagKeys.storage]: "docker" },
            },
            { id: "vol-2", sizeGiB: 30, tags: { ...ownTags, [tagKeys.storage]: "docker" } },
            { id: "vol-3", sizeGiB: 10, attachedTo: "i-1", tags: ownTags },
        ],
        consoles: {
            "i-1": (["hold", "storage", "configure", "start"] as const)
                .map((name) => formatBootStep({ step: name, result: "ok", seconds: 3, reason: "" }))
                .join("\n"),
        },
    });
}

async function draw(
    argv: readonly string[],
    { aws = account(), ...options }: Partial<FakeContextOptions> & { readonly aws?: FakeAws } = {},
) {
    const directory = makeProject({
        "Pulumi.alice.yaml": "config:\n    sles-ecs:hosts:\n        count: 2\n",
    });
    const { exitCode, context } = await play(["status", "alice", ...argv], {
        directory,
        stacks: { alice: { resources, outputs: { clusterName: "alice" } } },
        aws,
        ...options,
    });
    const { out, err } = context.io;
    return { directory, exitCode, out: out(), err: err(), reads: aws.reads };
}

describe("sles-ecs status --html", () => {
    afterEach(removeFolders);

    it("writes the page to the file, and tells on stderr where it is and how to open it", async () => {
        const { directory, exitCode, out, err } = await draw(["--html", "alice.html"]);
        const file = path.join(directory, "alice.html");
        expect([exitCode, out]).to.deep.equal([0, ""]);
        expect(err).to.contain(`the picture of alice is in ${file}\nOpen it in a browser: file://${file}\n`);
        expect(readFileSync(file, "utf8")).to.match(/^<!doctype html>[^]*<\/html>\n$/);
        expect(readdirSync(directory).filter((name) => name.startsWith("alice.html"))).to.have.lengthOf(1);
    });

    it("writes the page and nothing else to stdout for -", async () => {
        const { exitCode, out, err } = await draw(["--html", "-"]);
        expect([exitCode, err]).to.deep.equal([0, ""]);
        expect(out).to.match(/^<!doctype html>[^]*<\/html>\n$/);
    });

    it("is the same page for programs, as a text", async () => {
        const { directory, out } = await draw(["--html", "-"]);
        const context = fakeContext({
            directory,
            stacks: { alice: { resources, outputs: { clusterName: "alice" } } },
            aws: account(),
        });
        const page = await drawPage({ environment: "alice", projectDirectory: undefined }, context);
        expect(page).to.equal(out);
    });

    it("shows where hosts stand, what they keep where, how they booted and what runs on them", async () => {
        const { out } = await draw(["--html", "-"]);
        const text = out.replaceAll(/<(style|script)>[^]*?<\/\1>|<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
        for (const words of [
            "VPC vpc-9",
            "eu-central-1a 1 of 2 hosts ready",
            "Subnet subnet-1 10.0.0.0/20 public addresses",
            "Host 1 i-1 ready",
            "Agent 1.105.1 Storage imageStore Volume vol-1: 100 GiB Boot done in 12 s web × 2",
            "i-2 no agent the instance runs, no ECS agent has registered yet",
            "Docker volumes that no host holds vol-2: 30 GiB",
            "web steady Tasks 2 of 2 running Strategy REPLICA On Host 1",
            "Account 123456789012",
            "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
            "Lease none: it stays until it is destroyed",
        ]) {
            expect(text).to.contain(words);
        }
        expect(text).to.not.contain("vol-3");
    });

    it("asks for lists once however many hosts there are, and for consoles one by one", async () => {
        const aws = account();
        aws.state.instances = Array.from({ length: 60 }, (_, index) => instance(index));
        const { reads } = await draw(["--html", "-"], { aws });
        const consoles = reads.filter((one) => one.startsWith("ec2.consoleOutput"));
        expect(consoles).to.have.lengthOf(60);
        expect(reads.length - consoles.length).to.be.at.most(20);
    });

    it("draws what can be read, and says what cannot", async () => {
        const aws = account();
        aws.state.errors = {
            "ec2.volumes": new AppError("AWS_ACCESS_DENIED", { message: "not allowed: ec2:DescribeVolumes" }),
        };
        const { exitCode, out } = await draw(["--html", "-"], { aws });
        expect(exitCode).to.equal(0);
        expect(out).to.contain("not read: volumes: not allowed: ec2:DescribeVolumes").and.contain("Host 1");
    });

    it("refuses a folder, and a folder that is not there, before AWS is asked anything", async () => {
        for (const [name, why] of [
            [".", "it is a folder"],
            ["nowhere/alice.html", "there is no folder"],
            ["/dev/null", "it is there, and no file"],
        ] as const) {
            const { exitCode, err, reads, directory } = await draw(["--html", name]);
            expect(exitCode).to.equal(2);
            expect(err).to.contain("PAGE_FILE_UNUSABLE").and.contain(why);
            expect(reads).to.be.empty;
            expect(existsSync(path.join(directory, "nowhere"))).to.equal(false);
        }
    });

    it("leaves what was there where it fails", async () => {
        const folder = makeFolder({ "alice.html": "before" });
        const aws = account();
        aws.state.errors = { "ecs.cluster": new AppError("AWS_UNREACHABLE", { message: "away" }) };
        const file = path.join(folder, "alice.html");
        const { exitCode } = await draw(["--html", file], { aws });
        expect(exitCode).to.equal(1);
        expect(readFileSync(file, "utf8")).to.equal("before");
    });

    for (const other of [["--watch"], ["--output", "json"]]) {
        it(`is not taken together with ${other.join(" ")}`, async () => {
            const { exitCode, err } = await draw(["--html", "-", ...other]);
            expect(exitCode).to.equal(2);
            expect(err).to.contain(`--html and ${other.join(" ")}`);
        });
    }
});

/** What of the kept file is looked at. */
interface Kept {
    readonly version: number;
    readonly runs: readonly {
        readonly stackId?: string;
        readonly hosts: readonly { readonly stages: readonly { readonly stage: string }[] }[];
        readonly phases: readonly { readonly title: string }[];
    }[];
}

describe("sles-ecs status --html after sles-ecs up", () => {
    afterEach(removeFolders);

    const up = changes([
        step("create", "aws:ecs/cluster:Cluster", "sles-ecs-cluster"),
        step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-1"),
        step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-2"),
    ]);

    function world() {
        const env = { SLES_ECS_CACHE: makeFolder() };
        const directory = makeProject();
        const kept = () => path.join(env.SLES_ECS_CACHE, "runs");
        return { env, directory, kept };
    }

    it("up keeps what it did and when, and how hosts came up", async () => {
        const { env, directory, kept } = world();
        await play(["up", "dev"], { directory, env, stacks: { dev: { exists: false, up } } });
        const [file = ""] = readdirSync(kept());
        const { version, runs } = JSON.parse(readFileSync(path.join(kept(), file), "utf8")) as Kept;
        expect(version).to.equal(2);
        expect(runs).to.have.lengthOf(1);
        expect(runs[0]).to.include({ verb: "up", outcome: "done" }).and.have.property("stackId");
        expect(runs[0]?.phases.map(({ title }) => title)).to.deep.equal([
            "checking",
            "creating",
            "waiting for hosts",
        ]);
        expect(runs[0]?.hosts.map(({ stages }) => stages.at(-1)?.stage)).to.deep.equal(["ready", "ready"]);
    });

    it("the page draws the last run, and folds those before it", async () => {
        const { env, directory } = world();
        const options = { directory, env, stacks: { dev: { resources, outputs: { clusterName: "dev" } } } };
        await play(["up", "dev", "--yes"], options);
        await play(["up", "dev", "--yes"], options);
        const { context } = await play(["status", "dev", "--html", "-"], options);
        expect(context.io.out()).to.contain("waiting for hosts").and.contain("Before that");
    });

    it("a run that fails is kept with its code, and with how far each host has come", async () => {
        const { env, directory, kept } = world();
        const stacks = { dev: { exists: false, up } };
        await play(["up", "dev"], { directory, env, stacks, bootSeconds: Infinity });
        const [file = ""] = readdirSync(kept());
        const { runs } = JSON.parse(readFileSync(path.join(kept(), file), "utf8")) as Kept;
        expect(runs[0]).to.include({ outcome: "failed", code: "NOT_READY" });
        expect(runs[0]?.hosts.map(({ stages }) => stages.map(({ stage }) => stage))).to.deep.equal([
            ["booting"],
            ["booting"],
        ]);
    });

    it("of a failure of the engine the code is kept, and none of its words", async () => {
        const { env, directory, kept } = world();
        const errors = { up: new AppError("UPDATE_FAILED", { message: "password hunter2 was refused" }) };
        await play(["up", "dev"], { directory, env, stacks: { dev: { exists: false, up, errors } } });
        const [file = ""] = readdirSync(kept());
        expect(readFileSync(path.join(kept(), file), "utf8"))
            .to.contain("UPDATE_FAILED")
            .and.not.contain("hunter2");
    });

    it("a run that is refused by the checks takes no other's place", async () => {
        const { env, directory, kept } = world();
        const stacks = { dev: { exists: false, up } };
        const { exitCode } = await play(["up", "dev"], { directory, env, stacks, aws: { images: [] } });
        expect(exitCode).to.equal(3);
        expect(existsSync(kept())).to.equal(false);
    });

    it("up succeeds where nothing can be kept", async () => {
        const { env, directory, kept } = world();
        mkdirSync(path.dirname(kept()), { recursive: true });
        const cache = path.join(makeFolder({ file: "" }), "file");
        const { exitCode } = await play(["up", "dev"], {
            directory,
            env: { ...env, SLES_ECS_CACHE: cache },
            stacks: { dev: { exists: false, up } },
        });
        expect(exitCode).to.equal(0);
    });
});
