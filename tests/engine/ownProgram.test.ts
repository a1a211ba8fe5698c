import fs from "node:fs/promises";
import path from "node:path";

import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

const root = path.join(__dirname, "..", "..");

describe("the example of a service in a program of one's own", () => {
    let place: Workplace;
    let ecs: ECS;
    let directory: string;

    const pulumi = async (...args: readonly string[]): Promise<string> => {
        const answer = await place.pulumi(args, { directory });
        expectExit(answer, 0);
        return answer.stdout;
    };

    /** How many tasks of the service run, and of which task definition. */
    const running = async (service: string): Promise<readonly [number?, string?]> => {
        const { services } = await ecs.describeServices({ cluster: "dev", services: [service] });
        return [services?.[0]?.runningCount, services?.[0]?.taskDefinition];
    };

    before(async () => {
        place = await Workplace.create();
        ecs = new ECS(place.access);
        directory = path.join(place.directory, "service");
        await fs.cp(path.join(root, "examples", "service"), directory, { recursive: true });
        await fs.symlink(path.join(root, "node_modules"), path.join(directory, "node_modules"));
    });
    after(async () => {
        ecs.destroy();
        await place.stop();
    });

    it("runs its tasks on the environment's hosts, takes changes, and goes without a trace", async () => {
        const initially = await place.inventory();
        await place.writeSettings("dev", { hosts: { count: 1 } });
        await place.expectSlesEcs(0, "up", "dev", "--yes");
        const alone = await place.inventory();

        await pulumi("stack", "init", "production");
        await pulumi("config", "set", "aws:region", "us-east-1");
        await pulumi("config", "set", "environment", "organization/sles-ecs/dev");
        await pulumi("up", "--yes");
        const outputs = JSON.parse(await pulumi("stack", "output", "--json")) as Record<string, string>;
        const { serviceName = "", taskDefinitionArn } = outputs;
        expect(await running(serviceName)).to.deep.equal([1, taskDefinitionArn]);
        const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: taskDefinitionArn });
        expect(taskDefinition?.networkMode).to.equal("bridge");
        const [container] = taskDefinition?.containerDefinitions ?? [];
        // What awsx gives a container that says nothing of its log.
        expect(container?.logConfiguration?.logDriver).to.equal("awslogs");
        expect(container?.logConfiguration?.options).to.include({
            "awslogs-region": "us-east-1",
            "awslogs-stream-prefix": "web",
        });
        expect(taskDefinition?.executionRoleArn).to.match(/:role\/web-execution-[0-9a-f]{7}$/);

        await pulumi("preview", "--expect-no-changes");
        await pulumi("refresh", "--yes", "--expect-no-changes");
        await pulumi("config", "set", "count", "2");
        await pulumi("up", "--yes");
        expect(await running(serviceName)).to.deep.equal([2, taskDefinitionArn]);
        await place.expectSlesEcs(0, "preview", "dev", "--expect-no-changes");
        const listed = await place.expectSlesEcs(0, "service", "list", "dev");
        expect(listed.stdout).to.include(serviceName);

        await pulumi("destroy", "--yes");
        expect(await place.inventory()).to.deep.equal(alone);
        await place.expectSlesEcs(0, "destroy", "dev", "--yes");
        expect(await place.inventory()).to.deep.equal(initially);
    });
});
