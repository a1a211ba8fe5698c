import { EC2 } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { errorOf, useCloud } from "./testCloud";

interface Logged {
    readonly service: string;
    readonly action: string;
    readonly status: number;
}

/** Node's code of the error that a call fails with. */
function codeOf(call: Promise<unknown>): Promise<unknown> {
    return call.then(
        () => "no error",
        (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
}

describe("the front of the local cloud", () => {
    const cloud = useCloud();
    const addFault = (fault: object) => cloud().control("POST", "faults", fault);

    it("fails as many calls as it was told to, with the error it was given, in the words of each protocol", async () => {
        const { ecs, ec2, iam, scheduler } = cloud();
        const throttled = { errorCode: "ThrottlingException", message: "Rate exceeded", status: 400 };
        await addFault({ service: "ecs", action: "ListClusters", times: 2, ...throttled });
        await ecs.describeClusters({});
        expect(await errorOf(ecs.listClusters({}))).to.equal("ThrottlingException");
        expect(await errorOf(ecs.listClusters({}))).to.equal("ThrottlingException");
        await ecs.listClusters({});
        await addFault({ service: "ec2", errorCode: "UnauthorizedOperation", message: "no", status: 403 });
        await ecs.listClusters({});
        expect(await errorOf(ec2.describeSubnets({}))).to.equal("UnauthorizedOperation");
        await ec2.describeSubnets({});
        await addFault({ service: "iam", errorCode: "Throttling", status: 400 });
        expect(await errorOf(iam.listRoles({}))).to.equal("Throttling");
        await addFault({ service: "scheduler", ...throttled });
        expect(await errorOf(scheduler.listScheduleGroups({}))).to.equal("ThrottlingException");
        await addFault({ service: "iam", times: 1000 });
        await cloud().control("DELETE", "faults");
        await iam.listRoles({});
    });

    it("fails only as many calls as chance is to hit, and does the work of those whose answer alone is lost", async () => {
        const { ecs, iam } = cloud();
        await addFault({ service: "ecs", action: "ListClusters", times: 1000, probability: 0 });
        await ecs.listClusters({});
        await addFault({ service: "iam", action: "ListRoles", times: 1000, probability: 0.5 });
        const answers = await Promise.all(
            Array.from({ length: 100 }, () =>
                iam.listRoles({}).then(
                    () => "fine",
                    () => "failed",
                ),
            ),
        );
        // Of 100 with a chance of one half, fewer than 15 or more than 85 do not happen.
        expect(answers.filter((answer) => answer === "failed").length).to.be.within(15, 85);
        await addFault({ service: "ecs", action: "CreateCluster", answerOnly: true });
        expect(await errorOf(ecs.createCluster({ clusterName: "made" }))).to.equal("InternalFailure");
        const { clusters } = await ecs.describeClusters({ clusters: ["made"] });
        expect(clusters?.map(({ status }) => status)).to.deep.equal(["ACTIVE"]);
    });

    it("breaks connections and takes its time, whatever the service", async () => {
        const { ecs, iam } = cloud();
        await addFault({ effect: "cut" });
        // https://nodejs.org/api/errors.html, ECONNRESET: the other side closed the connection.
        expect(await codeOf(ecs.listClusters({}))).to.equal("ECONNRESET");
        await addFault({ effect: "cut", answerOnly: true });
        expect(await codeOf(ecs.createCluster({ clusterName: "made" }))).to.equal("ECONNRESET");
        const { clusters } = await ecs.describeClusters({ clusters: ["made"] });
        expect(clusters?.map(({ status }) => status)).to.deep.equal(["ACTIVE"]);
        await addFault({ effect: "slow", delaySeconds: 0.3 });
        const started = performance.now();
        await iam.listRoles({});
        expect(performance.now() - started).to.be.at.least(290);
    });

    it("holds a call before it is done, once it is done, or once it is answered, until its client is dead", async () => {
        const { ecs, scheduler } = cloud();
        const names = async (): Promise<(string | undefined)[]> =>
            ((await ecs.listClusters({})).clusterArns ?? []).map((arn) => arn.split("/").at(-1)).sort();
        const cutAt = async (hold: object, call: (signal: AbortSignal) => Promise<unknown>) => {
            const client = new AbortController();
            const { number } = (await cloud().control("POST", "holds", hold)) as { number: number };
            const caught = cloud().control("GET", `holds/${number}`);
            const called = call(client.signal).catch((error: unknown) => (error as Error).name);
            expect(await caught).to.deep.equal({ caught: true });
            client.abort();
            return called;
        };
        const create = (clusterName: string) => (abortSignal: AbortSignal) =>
            ecs.createCluster({ clusterName }, { abortSignal });
        const clusters = { service: "ecs", action: "CreateCluster" };
        expect(await cutAt({ ...clusters, moment: "before" }, create("never"))).to.equal("AbortError");
        expect(await names()).to.deep.equal([]);
        expect(await cutAt({ ...clusters, moment: "made" }, create("lost"))).to.equal("AbortError");
        expect(await names()).to.deep.equal(["lost"]);
        await cutAt({ ...clusters, nth: 2, moment: "answered" }, async (abortSignal) => {
            await ecs.createCluster({ clusterName: "first" });
            await ecs.createCluster({ clusterName: "told" }, { abortSignal });
        });
        expect(await names()).to.deep.equal(["first", "lost", "told"]);
        const groups = { service: "scheduler", action: "POST /schedule-groups", moment: "made" };
        await cutAt(groups, (abortSignal) =>
            scheduler.createScheduleGroup({ Name: "lost" }, { abortSignal }),
        );
        const { ScheduleGroups = [] } = await scheduler.listScheduleGroups({ NamePrefix: "lost" });
        expect(ScheduleGroups.map(({ Name }) => Name)).to.deep.equal(["lost"]);
        const { number } = (await cloud().control("POST", "holds", clusters)) as { number: number };
        await cloud().control("DELETE", "holds");
        expect(await cloud().control("GET", `holds/${number}`)).to.deep.equal({ caught: false });
    });

    it("takes the time that every call, and a launch, is to take", async () => {
        await cloud().control("POST", "settings", { callSeconds: 0.2, launchSeconds: 0.6 });
        const secondsOf = async (call: Promise<unknown>): Promise<number> => {
            const started = performance.now();
            await call;
            return (performance.now() - started) / 1000;
        };
        expect(await secondsOf(cloud().ecs.listClusters({}))).to.be.at.least(0.19);
        expect(
            await secondsOf(errorOf(cloud().ec2.runInstances({ MinCount: 1, MaxCount: 1 }))),
        ).to.be.at.least(0.59);
    });

    it("refuses faults and settings that make no sense, saying why", async () => {
        const message = async (name: string, body: object): Promise<string> => {
            try {
                await cloud().control("POST", name, body);
            } catch (error) {
                return error instanceof Error ? error.message : "";
            }
            return "";
        };
        expect(await message("faults", { service: 7 }))
            .to.include("service")
            .and.to.include("expected");
        expect(await message("faults", { effect: "louder" })).to.include("error, cut, slow");
        expect(await message("holds", { service: "ecs" })).to.include("action");
        expect(await message("holds", { service: "ecs", action: "A", nth: 0 })).to.include("nth");
        expect(await message("holds", { service: "ecs", action: "A", moment: "now" })).to.include("made");
        expect(await message("faults", { service: "ecs", probability: 20 })).to.include("probability");
        expect(await message("settings", { bootSeconds: -1 })).to.include("bootSeconds");
        expect(await message("settings", { boots: 1 })).to.include("boots");
        expect(await message("volumes/nothing", { signature: "ext4" })).to.include("vol");
    });

    it("logs every call with its action and status", async () => {
        const { ecs, iam } = cloud();
        await ecs.listClusters({});
        await iam.listRoles({});
        await addFault({ service: "ecs", status: 400 });
        await errorOf(ecs.describeClusters({}));
        const { requests } = (await cloud().control("GET", "requests")) as { requests: Logged[] };
        expect(requests.map(({ service, action, status }) => [service, action, status])).to.deep.equal([
            ["ecs", "ListClusters", 200],
            ["iam", "ListRoles", 200],
            ["ecs", "DescribeClusters", 400],
        ]);
        await cloud().control("DELETE", "requests");
        expect(await cloud().control("GET", "requests")).to.deep.equal({ requests: [] });
    });

    it("passes on what it does not understand, both ways", async () => {
        const { endpoint } = cloud().info;
        const authorization =
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
        const s3 = (method: string, path: string, body?: Buffer) =>
            fetch(`${endpoint}/${path}`, {
                method,
                headers: { authorization },
                ...(body !== undefined && { body }),
            });
        const content = Buffer.alloc(300_000, "state");
        expect((await s3("PUT", "bucket")).status).to.equal(200);
        expect((await s3("PUT", "bucket/state.json", content)).status).to.equal(200);
        const answer = await s3("GET", "bucket/state.json");
        expect(Buffer.from(await answer.arrayBuffer()).equals(content)).to.equal(true);
        expect((await s3("GET", "bucket/missing")).status).to.equal(404);
    });

    it("reset empties the account and leaves the default network with its way out", async () => {
        const { ecs, ec2, iam } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        await iam.createInstanceProfile({ InstanceProfileName: "p" });
        await ec2.createVolume({ AvailabilityZone: "us-east-1a", Size: 1 });
        await cloud().control("POST", "reset");
        expect((await ecs.listClusters({})).clusterArns).to.deep.equal([]);
        expect((await iam.listInstanceProfiles({})).InstanceProfiles).to.deep.equal([]);
        expect((await ec2.describeVolumes({})).Volumes).to.deep.equal([]);
        const { RouteTables: tables } = await ec2.describeRouteTables({});
        const routes = tables?.flatMap(({ Routes }) => Routes ?? []);
        expect(
            routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0")?.GatewayId,
        ).to.match(/^igw-/);
    });

    it("says what the emulated AWS does not know, in a way that nobody tries again", async () => {
        const refresh = cloud().autoScaling.startInstanceRefresh({ AutoScalingGroupName: "hosts" });
        expect(await errorOf(refresh)).to.equal("UnsupportedOperation");
        const { requests } = (await cloud().control("GET", "requests")) as { requests: Logged[] };
        expect(requests.map(({ action, status }) => [action, status])).to.deep.equal([
            ["StartInstanceRefresh", 501],
        ]);
    });

    it("every region has a default network with a way out", async () => {
        const elsewhere = new EC2({
            endpoint: cloud().info.endpoint,
            region: "eu-central-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        });
        const [gateways] = await Promise.all([
            elsewhere.describeInternetGateways({}),
            elsewhere.describeVpcs({}),
        ]);
        expect(gateways.InternetGateways).to.have.length(1);
        expect((await elsewhere.describeInternetGateways({})).InternetGateways).to.have.length(1);
    });

    it("has nothing to say to web pages, nor to paths it does not know", async () => {
        const { endpoint } = cloud().info;
        const page = await fetch(`${endpoint}/_local/reset`, {
            method: "POST",
            headers: { origin: "https://example.com" },
        });
        expect(page.status).to.equal(403);
        expect((await fetch(`${endpoint}/_local/nothing`)).status).to.equal(404);
    });
});
