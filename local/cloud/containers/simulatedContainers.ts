import type { Cloud } from "../cloud";
import type { ContainerRecord, TaskRecord } from "../ecs/state";
import type { ContainerInfo, ContainerRuntime, TaskEvents } from "./runtime";

type Parts = Pick<Cloud, "timers" | "settings" | "badImages">;

/** Containers that nothing runs: a task of them starts and stops after a while. */
export class SimulatedContainers implements ContainerRuntime {
    readonly info: ContainerInfo = {
        kind: "simulated",
        reason: "the local cloud was started without --containers docker",
    };

    constructor(private readonly cloud: () => Parts) {}

    start(task: TaskRecord, events: TaskEvents): void {
        const { timers, settings, badImages } = this.cloud();
        const images = (task.taskDefinition.containerDefinitions ?? []).map(({ image = "" }) => image);
        const ailment = images.map((image) => badImages.get(image)).find((one) => one !== undefined);
        timers.after(settings.taskSeconds, () => {
            if (ailment?.fails !== undefined) {
                events.failedToStart(ailment.fails);
                return;
            }
            events.running([]);
            const { exitCode } = ailment ?? {};
            if (exitCode !== undefined) {
                timers.after(settings.taskSeconds, () => {
                    events.exited(exitCodes(task, exitCode));
                });
            }
        });
    }

    stop(): Promise<readonly ContainerRecord[]> {
        const { timers, settings } = this.cloud();
        return new Promise((resolve) => {
            timers.after(settings.taskSeconds, () => {
                resolve([]);
            });
        });
    }

    tasksChanged(): void {
        // Nothing runs that would have to go.
    }

    clear(): Promise<void> {
        return Promise.resolve();
    }

    close(): Promise<void> {
        return Promise.resolve();
    }
}

function exitCodes({ taskDefinition }: TaskRecord, exitCode: number): readonly ContainerRecord[] {
    return (taskDefinition.containerDefinitions ?? []).map(({ name = "" }) => ({ name, exitCode }));
}
