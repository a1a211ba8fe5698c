import fs from "node:fs/promises";
import os from "node:os";

import { SSM } from "@aws-sdk/client-ssm";
import { expect } from "chai";

import { expectExit, Workplace, type Answer, type RunOptions } from "../engine/harness";

describe("one command at a time", () => {
    let place: Workplace;
    let parameters: SSM;

    before(async () => {
        place = await Workplace.create();
        parameters = new SSM(place.access);
        await place.writeSettings("dev", { hosts: { mode: "fixed", count: 1 } });
    });
    after(() => place.stop());

    const up = (environment: string, options?: RunOptions, ...more: string[]) =>
        place.slesEcs(["up", environment, "--no-wait", "--yes", ...more], options);

    async function locks(): Promise<string[]> {
        const { Parameters = [] } = await parameters.getParametersByPath({
            Path: "/sles-ecs/locks",
            Recursive: true,
        });
        return Parameters.flatMap(({ Name }) => Name ?? []);
    }

    /** As a machine that loses its power in the middle of an update. */
    async function upKilled(environment: string, at: RegExp): Promise<Answer> {
        const answer = await up(environment, { onOutput: (output, _, kill) => at.test(output) && kill() });
        expect(answer.exitCode, answer.stderr).to.equal(null);
        return answer;
    }

    it("a killed first up leaves the engine's lock, which the next one takes away by itself, and says so", async () => {
        await upKilled("dev", /created instance profile/);
        const again = await up("dev");
        expectExit(again, 0);
        expect(again.stderr).to.match(/the engine's lock of dev is taken away: it was held by .* \(gone\)/);
        expect(await locks()).to.deep.equal([]);
    });

    it("a killed up leaves its own lock too, and so for whatever command comes next", async () => {
        await place.writeSettings("dev", { hosts: { mode: "fixed", count: 2 } });
        await upKilled("dev", /updating \.\.\./);
        expect(await locks()).to.have.length(1);
        const again = await up("dev");
        expectExit(again, 0);
        expect(again.stderr).to.contain("the lock of dev is taken over: it was held by");
        expect(await locks()).to.deep.equal([]);
        expectExit(await place.slesEcs(["preview", "dev", "--expect-no-changes"]), 0);
    });

    it("of two at once one wins, the other has a clear word, or its turn where it waits", async () => {
        await place.writeSettings("dev", { hosts: { mode: "fixed", count: 3 } });
        // Long enough for the others to come to the lock.
        await place.tune({ bootSeconds: 20 });
        let refused: Promise<Answer> | undefined;
        let waiting: Promise<Answer> | undefined;
        const first = await place.slesEcs(["up", "dev", "--yes"], {
            onOutput: (output) => {
                if (output.includes("waiting for hosts")) {
                    refused ??= place.slesEcs(["destroy", "dev", "--yes"]);
                    waiting ??= place.slesEcs(["destroy", "dev", "--yes", "--wait-for-lock", "5m"]);
                }
            },
        });
        expectExit(first, 0);
        const second = await refused;
        expect(second?.exitCode, second?.stderr).to.equal(4);
        expect(second?.stderr).to.match(
            new RegExp(`held by \\S+ on ${os.hostname()}, process \\d+ \\(still there\\), for up, since`),
        );
        const waited = await waiting;
        expect(waited?.exitCode, waited?.stderr).to.equal(0);
        expect(waited?.stderr).to.contain("waiting up to 5 min for the lock");
        await place.tune({ bootSeconds: 0.1 });
        expect(await locks()).to.deep.equal([]);
    });

    it("the lock of another machine is a person's to take away", async () => {
        expectExit(await up("dev"), 0);
        const state = await place.pulumi(["stack", "export", "--stack", "dev"]);
        const [, id] = /"output":\s*"([0-9a-f-]{36})"/.exec(state.stdout) ?? [];
        await parameters.putParameter({
            Name: `/sles-ecs/locks/${id}/1`,
            Value: JSON.stringify({ user: "ann", host: "build7", processId: 7, command: "up" }),
            Type: "String",
        });
        const refused = await place.slesEcs(["destroy", "dev", "--yes"]);
        expectExit(refused, 4);
        expect(refused.stderr).to.contain("only when you know that it is dead: sles-ecs unlock dev");
        expectExit(await place.slesEcs(["unlock", "dev", "--yes"]), 0);
        expectExit(await place.slesEcs(["destroy", "dev", "--yes"]), 0);
        expect(await locks()).to.deep.equal([]);
    });

    it("all of it holds for a state in S3, as on a machine that has never seen the settings", async () => {
        await place.writeSettings("dev", { hosts: { mode: "fixed", count: 1 } });
        const { endpoint } = place.cloud;
        const created = await fetch(`${endpoint}/states`, {
            method: "PUT",
            headers: { host: "s3.amazonaws.com" },
        });
        expect(created.status).to.equal(200);
        const host = new URL(endpoint).host;
        const env = {
            PULUMI_BACKEND_URL: `s3://states?region=us-east-1&endpoint=${host}&disableSSL=true&s3ForcePathStyle=true`,
        };
        const alice = ["up", "alice", "--from", "dev", "--ttl", "1h", "--no-wait"];
        const killed = await place.slesEcs(alice, {
            env,
            onOutput: (output, _, kill) => /Instance/i.test(output) && kill(),
        });
        expect(killed.exitCode, killed.stderr).to.equal(null);
        const again = await place.slesEcs(["up", "alice", "--no-wait", "--yes"], { env });
        expectExit(again, 0);
        expect(again.stderr).to.contain("the engine's lock of alice is taken away");
        await fs.rm(place.settingsFile("alice"));
        expectExit(await place.slesEcs(["extend", "alice", "1h"], { env }), 0);
        const [first, second] = await Promise.all([
            place.slesEcs(["destroy", "alice", "--yes"], { env }),
            place.slesEcs(["destroy", "alice", "--yes"], { env }),
        ]);
        expect([first.exitCode, second.exitCode].sort(), first.stderr + second.stderr).to.deep.equal([0, 4]);
        expect(await locks()).to.deep.equal([]);
        expect((await place.slesEcs(["list"], { env })).stdout).to.not.contain("alice");
    });
});
