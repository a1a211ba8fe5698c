import { expect } from "chai";

import { clusterWithHosts, hostsOf, taskDefinition } from "./hostHelpers";
import { useCloud } from "./testCloud";

describe("network modes on the local cloud", () => {
    const cloud = useCloud();

    // API references of RunTask, StartTask, CreateService and UpdateService: networkConfiguration.
    it("tasks and services with interfaces of their own are refused without a place for these, and others with one", async () => {
        await clusterWithHosts(cloud(), "dev", 1);
        const { ecs } = cloud();
        const register = (networkMode: "awsvpc" | "bridge" | "host") =>
            ecs.registerTaskDefinition({
                ...{ family: networkMode, networkMode },
                containerDefinitions: [{ name: "web", image: "nginx", memory: 64 }],
            });
        await Promise.all([register("awsvpc"), register("bridge"), register("host")]);
        const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-12345678"] } };
        const [host] = await hostsOf(cloud(), "dev");
        const containerInstances = [host?.containerInstanceArn ?? ""];
        const asked: readonly ((more: object, name: string) => Promise<unknown>)[] = [
            (more, name) => ecs.runTask({ cluster: "dev", taskDefinition: name, ...more }),
            (more, name) =>
                ecs.startTask({ cluster: "dev", containerInstances, taskDefinition: name, ...more }),
            (more, name) =>
                ecs.createService({ cluster: "dev", serviceName: name, taskDefinition: name, ...more }),
            (more, name) =>
                ecs.updateService({ cluster: "dev", service: "web", taskDefinition: name, ...more }),
        ];
        await ecs.createService({
            ...{ cluster: "dev", serviceName: "web", taskDefinition: await taskDefinition(cloud()) },
            desiredCount: 0,
        });
        for (const ask of asked) {
            for (const [name, more, words] of [
                [
                    "awsvpc",
                    {},
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
                ],
                [
                    "bridge",
                    { networkConfiguration },
                    "Network Configuration is not valid for the given networkMode",
                ],
                [
                    "host",
                    { networkConfiguration },
                    "Network Configuration is not valid for the given networkMode",
                ],
            ] as const) {
                const error = await ask(more, name).catch((one: unknown) => one as Error);
                expect(error).to.have.property("name", "InvalidParameterException");
                expect((error as Error).message).to.contain(words);
            }
            await ask({ networkConfiguration }, "awsvpc");
        }
        const { services } = await ecs.describeServices({ cluster: "dev", services: ["bridge", "host"] });
        expect(services).to.deep.equal([]);
        // Of a service that has a place already none is asked for.
        await ecs.updateService({ cluster: "dev", service: "web", taskDefinition: "awsvpc" });
    });
});
