import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";

import { emptyCluster } from "../../../automation/emptying/emptyCluster";
import { createProgress } from "../../../automation/output/progress";
import { findTagged } from "../../../automation/inventory/find";
import { proofOf } from "../../../components/model/tags";
import { targetIn } from "../../helpers/awsObjects";
import { owner } from "../../helpers/fakeAws";
import { recordIo } from "../../helpers/io";
import { removeFolders } from "../../helpers/project";
import { useCloud, type TestCloud } from "../cloud/testCloud";
import { Alice, clock } from "./onCloud";

const image = "registry.suse.com/suse/nginx:1.27";
const web = ["service", "deploy", "alice", "--image", image, "--name", "web", "--port", "80", "--yes"];

function clients({ info }: TestCloud) {
    const options = {
        endpoint: info.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    return { balancing: new ElasticLoadBalancingV2(options), logs: new CloudWatchLogs(options) };
}

describe("services on the local cloud", () => {
    const cloud = useCloud();
    afterEach(removeFolders);

    const leftovers = async (): Promise<object> => {
        const { balancing, logs } = clients(cloud());
        const [balancers, groups, logGroups, definitions, security] = await Promise.all([
            balancing.describeLoadBalancers({}),
            balancing.describeTargetGroups({}),
            logs.describeLogGroups({}),
            cloud().ecs.listTaskDefinitions({}),
            cloud().ec2.describeSecurityGroups({}),
        ]);
        return {
            balancers: balancers.LoadBalancers?.length,
            targetGroups: groups.TargetGroups?.length,
            logGroups: logGroups.logGroups?.length,
            taskDefinitions: definitions.taskDefinitionArns?.length,
            securityGroups: security.SecurityGroups?.filter(({ GroupName }) =>
                GroupName?.startsWith("sles-ecs-"),
            ).length,
            rules: security.SecurityGroups?.flatMap(({ IpPermissions = [] }) =>
                IpPermissions.flatMap(({ UserIdGroupPairs = [], FromPort }) =>
                    FromPort === 32768 ? UserIdGroupPairs : [],
                ),
            ).length,
        };
    };
    const nothing = {
        balancers: 0,
        targetGroups: 0,
        logGroups: 0,
        taskDefinitions: 0,
        securityGroups: 0,
        rules: 0,
    };
    const everything = {
        balancers: 1,
        targetGroups: 1,
        logGroups: 1,
        taskDefinitions: 1,
        securityGroups: 1,
        rules: 1,
    };

    it("list shows own services and those of others, with how their deployments stand", async () => {
        const alice = await Alice.up(cloud(), 1);
        await alice.play(...web);
        await cloud().ecs.createService({
            ...{ cluster: "alice", serviceName: "batch", desiredCount: 0 },
            taskDefinition: (await cloud().ecs.listTaskDefinitions({})).taskDefinitionArns?.[0],
        });
        const { out } = await alice.play("service", "list", "alice");
        expect(out).to.match(/^SERVICE +WHOSE +TASKS +DEPLOYMENT +IMAGE +ADDRESS$/m);
        expect(out).to.match(/^batch +others +0 of 0 +completed/m);
        expect(out).to.match(/^web +own +1 of 1 +completed +registry\.suse\.com\/suse\/nginx:1\.27/m);
        const json = JSON.parse((await alice.play("service", "list", "alice", "-o", "json")).out) as {
            services: { name: string; own: boolean }[];
        };
        expect(json.services.map(({ name, own }) => [name, own])).to.deep.equal([
            ["batch", false],
            ["web", true],
        ]);
    });

    it("scale waits for the tasks, and says what lacks where there is no room, with exit code 5", async () => {
        const alice = await Alice.up(cloud(), 1);
        await alice.play(...web, "--cpu", "512");
        const two = await alice.play("service", "scale", "alice", "web", "2");
        expect(two.exitCode, two.err).to.equal(0);
        expect(two.out).to.contain("alice: 2 tasks of service web run (before: 1)");
        const many = await alice.play("service", "scale", "alice", "web", "9", "--timeout", "1s");
        expect(many.exitCode, many.err).to.equal(5);
        expect(many.err).to.match(/host i-\w+: cpu: 0 units are free, 512 are needed/);
        expect(many.err).to.contain("as it is, 4 of its tasks fit on the hosts");
        const back = await alice.play("service", "scale", "alice", "web", "1");
        expect(back.exitCode, back.err).to.equal(0);
        const wrong = await alice.play("service", "scale", "alice", "wbe", "1");
        expect([wrong.exitCode, wrong.err]).to.deep.equal([3, wrong.err]);
        expect(wrong.err).to.contain("did you mean web?");
    });

    it("logs shows what containers have written, each line with its task", async () => {
        const alice = await Alice.up(cloud(), 1);
        await alice.play(...web);
        const { logs } = clients(cloud());
        const { logGroups = [] } = await logs.describeLogGroups({});
        const logGroupName = logGroups[0]?.logGroupName ?? "";
        const [arn = ""] = (await cloud().ecs.listTasks({ cluster: "alice" })).taskArns ?? [];
        const id = arn.split("/").at(-1) ?? "";
        const logStreamName = `ecs/app/${id}`;
        await logs.createLogStream({ logGroupName, logStreamName });
        const timestamp = Date.now() - 1000;
        await logs.putLogEvents({
            logGroupName,
            logStreamName,
            logEvents: [{ timestamp, message: "GET /" }],
        });
        const { out, exitCode } = await alice.play("service", "logs", "alice", "web");
        expect([exitCode, out]).to.deep.equal([0, `${id.slice(0, 8)} GET /\n`]);
        expect(logGroups[0]?.retentionInDays).to.equal(30);
    });

    it("--public makes a load balancer, and the service its target; again it makes nothing more", async () => {
        const alice = await Alice.up(cloud(), 2);
        const { exitCode, out, err } = await alice.play(...web, "--public");
        expect(exitCode, err).to.equal(0);
        expect(out).to.match(/answers at http:\/\/sles-ecs-\w+-web\S*\/\n/);
        expect(await leftovers()).to.deep.equal(everything);
        const again = await alice.play(...web, "--public");
        expect(again.err).to.contain("nothing to change");
        const { services = [] } = await cloud().ecs.describeServices({ cluster: "alice", services: ["web"] });
        expect(services[0]?.loadBalancers?.[0]?.containerPort).to.equal(80);
    });

    it("--public refuses another scheme, and any deployment another port of the container, and changes nothing", async () => {
        const alice = await Alice.up(cloud(), 2);
        expect((await alice.play(...web, "--public")).exitCode).to.equal(0);
        const other = web.map((word) => (word === "80" ? "8080" : word));
        await cloud().control("DELETE", "requests");
        for (const [words, problem] of [
            [[...web, "--public", "--internal-only"], "--internal-only: its load balancer is public"],
            [[...other, "--public"], "--port: its load balancer asks port 80 of the container, got 8080"],
            [other, "--port: its load balancer asks port 80 of the container, got 8080"],
        ] as const) {
            const { exitCode, err } = await alice.play(...words);
            expect(exitCode, err).to.equal(2);
            expect(err).to.contain(problem).and.to.contain("(SERVICE_INVALID, exit code 2)");
            expect(err).to.contain("sles-ecs service remove alice web");
        }
        const { requests } = (await cloud().control("GET", "requests")) as {
            requests: readonly { readonly service: string; readonly action: string }[];
        };
        const changes = requests.filter(
            ({ service, action }) =>
                service !== "ssm" && !/^(Describe|Get|List|Filter|Simulate)/.test(action),
        );
        expect(changes).to.deep.equal([]);
    });

    it("--public leaves the subnets of the load balancer that is there, whatever hosts stand in now", async () => {
        const alice = await Alice.up(cloud(), 2);
        expect((await alice.play(...web, "--public")).exitCode).to.equal(0);
        await cloud().control("DELETE", "requests");
        const again = await alice.play(...web, "--public", "--cpu", "128");
        expect(again.exitCode, again.err).to.equal(0);
        const { requests } = (await cloud().control("GET", "requests")) as {
            requests: readonly { readonly action: string }[];
        };
        const actions = requests.map(({ action }) => action);
        expect(actions).to.not.include.members(["CreateLoadBalancer"]);
        expect(actions).to.not.include.members(["CreateTargetGroup"]);
        expect(await leftovers()).to.deep.equal({ ...everything, taskDefinitions: 2 });
    });

    it("remove takes the service away with all of its parts, and nothing of another one", async () => {
        const alice = await Alice.up(cloud(), 2);
        await alice.play(...web, "--public");
        await alice.play(...web.map((word) => (word === "web" ? "other" : word)));
        const { exitCode, out, err } = await alice.play(
            "service",
            "remove",
            "alice",
            "web",
            "--yes",
            "--timeout",
            "60s",
        );
        expect(exitCode, err).to.equal(0);
        expect(out).to.contain("service web is gone");
        expect(err).to.contain("tasks may take up to");
        expect(await leftovers()).to.deep.equal({ ...nothing, logGroups: 1, taskDefinitions: 1 });
        const { services = [] } = await cloud().ecs.describeServices({
            cluster: "alice",
            services: ["other"],
        });
        expect(services[0]?.runningCount).to.equal(1);
        const again = await alice.play("service", "remove", "alice", "web", "--yes");
        expect(again.exitCode, again.err).to.equal(3);
    });

    it("what destroy empties has no part of a service left, but for log groups that go last", async () => {
        const alice = await Alice.up(cloud(), 2);
        await alice.play(...web, "--public");
        const target = { ...targetIn({ aws: alice.aws() }, { owner, clock }), adopted: false };
        const search = {
            ...target,
            tags: proofOf(owner),
            hostIds: [],
            iamNames: new Set<string>(),
            repositoryNames: [],
        };
        const fail = (what: string, error: unknown): never => {
            throw new Error(what, { cause: error });
        };
        const before = (await findTagged(search, fail)).filter(({ ofService }) => ofService === true);
        expect(before.map(({ type }) => type).sort()).to.deep.equal([
            "ec2:security-group",
            "ec2:security-group-rule",
            "ec2:security-group-rule",
            "ecs:task-definition",
            "elasticloadbalancing:loadbalancer",
            "elasticloadbalancing:targetgroup",
        ]);
        const progress = createProgress(recordIo(), clock);
        const removed = await emptyCluster(target, { timeoutSeconds: 60 }, progress);
        expect(removed.map(({ type }) => type)).to.include.members([
            "ecs:service",
            ...before.map(({ type }) => type),
        ]);
        expect(await leftovers()).to.deep.equal({ ...nothing, logGroups: 1 });
    });
});
