import { expect } from "chai";
import { setImmediate as turn } from "node:timers/promises";

import { DockerContainers } from "../../../local/cloud/containers/dockerContainers";
import type { TaskRecord } from "../../../local/cloud/ecs/state";

/** An engine without docker, which calls `onStep` before each of its steps, such as `start app`. */
function play(onStep: (step: string) => void) {
    const standing = new Set<string>();
    const steps: string[] = [];
    const step = async (name: string): Promise<void> => {
        steps.push(name);
        await turn();
        onStep(name);
    };
    const container = (id: string) => ({
        id,
        start: () => step(`start ${id}`),
        stop: () => Promise.resolve(),
        inspect: () => Promise.resolve({ State: { Running: true }, NetworkSettings: { Ports: {} } }),
        wait: () => new Promise(() => undefined),
        remove: () => Promise.resolve(standing.delete(id)),
    });
    const docker = {
        createContainer: async ({ Image }: { readonly Image: string }) => {
            await step(`create ${Image}`);
            standing.add(Image);
            return container(Image);
        },
        getContainer: container,
    };
    const containers = new DockerContainers(
        { docker, address: "", version: "" } as never,
        { directory: "/nowhere" },
        {
            ecs: () => ({ tasks: new Map() }),
            images: { bring: (image: string) => step(`bring ${image}`).then(() => image) },
            secrets: { read: () => Promise.resolve([]) },
            logs: { follow: () => Promise.resolve() },
            report: (error: unknown) => {
                throw error;
            },
        } as never,
    );
    return { containers, standing, steps };
}

const twoContainers = (): TaskRecord =>
    ({
        arn: "arn:aws:ecs:us-east-1:123456789012:task/alice/0123456789abcdef",
        containerInstanceArn: "arn:aws:ecs:us-east-1:123456789012:container-instance/alice/1",
        desiredStatus: "RUNNING",
        taskDefinition: { containerDefinitions: ["one", "two"].map((name) => ({ name, image: name })) },
    }) as TaskRecord;

const inOrder = ["bring one", "create one", "start one", "bring two", "create two", "start two"];
const events = { running: () => undefined, failedToStart: () => undefined, exited: () => undefined };

describe("a task that is told to stop while it starts", () => {
    for (const [index, at] of inOrder.entries()) {
        for (const how of ["told to stop", "gone with its host"]) {
            it(`leaves no container behind, and starts no further one (${how} at "${at}")`, async () => {
                const task = twoContainers();
                const { containers, standing, steps } = play((step) => {
                    if (step !== at) {
                        return;
                    }
                    if (how === "told to stop") {
                        task.desiredStatus = "STOPPED";
                        void containers.stop(task);
                    } else {
                        containers.tasksChanged();
                    }
                });
                containers.start(task, events);
                for (let turns = 0; turns < 50; turns += 1) {
                    await turn();
                }
                expect(steps).to.deep.equal(inOrder.slice(0, index + 1));
                expect([...standing]).to.deep.equal([]);
            });
        }
    }
});
