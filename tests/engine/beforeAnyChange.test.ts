import fs from "node:fs/promises";
import path from "node:path";

import { CreateServiceCommand, ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { expectExit, Workplace, type Answer } from "./harness";

interface Request {
    readonly service: string;
    readonly action: string;
}

/** `pulumi login` to a bucket of moto's. */
const bucket = "states";

describe("a destroy that may not begin", () => {
    let place: Workplace;

    before(async () => {
        place = await Workplace.create();
        const made = await fetch(`${place.cloud.endpoint}/${bucket}`, { method: "PUT", headers: signed });
        expect(made.status).to.equal(200);
    });
    after(() => place.stop());

    /** What a request to S3 needs so that the local cloud takes it for one; moto checks no signature. */
    const signed = {
        authorization:
            "AWS4-HMAC-SHA256 Credential=local/20261129/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
    };

    function onBucket(): Readonly<Record<string, string>> {
        const { host } = new URL(place.cloud.endpoint);
        const options = `endpoint=${host}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1`;
        return { PULUMI_BACKEND_URL: `s3://${bucket}?${options}` };
    }

    /** An environment with a service in its cluster, which a destroy takes down before its engine runs. */
    async function upWithService(name: string, env: Readonly<Record<string, string>>): Promise<void> {
        await place.writeSettings(name, { hosts: { count: 1 } });
        expectExit(await place.slesEcs(["up", name, "--yes"], { env }), 0);
        const ecs = new ECSClient(place.access);
        const containerDefinitions = [{ name: "web", image: "registry.suse.com/bci/bci-base", memory: 64 }];
        await ecs.send(new RegisterTaskDefinitionCommand({ family: "web", containerDefinitions }));
        const service = { cluster: name, serviceName: "web", taskDefinition: "web", desiredCount: 1 };
        await ecs.send(new CreateServiceCommand(service));
    }

    /** Runs a destroy, and gives what it changed in AWS; the bucket is Pulumi's own affair. */
    async function destroy(
        name: string,
        env: Readonly<Record<string, string>>,
    ): Promise<{ readonly answer: Answer; readonly changes: readonly string[] }> {
        const log = `${place.cloud.endpoint}/_local/requests`;
        await fetch(log, { method: "DELETE" });
        const answer = await place.slesEcs(["destroy", name, "--yes"], { env });
        const { requests } = (await (await fetch(log)).json()) as { requests: readonly Request[] };
        const changes = requests
            .filter(({ service, action }) => service !== "s3" && !/^(Describe|Get|List|GET )/.test(action))
            .map(({ service, action }) => `${service} ${action}`);
        return { answer, changes };
    }

    /** Its own lock comes and goes. */
    const onlyItsLock = ["ssm PutParameter", "ssm DeleteParameter"];

    it("has changed nothing when the stack is locked in a bucket, where only the engine sees it", async () => {
        await upWithService("bucket", onBucket());
        const lock = `${place.cloud.endpoint}/${bucket}/.pulumi/locks/organization/sles-ecs/bucket/0f0e0d0c-0b0a-4908-8706-050403020100.json`;
        const holder = {
            pid: 4242,
            username: "geeko",
            hostname: "chameleon",
            timestamp: "2026-11-23T10:00:00Z",
        };
        await fetch(lock, { method: "PUT", headers: signed, body: JSON.stringify(holder) });
        const { answer, changes } = await destroy("bucket", onBucket());
        expectExit(answer, 4);
        expect(answer.stderr).to.include("LOCKED").and.to.include("geeko");
        expect(changes).to.deep.equal(onlyItsLock);
        await fetch(lock, { method: "DELETE", headers: signed });
        expectExit((await destroy("bucket", onBucket())).answer, 0);
    });

    it("has changed nothing when the passphrase is missing or wrong", async () => {
        await upWithService("secret", {});
        for (const [passphrase, code] of [
            [undefined, "PASSPHRASE_MISSING"],
            ["another", "PASSPHRASE_WRONG"],
        ] as const) {
            const env = { PULUMI_CONFIG_PASSPHRASE: passphrase } as Record<string, string>;
            const { answer, changes } = await destroy("secret", env);
            expectExit(answer, 2);
            expect(answer.stderr).to.include(code);
            expect(changes).to.deep.equal(onlyItsLock);
        }
        expectExit((await destroy("secret", {})).answer, 0);
    });

    it("takes a stack away that holds nothing but components, as an up leaves it that failed at its start", async () => {
        await place.writeSettings("started", { hosts: { count: 0 } });
        expectExit(await place.slesEcs(["up", "started", "--yes"]), 0);
        const stacks = path.join(place.cloud.directory, "state", ".pulumi", "stacks", "sles-ecs");
        const file = path.join(stacks, "started.json");
        const state = JSON.parse(await fs.readFile(file, "utf8")) as {
            checkpoint: { latest: { resources: { type: string; custom: boolean }[] } };
        };
        const { latest } = state.checkpoint;
        const whole = JSON.stringify(state);
        latest.resources = latest.resources.filter(({ custom }) => !custom);
        expect(latest.resources.map(({ type }) => type)).to.include("sles-ecs:components:SlesEcsCluster");
        await fs.writeFile(file, whole);
        expectExit(await place.slesEcs(["destroy", "started", "--yes"]), 0);
        await place.writeSettings("started", { hosts: { count: 0 } });
        expectExit(await place.pulumi(["stack", "init", "started"]), 0);
        await fs.writeFile(file, JSON.stringify(state));
        expectExit(await place.slesEcs(["destroy", "started", "--yes"]), 0);
        expect(await fs.readdir(stacks)).to.not.include("started.json");
    });
});
