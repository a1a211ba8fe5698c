import type { ContainerInstance, RegisterContainerInstanceCommandInput } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import http from "node:http";
import { text } from "node:stream/consumers";
import { clusterWithHosts, hostsOf, taskDefinition } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

// What an agent sends: github.com/aws/amazon-ecs-agent, ecs-agent/api/ecs/client/ecs_client.go.
describe("the ECS agent's own calls to the local cloud", () => {
    const cloud = useCloud();

    const authorization =
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=0";
    const registration = {
        cluster: "dev",
        instanceIdentityDocument: JSON.stringify({
            instanceId: "i-0123456789abcdef0",
            imageId: "ami-1",
            instanceType: "m5.large",
            availabilityZone: "us-east-1b",
            architecture: "x86_64",
        }),
        instanceIdentityDocumentSignature: "signature",
        totalResources: [
            { name: "CPU", type: "INTEGER", integerValue: 2048 },
            { name: "MEMORY", type: "INTEGER", integerValue: 7680 },
            { name: "PORTS", type: "STRINGSET", stringSetValue: ["22", "2376"] },
            { name: "PORTS_UDP", type: "STRINGSET", stringSetValue: [] },
        ],
        versionInfo: { agentVersion: "1.105.1", agentHash: "abc", dockerVersion: "DockerVersion: 28.2.2" },
        attributes: [
            { name: "rack", value: "r7" },
            { name: "com.amazonaws.ecs.capability.privileged-container" },
            { name: "ecs.os-type", value: "linux" },
        ],
        tags: [{ key: "owner", value: "alice" }],
        clientToken: "token",
    } satisfies RegisterContainerInstanceCommandInput & { clientToken: string };

    /** By hand: the agent's client knows a field, `clientToken`, that the public one leaves out. */
    async function register(
        more: Partial<RegisterContainerInstanceCommandInput & { clientToken: string }> = {},
    ): Promise<ContainerInstance> {
        const response = await fetch(cloud().info.endpoint, {
            method: "POST",
            headers: {
                "content-type": "application/x-amz-json-1.1",
                "x-amz-target": "AmazonEC2ContainerServiceV20141113.RegisterContainerInstance",
                authorization,
            },
            body: JSON.stringify({ ...registration, ...more }),
        });
        const answer = (await response.json()) as { __type?: string; containerInstance?: ContainerInstance };
        if (answer.containerInstance === undefined) {
            throw Object.assign(new Error(), { name: answer.__type });
        }
        return answer.containerInstance;
    }

    it("DiscoverPollEndpoint names the local cloud itself", async () => {
        const { endpoint, telemetryEndpoint } = await cloud().ecs.discoverPollEndpoint({ cluster: "dev" });
        expect(endpoint).to.equal(`${cloud().info.endpoint}/`);
        expect(telemetryEndpoint).to.equal(endpoint);
    });

    it("RegisterContainerInstance enters the host with all that the agent says of it", async () => {
        expect(await errorOf(register())).to.equal("ClusterNotFoundException");
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const registered = await register();
        const [host] = await hostsOf(cloud(), "dev");
        expect(host?.containerInstanceArn).to.equal(registered.containerInstanceArn);
        expect(host).to.include({ ec2InstanceId: "i-0123456789abcdef0", status: "ACTIVE" });
        expect(host?.versionInfo).to.deep.equal({
            agentVersion: "1.105.1",
            agentHash: "abc",
            dockerVersion: "DockerVersion: 28.2.2",
        });
        const resource = (name: string) => host?.registeredResources?.find((one) => one.name === name);
        expect(resource("CPU")?.integerValue).to.equal(2048);
        expect(resource("MEMORY")?.integerValue).to.equal(7680);
        expect(resource("PORTS")?.stringSetValue).to.deep.equal(["22", "2376"]);
        const attributes = new Map(host?.attributes?.map(({ name, value }) => [name, value]));
        // The agent compares the attributes that it gets back with those that it sent.
        expect(attributes.get("rack")).to.equal("r7");
        expect(attributes.has("com.amazonaws.ecs.capability.privileged-container")).to.equal(true);
        expect(attributes.get("ecs.availability-zone")).to.equal("us-east-1b");
        expect(attributes.get("ecs.instance-type")).to.equal("m5.large");
        expect(host?.tags).to.deep.equal([{ key: "owner", value: "alice" }]);
    });

    it("a host registers again under its old ARN: by ARN, by token, and by instance", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const first = (await register()).containerInstanceArn ?? "";
        // An agent names its custom attributes only the first time.
        const again = await register({
            containerInstanceArn: first,
            attributes: [{ name: "ecs.os-type", value: "linux" }],
        });
        expect(again.containerInstanceArn).to.equal(first);
        expect(again.attributes?.map(({ name }) => name)).to.include("rack");
        expect((await register({ instanceIdentityDocument: "" })).containerInstanceArn).to.equal(first);
        const anonymous = { instanceIdentityDocument: "", clientToken: "other" };
        expect((await register(anonymous)).containerInstanceArn).to.not.equal(first);
        expect(await hostsOf(cloud(), "dev")).to.have.length(2);
        const nobody = first.replace(/.{4}$/, "0000");
        expect(await errorOf(register({ containerInstanceArn: nobody }))).to.equal(
            "InvalidParameterException",
        );
        expect(await errorOf(register({ instanceIdentityDocument: "{" }))).to.equal(
            "InvalidParameterException",
        );
    });

    it("a host whose agent does not poll takes no task", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const host = await register();
        expect(host.agentConnected).to.equal(false);
        const { failures } = await cloud().ecs.startTask({
            cluster: "dev",
            taskDefinition: await taskDefinition(cloud()),
            containerInstances: [host.containerInstanceArn ?? ""],
        });
        expect(failures?.map(({ reason }) => reason)).to.deep.equal(["AGENT"]);
    });

    it("state changes are acknowledged", async () => {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        const attachments = [
            { attachmentArn: "arn:aws:ecs:us-east-1:123456789012:attachment/a", status: "ATTACHED" },
        ];
        for (const { acknowledgment } of [
            await ecs.submitTaskStateChange({ cluster: "dev", task: "t", status: "RUNNING" }),
            await ecs.submitContainerStateChange({ cluster: "dev", task: "t", containerName: "web" }),
            await ecs.submitAttachmentStateChanges({ cluster: "dev", attachments }),
        ]) {
            expect(acknowledgment).to.be.a("string");
        }
        expect(await errorOf(ecs.submitTaskStateChange({ cluster: "other" }))).to.equal(
            "ClusterNotFoundException",
        );
    });

    it("refuses the agent's websockets with a reason, and notes the versions that it names there", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const { containerInstanceArn = "" } = await register({ versionInfo: {} });
        const query = new URLSearchParams({
            clusterArn: "dev",
            containerInstanceArn,
            agentVersion: "1.105.1",
            agentHash: "a8b3e7d3",
            dockerVersion: "DockerVersion: 28.2.2",
            seqNum: "1",
        });
        const request = http.get(`${cloud().info.endpoint}/ws?${query.toString()}`, {
            headers: {
                connection: "upgrade",
                upgrade: "websocket",
                "sec-websocket-version": "13",
                "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
                authorization,
            },
        });
        const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
            request.on("response", resolve);
            request.on("error", reject);
        });
        expect(response.statusCode).to.equal(501);
        const { message } = JSON.parse(await text(response)) as { message: string };
        expect(message).to.include("sends a real agent no tasks");
        const [host] = await hostsOf(cloud(), "dev");
        expect(host).to.deep.include({
            agentConnected: false,
            versionInfo: {
                agentVersion: "1.105.1",
                agentHash: "a8b3e7d3",
                dockerVersion: "DockerVersion: 28.2.2",
            },
        });
    });

    it("tags of hosts can be read, added and taken away by API", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        const resourceArn = (await hostsOf(cloud(), "dev"))[0]?.containerInstanceArn ?? "";
        await ecs.tagResource({
            resourceArn,
            tags: [
                { key: "owner", value: "alice" },
                { key: "team", value: "a" },
            ],
        });
        await ecs.tagResource({ resourceArn, tags: [{ key: "owner", value: "bob" }] });
        await ecs.untagResource({ resourceArn, tagKeys: ["team"] });
        const tags = [{ key: "owner", value: "bob" }];
        expect((await ecs.listTagsForResource({ resourceArn })).tags).to.deep.equal(tags);
        expect((await hostsOf(cloud(), "dev"))[0]?.tags).to.deep.equal(tags);
        const { cluster } = await ecs.createCluster({ clusterName: "tagged", tags });
        expect((await ecs.listTagsForResource({ resourceArn: cluster?.clusterArn })).tags).to.deep.equal(
            tags,
        );
        expect(await errorOf(ecs.tagResource({ resourceArn: `${resourceArn}0`, tags }))).to.equal(
            "InvalidParameterException",
        );
    });
});
