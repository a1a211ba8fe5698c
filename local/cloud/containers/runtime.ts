import type { ExecStream } from "../sessions/containerSession";
import type { ContainerRecord, TaskRecord } from "../ecs/state";

/** What becomes of the containers of a task, told once each. */
export interface TaskEvents {
    readonly running: (containers: readonly ContainerRecord[]) => void;
    /** @param reason in ECS's words */
    readonly failedToStart: (reason: string, containers?: readonly ContainerRecord[]) => void;
    /** One that the task cannot be without has ended by itself. */
    readonly exited: (containers: readonly ContainerRecord[]) => void;
}

/** What runs the containers of tasks: an engine of this machine, or nothing that plays to. */
export interface ContainerRuntime {
    /** What `local status` shows. */
    readonly info: ContainerInfo;
    /** Why no container can be started now; undefined where the engine answers. Missing where nothing runs. */
    readonly absence?: () => Promise<string | undefined>;
    start(task: TaskRecord, events: TaskEvents): void;
    /** Tells its containers to stop. Settles once they have, with what became of them. */
    stop(task: TaskRecord): Promise<readonly ContainerRecord[]>;
    /** Runs a command in a container, on a terminal; missing where nothing runs. */
    readonly exec?: (runtimeId: string, command: string) => Promise<ExecStream>;
    /** Tasks may have ended without being stopped, as those of a host that is gone: their containers go. */
    tasksChanged(): void;
    /** Removes every container. */
    clear(): Promise<void>;
    close(): Promise<void>;
}

/** Whether tasks are real, and why. */
export type ContainerInfo = { readonly kind: "simulated"; readonly reason: string } | EngineInfo;

/** An engine of this machine, at its address. */
export interface EngineInfo {
    readonly kind: "docker" | "podman";
    readonly engine: string;
    readonly version: string;
}
