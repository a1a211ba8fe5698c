import { ECR } from "@aws-sdk/client-ecr";
import { expect } from "chai";

import { stackIdOf } from "../../helpers/fakeWorld";
import { pushImage } from "../../helpers/pushImage";
import { makeTaskRole } from "../../helpers/taskRole";
import { removeFolders } from "../../helpers/project";
import { useCloud } from "../cloud/testCloud";
import { Alice, changesAsked } from "./onCloud";

const image = "registry.suse.com/suse/nginx:1.27";
const web = ["service", "deploy", "alice", "--image", image, "--name", "web", "--yes"];

describe("service deploy on the local cloud", () => {
    const cloud = useCloud();
    afterEach(removeFolders);

    it("makes log group, task definition and service, and is done once its tasks run", async () => {
        const alice = await Alice.up(cloud(), 2);
        const { exitCode, out, err } = await alice.play(...web, "--count", "2", "--port", "80");
        expect(exitCode, err).to.equal(0);
        expect(out).to.contain(`alice: service web runs ${image} in 2 tasks`);
        expect(err).to.contain("makes service web, with 2 of these tasks");
        const { services = [] } = await cloud().ecs.describeServices({
            ...{ cluster: "alice", services: ["web"], include: ["TAGS"] },
        });
        expect(services[0]?.runningCount).to.equal(2);
        expect(services[0]?.deploymentConfiguration?.deploymentCircuitBreaker).to.deep.equal({
            enable: true,
            rollback: true,
        });
        expect(services[0]?.placementStrategy?.[0]).to.deep.equal({
            type: "spread",
            field: "attribute:ecs.availability-zone",
        });
        const tags = new Map((services[0]?.tags ?? []).map(({ key, value }) => [key, value]));
        expect(tags.get("sles-ecs:stack-id")).to.equal(stackIdOf("alice"));
        expect(tags.get("sles-ecs:service")).to.equal("web");
        const { taskDefinition } = await cloud().ecs.describeTaskDefinition({
            taskDefinition: services[0]?.taskDefinition,
        });
        const [container] = taskDefinition?.containerDefinitions ?? [];
        expect(container?.logConfiguration?.options?.["awslogs-group"]).to.match(
            /^\/sles-ecs\/alice-.{8}\/web$/,
        );
        expect(container?.portMappings).to.deep.equal([{ containerPort: 80, hostPort: 0, protocol: "tcp" }]);
    });

    it("changes nothing when it is given again", async () => {
        const alice = await Alice.up(cloud(), 1);
        expect((await alice.play(...web)).exitCode).to.equal(0);
        await cloud().control("DELETE", "requests");
        const again = await alice.play(...web);
        expect([again.exitCode, await changesAsked(cloud())]).to.deep.equal([0, []]);
        expect(again.err).to.contain("service web of alice is as it should be: nothing to change");
    });

    it("takes up one that ended between its task definition and its service", async () => {
        const alice = await Alice.up(cloud(), 1);
        await cloud().control("POST", "faults", {
            ...{
                service: "ecs",
                action: "CreateService",
                count: 1,
                code: "AccessDeniedException",
                status: 400,
            },
        });
        expect((await alice.play(...web)).exitCode).to.equal(1);
        const again = await alice.play(...web);
        expect(again.exitCode, again.err).to.equal(0);
        const { taskDefinitionArns = [] } = await cloud().ecs.listTaskDefinitions({});
        expect(taskDefinitionArns.filter((arn) => arn.includes("web"))).to.have.length(1);
    });

    it("says which resource lacks on which host, with exit code 5, and goes on once there is room", async () => {
        const alice = await Alice.up(cloud(), 1);
        const { exitCode, err } = await alice.play(...web, "--memory", "100000", "--timeout", "1s");
        expect(exitCode, err).to.equal(5);
        expect(err).to.match(/service web has 0 of 1 tasks after 1\.0 s: no host has room for one more/);
        expect(err).to.match(/host i-\w+: memory: \d+ MiB are free, 100000 MiB are needed/);
        const listed = await alice.play("service", "list", "alice");
        expect(listed.out).to.match(/^no host takes another task of web:\n  host i-\w+: memory: /m);
        const again = await alice.play(...web, "--memory", "128");
        expect(again.exitCode, again.err).to.equal(0);
    });

    it("tells why tasks have stopped, and that ECS went back to what ran before", async () => {
        const alice = await Alice.up(cloud(), 1);
        expect((await alice.play(...web)).exitCode).to.equal(0);
        const missing = "registry.suse.com/suse/nginx:nowhere";
        await cloud().control("POST", "images", {
            image: missing,
            fails: `CannotPullContainerError: Error response from daemon: manifest for ${missing} not found: manifest unknown`,
        });
        const { exitCode, err } = await alice.play(...web.map((word) => (word === image ? missing : word)));
        expect(exitCode, err).to.equal(1);
        expect(err).to.match(
            /the deployment of service web failed, and ECS went back to sles-ecs-service-\w+-web:1/,
        );
        expect(err).to.match(/3 tasks: the image is not there \(CannotPullContainerError: /);
        expect(err).to.contain("(SERVICE_FAILED, exit code 1)");
        const { services = [] } = await cloud().ecs.describeServices({ cluster: "alice", services: ["web"] });
        expect(services[0]?.taskDefinition).to.match(/-web:1$/);
        expect((await alice.play(...web)).err).to.contain("nothing to change");
    });

    it("tells the exit code of containers that end, also where there is nothing to go back to", async () => {
        const alice = await Alice.up(cloud(), 1);
        await cloud().control("POST", "images", { image, exitCode: 127 });
        const { exitCode, err } = await alice.play(...web);
        expect(exitCode, err).to.equal(1);
        expect(err).to.contain("there was nothing before to go back to");
        expect(err).to.contain(
            "there is no such command in the image (exit code 127: Essential container in task exited)",
        );
    });

    it("starts a first deployment that failed again, once what was in its way is gone", async () => {
        const alice = await Alice.up(cloud(), 1);
        await cloud().control("POST", "images", { image, exitCode: 127 });
        expect((await alice.play(...web)).exitCode).to.equal(1);
        expect((await alice.play("service", "scale", "alice", "web", "1")).exitCode).to.equal(1);
        await cloud().control("DELETE", "images");
        const again = await alice.play(...web);
        expect(again.exitCode, again.err).to.equal(0);
        expect(again.err).to.contain("starts the deployment again: the last one failed");
    });

    it("scale starts a deployment that failed again, with the same number of tasks, too", async () => {
        const alice = await Alice.up(cloud(), 1);
        await cloud().control("POST", "images", { image, exitCode: 127 });
        expect((await alice.play(...web)).exitCode).to.equal(1);
        await cloud().control("DELETE", "images");
        const scaled = await alice.play("service", "scale", "alice", "web", "1");
        expect(scaled.exitCode, scaled.err).to.equal(0);
        expect(scaled.err).to.contain("starts the deployment again: the last one failed");
    });

    it("keeps the number of tasks, and whether commands run in them, where neither is said", async () => {
        const alice = await Alice.up(cloud(), 1);
        const role = ["--task-role", await makeTaskRole(cloud().iam)];
        const first = await alice.play(...web, ...role, "--count", "2", "--exec");
        expect(first.exitCode, first.err).to.equal(0);
        const again = await alice.play(...web, ...role);
        expect([again.exitCode, again.err], again.err).to.deep.equal([0, again.err]);
        expect(again.err).to.contain("nothing to change");
        expect(again.out).to.contain("in 2 tasks").and.to.contain("service exec alice web");
        await cloud().control("DELETE", "requests");
        const bare = await alice.play(...web);
        expect(bare.exitCode, bare.err).to.equal(2);
        expect(bare.err).to.contain("--task-role: missing: ").and.to.contain("--no-exec");
        expect(await changesAsked(cloud())).to.deep.equal([]);
        const without = await alice.play(...web, "--no-exec");
        expect(without.exitCode, without.err).to.equal(0);
        expect(without.err).to.contain("lets commands be run in its tasks: yes -> no");
        expect(without.out).to.contain("in 2 tasks");
    });

    it("says the same command again with all that was said beside --sample", async () => {
        const alice = await Alice.up(cloud(), 1);
        const said = ["--image", image, "--command=sleep", "--command=60", "--no-exec"];
        const { exitCode, err } = await alice.play("service", "deploy", "alice", "--sample", ...said);
        expect(exitCode, err).to.equal(2);
        const next = err.split("\n").find((line) => line.includes("sles-ecs service deploy alice")) ?? err;
        for (const words of [
            "--sample",
            `--image ${image}`,
            "--command=sleep",
            "--command=60",
            "--no-exec",
        ]) {
            expect(next).to.contain(words);
        }
        expect(next).to.not.contain("--count");
    });

    it("refuses all that is wrong at once, by its option, and changes nothing", async () => {
        const alice = await Alice.up(cloud(), 1);
        await cloud().control("DELETE", "requests");
        const { exitCode, err } = await alice.play(
            ...["service", "deploy", "alice", "--image", "Not An Image", "--name", "x y", "--count=-1"],
            ...[
                "--cpu",
                "1",
                "--memory",
                "5",
                "--port",
                "70000",
                "--env",
                "1A=x",
                "--secret",
                "P=nothing",
                "--yes",
            ],
        );
        expect(exitCode).to.equal(2);
        for (const option of [
            "image",
            "name",
            "count",
            "cpu",
            "memory",
            "port",
            "env",
            "secret P",
            "execution-role",
        ]) {
            expect(err).to.contain(`--${option}: `);
        }
        expect(await changesAsked(cloud())).to.deep.equal([]);
    });

    it("refuses roles and parameters that are not there, and changes nothing", async () => {
        const alice = await Alice.up(cloud(), 1);
        const arn = "arn:aws:iam::123456789012:role/nobody";
        const secret = "arn:aws:ssm:us-east-1:123456789012:parameter/web/password";
        const { exitCode, err } = await alice.play(
            ...web,
            "--secret",
            `PASSWORD=${secret}`,
            "--execution-role",
            arn,
        );
        expect(exitCode, err).to.equal(2);
        expect(err).to.contain("--execution-role: there is no role nobody");
        expect(err).to.contain("--secret PASSWORD: there is no parameter /web/password in Parameter Store");
        expect((await cloud().ecs.listServices({ cluster: "alice" })).serviceArns).to.deep.equal([]);
    });

    it("leaves parameters of other regions and accounts to those who read them", async () => {
        const alice = await Alice.up(cloud(), 1);
        for (const place of ["eu-west-1:123456789012", "us-east-1:999999999999"]) {
            const secret = `P=arn:aws:ssm:${place}:parameter/web/password`;
            const arn = "arn:aws:iam::123456789012:role/nobody";
            const { err } = await alice.play(...web, "--secret", secret, "--execution-role", arn);
            expect(err).to.contain("there is no role nobody").and.to.not.contain("there is no parameter");
        }
    });

    it("refuses an image that its registry in ECR does not have, and changes nothing", async () => {
        const alice = await Alice.up(cloud(), 1);
        const ecr = new ECR({
            endpoint: cloud().info.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        });
        await ecr.createRepository({ repositoryName: "alice/web" });
        const digest = await pushImage(ecr, "alice/web", "1.0");
        const { accountId } = await alice.aws().identity.caller();
        const registry = `${accountId}.dkr.ecr.us-east-1.amazonaws.com`;
        const deploy = (named: string) => alice.play(...web.map((word) => (word === image ? named : word)));
        await cloud().control("DELETE", "requests");
        const other = `sha256:${"0".repeat(64)}`;
        for (const [named, problem] of [
            [`${registry}/alice/web:1.1`, "repository alice/web has no image tagged 1.1"],
            [`${registry}/alice/web`, "repository alice/web has no image tagged latest"],
            [`${registry}/alice/web@${other}`, `repository alice/web has no image ${other}`],
            [`${registry}/alice/wbe:1.0`, "there is no repository alice/wbe in Amazon ECR"],
        ] as const) {
            const { exitCode, err } = await deploy(named);
            expect(exitCode, err).to.equal(2);
            expect(err).to.contain(`--image: ${problem}`).and.to.contain("(SERVICE_INVALID, exit code 2)");
        }
        expect(await changesAsked(cloud())).to.deep.equal([]);
        for (const named of [`${registry}/alice/web:1.0`, `${registry}/alice/web:gone@${digest}`]) {
            const { exitCode, err } = await deploy(named);
            expect(exitCode, err).to.equal(0);
        }
        // Of another account, or region, nothing is known here.
        const elsewhere = await deploy("210987654321.dkr.ecr.us-east-1.amazonaws.com/any:1");
        expect(elsewhere.exitCode, elsewhere.err).to.equal(0);
    });
});
