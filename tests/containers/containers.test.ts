import { expect } from "chai";

import { removeFolders } from "../helpers/project";
import { eventually, type TestCloud } from "../local/cloud/testCloud";
import { Alice } from "../local/services/onCloud";
import {
    buildImage,
    containersOf,
    docker,
    endContainerCloud,
    image,
    startContainerCloud,
} from "./containerCloud";
import { secretsOf } from "./secretsOf";

const web = ["service", "deploy", "alice", "--image", image, "--name", "web", "--yes"];

const addressesIn = (out: string): readonly string[] =>
    [...out.matchAll(/answers at (\S+)/g)].map(([, address = ""]) => address);

describe("tasks in real containers", () => {
    let cloud: TestCloud;
    let alice: Alice;

    before(buildImage);
    beforeEach(async () => {
        cloud = await startContainerCloud();
        alice = await Alice.up(cloud, 2);
    });
    afterEach(async () => {
        removeFolders();
        await endContainerCloud(cloud);
    });

    it("a service answers at the addresses that deploy prints, and is gone when it is removed", async () => {
        const { exitCode, out, err } = await alice.play(...web, "--port", "8080", "--count", "2");
        expect(exitCode, err).to.equal(0);
        const addresses = addressesIn(out);
        expect(addresses).to.have.length(2);
        for (const address of addresses) {
            expect(await (await fetch(address)).text()).to.equal("it works\n");
        }
        expect(containersOf(cloud.info)).to.have.length(2);
        const logs = await eventually(
            () => alice.play("service", "logs", "alice", "web"),
            (played) => played.out.includes("response:200"),
        );
        expect(logs.exitCode).to.equal(0);
        const removed = await alice.play("service", "remove", "alice", "web", "--yes");
        expect(removed.exitCode, removed.err).to.equal(0);
        expect(containersOf(cloud.info)).to.deep.equal([]);
    });

    it("--public answers through its load balancer, which knows no target once its tasks are gone", async () => {
        const { exitCode, out, err } = await alice.play(...web, "--port", "8080", "--count", "2", "--public");
        expect(exitCode, err).to.equal(0);
        const [address = ""] = addressesIn(out);
        expect(address).to.match(/^http:\/\/127\.0\.0\.1:\d+\/$/);
        for (let asked = 0; asked < 4; asked += 1) {
            const answer = await fetch(address);
            expect(await answer.text()).to.equal("it works\n");
        }
        const listed = await alice.play("service", "list", "alice");
        expect(listed.out).to.contain(address);
        await alice.play("service", "scale", "alice", "web", "0", "--timeout", "60s");
        expect((await fetch(address)).status).to.equal(503);
        const removed = await alice.play("service", "remove", "alice", "web", "--yes");
        expect(removed.exitCode, removed.err).to.equal(0);
        expect(await fetch(address).catch(() => "gone")).to.equal("gone");
    });

    it("environment and command are the container's, and its exit code is told", async () => {
        const shell = ["--command=sh", "--command=-c", "--command=echo hello $NAME; sleep 0.3; exit 3"];
        const { exitCode, err } = await alice.play(...web, "--env", "NAME=world", ...shell);
        expect(exitCode, err).to.equal(1);
        expect(err).to.contain("exit code 3: Essential container in task exited");
        const { out } = await alice.play("service", "logs", "alice", "web");
        expect(out).to.contain("hello world");
        await eventually(
            () => Promise.resolve(containersOf(cloud.info)),
            (names) => names.length === 0,
        );
    });

    it("secrets come as variables: a parameter's value, a secret's, and one of its keys", async () => {
        const { ssm, makeSecret, role } = await secretsOf(cloud);
        await ssm.putParameter({ Name: "/web/password", Type: "SecureString", Value: "from a parameter" });
        const arn = await makeSecret('{"user":"from a key"}');
        const { exitCode, err } = await alice.play(
            ...[...web, "--execution-role", role],
            ...["--secret", "P=arn:aws:ssm:us-east-1:123456789012:parameter/web/password"],
            ...["--secret", `S=${arn}`, "--secret", `K=${arn}:user::`],
            ...["--command=sh", "--command=-c"],
            `--command=echo "$P, $S, $K"; trap 'exit 0' TERM; sleep 99 & wait`,
        );
        expect(exitCode, err).to.equal(0);
        const logs = await eventually(
            () => alice.play("service", "logs", "alice", "web"),
            (played) => played.out !== "",
        );
        expect(logs.out).to.contain('from a parameter, {"user":"from a key"}, from a key');
    });

    it("a secret that is not there keeps its task from starting, as the agent words it", async () => {
        const { role } = await secretsOf(cloud);
        const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:web-AbCdEf";
        const { exitCode, err } = await alice.play(
            ...[...web, "--execution-role", role, "--secret", `S=${arn}`],
        );
        expect(exitCode, err).to.equal(1);
        expect(err).to.contain(
            `a secret could not be read (Fetching secret data from AWS Secrets Manager in region us-east-1: secret ${arn}: `,
        );
        expect(containersOf(cloud.info)).to.deep.equal([]);
    });

    it("an image that is not there fails as ECS words it", async () => {
        const words = web.map((word) => (word === image ? "localhost:1/nothing:1" : word));
        const { exitCode, err } = await alice.play(...words);
        expect(exitCode, err).to.equal(1);
        expect(err).to.contain("CannotPullContainerError: Error response from daemon: ", err);
    });

    it("a port of a host is taken once on each, and twice on none", async () => {
        const fixed = [...web, "--port", "18080:8080"];
        const two = await alice.play(...fixed, "--count", "2");
        expect(two.exitCode, two.err).to.equal(0);
        expect(new Set(addressesIn(two.out)).size).to.equal(2);
        const three = await alice.play("service", "scale", "alice", "web", "3", "--timeout", "1s");
        expect(three.exitCode, three.err).to.equal(5);
        expect(three.err).to.match(/host i-\w+: port: 18080\/tcp is taken/);
    });

    it("no container is left after local stop, nor after the daemon was killed", async () => {
        await alice.play(...web, "--count", "2");
        expect(containersOf(cloud.info)).to.have.length(2);
        process.kill(cloud.info.pid, "SIGKILL");
        await eventually(
            () => Promise.resolve(containersOf(cloud.info)),
            (names) => names.length === 0,
        );
    });

    it("containers go with their host", async () => {
        await alice.play(...web, "--count", "2");
        const { Reservations = [] } = await cloud.ec2.describeInstances({});
        const ids = Reservations.flatMap(({ Instances = [] }) =>
            Instances.map(({ InstanceId = "" }) => InstanceId),
        );
        const before = containersOf(cloud.info);
        await cloud.ec2.terminateInstances({ InstanceIds: ids });
        await eventually(
            () => Promise.resolve(containersOf(cloud.info)),
            (names) => names.every((name) => !before.includes(name)),
        );
    });

    it("a container that somebody kills is told with its exit code, and replaced", async () => {
        await alice.play(...web);
        const [name = ""] = containersOf(cloud.info);
        docker("kill", name);
        const stopped = async () => {
            const { taskArns: tasks = [] } = await cloud.ecs.listTasks({
                cluster: "alice",
                desiredStatus: "STOPPED",
            });
            return tasks.length === 0
                ? []
                : ((await cloud.ecs.describeTasks({ cluster: "alice", tasks })).tasks ?? []);
        };
        const [task] = await eventually(stopped, (tasks) => tasks.length > 0);
        expect(task?.stopCode).to.equal("EssentialContainerExited");
        expect(task?.containers?.[0]?.exitCode).to.equal(137);
        await eventually(
            () => Promise.resolve(containersOf(cloud.info)),
            (names) => names.length === 1 && names[0] !== name,
        );
    });
});
