import { ECS, type CreateServiceRequest, type PortMapping } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

const cluster = "busy";

describe("images update on hosts whose tasks are bound to them, on a whole system", () => {
    let place: Workplace;
    let ecs: ECS;

    before(async () => {
        place = await Workplace.create();
        ecs = new ECS(place.access);
    });
    after(() => place.stop());

    async function goTo(imagesOn: string): Promise<void> {
        const response = await fetch(`${place.cloud.endpoint}/_local/settings`, {
            method: "POST",
            body: JSON.stringify({ imagesOn }),
        });
        expect(response.status).to.equal(200);
    }

    async function define(family: string, portMappings: PortMapping[] = []): Promise<void> {
        await ecs.registerTaskDefinition({
            family,
            containerDefinitions: [
                { name: family, image: "registry.suse.com/suse/nginx", cpu: 64, memory: 64, portMappings },
            ],
        });
    }

    async function run(name: string, service: Partial<CreateServiceRequest>): Promise<void> {
        await ecs.createService({ cluster, serviceName: name, taskDefinition: name, ...service });
    }

    /** Running tasks of every service and of none, once the services have what they want. */
    async function settled(): Promise<Record<string, number | undefined>> {
        for (;;) {
            const { serviceArns = [] } = await ecs.listServices({ cluster });
            const { services = [] } = await ecs.describeServices({ cluster, services: serviceArns });
            if (services.every((one) => one.runningCount === one.desiredCount)) {
                const { taskArns = [] } = await ecs.listTasks({ cluster, family: "job" });
                const counts: Record<string, number | undefined> = { job: taskArns.length };
                for (const { serviceName = "", runningCount } of services) {
                    counts[serviceName] = runningCount;
                }
                return counts;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
    }

    it("says what stops and why, and finishes once that is allowed", async () => {
        await place.writeSettings(cluster, { hosts: { count: 2 } });
        expectExit(await place.slesEcs(["up", cluster, "--yes"]), 0);
        await define("port", [{ containerPort: 80, hostPort: 8080 }]);
        await Promise.all(["stuck", "half", "logs", "job"].map((family) => define(family)));
        const percent = (minimumHealthyPercent: number, maximumPercent: number) => ({
            deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
        });
        await run("port", { desiredCount: 2 });
        await run("stuck", { desiredCount: 1, ...percent(100, 100) });
        await run("half", {
            desiredCount: 2,
            placementConstraints: [{ type: "distinctInstance" }],
            ...percent(50, 100),
        });
        await run("logs", { schedulingStrategy: "DAEMON" });
        const { containerInstanceArns = [] } = await ecs.listContainerInstances({ cluster });
        const [first = ""] = containerInstanceArns;
        await ecs.startTask({ cluster, taskDefinition: "job", containerInstances: [first] });
        expect(await settled()).to.deep.equal({ port: 2, stuck: 1, half: 2, logs: 2, job: 1 });

        await goTo("20270116");
        const plan = await place.slesEcs(["images", "update", cluster, "--plan"]);
        expectExit(plan, 0);
        for (const phrase of [
            /port:1 of service port stops: no room elsewhere: host port 8080\/tcp is taken on i-/,
            /half:1 of service half stops: no room elsewhere: distinctInstance, and the service has a task on i-/,
            /stuck:1 of service stuck stops: with minimumHealthyPercent 100 and maximumPercent 100 of 1 task ECS may/,
            /service stuck is down until then/,
            /1 task of daemon logs stops, and comes on the new host/,
            /task job:1 is stopped, and nobody starts it again/,
        ]) {
            expect(plan.stdout).to.match(phrase);
        }

        const refused = await place.slesEcs(["images", "update", cluster, "--yes"]);
        expectExit(refused, 2);
        const remedy = `aws ecs update-service --cluster ${cluster} --service stuck --deployment-configuration maximumPercent=200,minimumHealthyPercent=100`;
        expect(refused.stderr).to.include("NO_ROOM_FOR_TASKS").and.include(`to let stuck move: ${remedy}\n`);
        expect(await settled()).to.deep.equal({ port: 2, stuck: 1, half: 2, logs: 2, job: 1 });

        const done = await place.slesEcs(["images", "update", cluster, "--yes", "--allow-interruption"]);
        expectExit(done, 0);
        expect(done.stdout).to.match(/2 hosts replaced, 2 of 2 ready/);
        expect(await settled()).to.deep.equal({ port: 2, stuck: 1, half: 2, logs: 2, job: 0 });
        expectExit(await place.slesEcs(["destroy", cluster, "--yes"]), 0);
    });

    it("moves tasks without leave where ECS can, and goes by ECS's own word on constraints", async () => {
        await goTo("20261123");
        await place.writeSettings(cluster, { hosts: { count: 2 } });
        expectExit(await place.slesEcs(["up", cluster, "--yes"]), 0);
        const zones = "attribute:ecs.availability-zone =~ us-east-1.*";
        await define("pinned");
        await run("pinned", {
            desiredCount: 1,
            placementConstraints: [{ type: "memberOf", expression: zones }],
            deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
        });
        await settled();
        await goTo("20270116");
        const plan = await place.slesEcs(["images", "update", cluster, "--plan"]);
        expect(plan.stdout).to.match(
            /1 task of service pinned stops, and then starts on another host; service pinned is down until then/,
        );
        const done = await place.slesEcs(["images", "update", cluster, "--yes"]);
        expectExit(done, 0);
        expect(await settled()).to.deep.equal({ pinned: 1, job: 0 });
        expectExit(await place.slesEcs(["destroy", cluster, "--yes"]), 0);
    });
});
