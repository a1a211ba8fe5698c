import type { Cloud } from "../cloud";
import type { ContainerRecord, TaskRecord } from "../ecs/state";
import type { ContainerInfo, ContainerRuntime, TaskEvents } from "./runtime";

/** What somebody lets happen to the containers of an image (`POST /_local/images`). */
export interface ImageAilment {
    /** ECS's reason why a task of it does not start. */
    readonly fails?: string;
    /** Its containers run, and end by themselves with this. */
    readonly exitCode?: number;
}

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

/** Reads what is to become of an image from what someone posted. @throws Error naming what is wrong */
export function parseImageAilment(raw: unknown): { readonly image: string } & ImageAilment {
    const { image, fails, exitCode } = (typeof raw === "object" && raw !== null ? raw : {}) as Record<
        string,
        unknown
    >;
    if (typeof image !== "string" || image === "") {
        throw new Error(`image: got ${JSON.stringify(image)}, expected a reference`);
    }
    if (fails !== undefined && typeof fails !== "string") {
        throw new Error(`fails: got ${JSON.stringify(fails)}, expected a reason in ECS's words`);
    }
    if (exitCode !== undefined && typeof exitCode !== "number") {
        throw new Error(`exitCode: got ${JSON.stringify(exitCode)}, expected a number`);
    }
    return { image, fails, exitCode };
}
