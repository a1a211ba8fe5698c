import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";

import { main } from "../../../automation/cli/main";
import { removeFolders } from "../../helpers/project";
import { eventually, useCloud } from "../cloud/testCloud";
import { Alice } from "./onCloud";

const image = "registry.suse.com/suse/nginx:1.27";

describe("service logs", () => {
    const cloud = useCloud();
    afterEach(removeFolders);

    /** A service with one task, and how that task writes a line. */
    async function writingService(options: { readonly signal: AbortSignal }) {
        const alice = await Alice.up(cloud(), 1, options);
        await alice.play("service", "deploy", "alice", "--image", image, "--name", "web", "--yes");
        const logs = new CloudWatchLogs({
            endpoint: cloud().info.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        });
        const { logGroups: [group] = [] } = await logs.describeLogGroups({});
        const [arn = ""] = (await cloud().ecs.listTasks({ cluster: "alice" })).taskArns ?? [];
        const id = arn.split("/").at(-1) ?? "";
        const stream = { logGroupName: group?.logGroupName ?? "", logStreamName: `ecs/app/${id}` };
        await logs.createLogStream(stream);
        const write = (message: string) =>
            logs.putLogEvents({ ...stream, logEvents: [{ timestamp: Date.now(), message }] });
        return { alice, write, start: id.slice(0, 8) };
    }

    it("shows what there is and then what is new, each line once, until Ctrl-C ends it with exit code 0", async () => {
        const controller = new AbortController();
        const { alice, write, start } = await writingService({ signal: controller.signal });
        await write("GET /one");
        const context = alice.context();
        const following = main(["service", "logs", "alice", "web", "--follow"], context);
        const shown = (count: number) =>
            eventually(
                () => Promise.resolve(context.io.out().split("\n").length - 1),
                (lines) => lines >= count,
            );
        await shown(1);
        await write("GET /two");
        await shown(2);
        await write("GET /three");
        await shown(3);
        controller.abort();
        expect(await following).to.equal(0);
        expect(context.io.out()).to.equal(
            ["GET /one", "GET /two", "GET /three"].map((line) => `${start} ${line}\n`).join(""),
        );
        expect(context.io.err()).to.equal("");
    });

    it("says that nothing was written, and where", async () => {
        const alice = await Alice.up(cloud(), 1);
        await alice.play("service", "deploy", "alice", "--image", image, "--name", "web", "--yes");
        const { exitCode, out, err } = await alice.play("service", "logs", "alice", "web", "--since", "2h");
        expect([exitCode, out]).to.deep.equal([0, ""]);
        expect(err).to.match(
            /^service web: its containers have written nothing to \/sles-ecs\/alice-\w{8}\/web in the last 2 h\n$/,
        );
    });

    it("names a log group once, whatever number of containers writes to it", async () => {
        const alice = await Alice.up(cloud(), 1);
        const logConfiguration = {
            logDriver: "awslogs" as const,
            options: { "awslogs-group": "/two", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" },
        };
        await cloud().ecs.registerTaskDefinition({
            family: "two",
            containerDefinitions: ["one", "other"].map((name) => ({
                ...{ name, image, memory: 64, logConfiguration },
            })),
        });
        const service = { serviceName: "two", taskDefinition: "two", desiredCount: 0 };
        await cloud().ecs.createService({ cluster: "alice", ...service });
        const { exitCode, err } = await alice.play("service", "logs", "alice", "two");
        expect(exitCode, err).to.equal(0);
        expect(err).to.equal("service two: its containers have written nothing to /two in the last 1 h\n");
    });

    it("shows those of a service that was removed with --keep-logs, until they are removed too", async () => {
        const { alice, write, start } = await writingService({ signal: new AbortController().signal });
        await write("the last words");
        const removed = await alice.play("service", "remove", "alice", "web", "--keep-logs", "--yes");
        expect(removed.exitCode, removed.err).to.equal(0);
        expect(removed.out).to.match(
            /and nothing of it but log group \/sles-ecs\/alice-\w{8}\/web is left; .*\n {2}sles-ecs service logs alice web\n$/,
        );
        const kept = await alice.play("service", "logs", "alice", "web");
        expect([kept.exitCode, kept.out]).to.deep.equal([0, `${start} the last words\n`]);
        const gone = await alice.play("service", "remove", "alice", "web", "--yes");
        expect(gone.exitCode, gone.err).to.equal(0);
        expect(gone.out).to.contain("and nothing of it is left");
        expect((await alice.play("service", "logs", "alice", "web")).exitCode).to.equal(3);
    });

    it("follows no service that is removed, once its last words are shown: it says so, and ends with exit code 0", async () => {
        const controller = new AbortController();
        const { alice, write, start } = await writingService({ signal: controller.signal });
        await write("the last words");
        const context = alice.context();
        const following = main(["service", "logs", "alice", "web", "--follow"], context);
        await eventually(
            () => Promise.resolve(context.io.out()),
            (out) => out !== "",
        );
        await alice.play("service", "remove", "alice", "web", "--keep-logs", "--yes");
        const end = "service web: it is removed, and writes nothing more\n";
        const inTime = setTimeout(() => controller.abort(), 10_000);
        expect(await following).to.equal(0);
        expect([context.io.out(), context.io.err()]).to.deep.equal([`${start} the last words\n`, end]);
        const kept = await alice.play("service", "logs", "alice", "web", "--follow");
        expect([kept.exitCode, kept.out, kept.err]).to.deep.equal([0, `${start} the last words\n`, end]);
        clearTimeout(inTime);
    });

    it("shows once and ends without it, and takes either it or JSON", async () => {
        const { alice, write, start } = await writingService({ signal: new AbortController().signal });
        await write("GET /");
        const once = await alice.play("service", "logs", "alice", "web");
        expect([once.exitCode, once.out]).to.deep.equal([0, `${start} GET /\n`]);
        const both = await alice.play("service", "logs", "alice", "web", "--follow", "-o", "json");
        expect([both.exitCode, both.out]).to.deep.equal([2, ""]);
        expect(both.err).to.contain("--follow and --output json exclude each other");
    });
});
