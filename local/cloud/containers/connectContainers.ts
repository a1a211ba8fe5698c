import { randomUUID } from "node:crypto";
import type { EcsState } from "../ecs/state";
import type { MotoClients } from "../moto/motoClients";
import { ContainerImages } from "./containerImages";
import { ContainerSecrets } from "./containerSecrets";
import { DockerContainers } from "./dockerContainers";
import { findEngine, infoOf } from "./engine";
import { removeContainers } from "./labels";
import { LogShipping } from "./logShipping";
import type { RegistryAccess } from "./pullImage";
import type { ContainerInfo, ContainerRuntime } from "./runtime";
import { startWatcher } from "./watcher";

/** What a runtime needs of the cloud that it runs containers for. */
export interface RuntimeParts {
    readonly ecs: () => EcsState;
    readonly moto: () => MotoClients;
    readonly accessToRegistry: (region: string) => Promise<RegistryAccess>;
    readonly report: (error: unknown) => void;
}

/** An engine that is ready to run containers of a local cloud. */
export interface ConnectedContainers {
    readonly info: ContainerInfo;
    readonly runtimeFor: (parts: RuntimeParts) => ContainerRuntime;
}

/**
 * Finds the engine, takes away what an earlier cloud of the directory has left, and sees to it that nothing of this one is left.
 * @param logFile file descriptor of the cloud's log
 * @throws NoEngineError
 */
export async function connectContainers(directory: string, logFile: number): Promise<ConnectedContainers> {
    const engine = await findEngine(process.env);
    await removeContainers(engine.docker, { directory });
    const cloud = { directory, run: randomUUID() };
    const dismissWatcher = startWatcher(engine, cloud, logFile);
    return {
        info: infoOf(engine),
        runtimeFor: ({ ecs, moto, accessToRegistry, report }) =>
            new DockerContainers(engine, cloud, {
                ecs,
                images: new ContainerImages(engine, accessToRegistry),
                secrets: new ContainerSecrets(moto),
                logs: new LogShipping(() => moto().port, report),
                report,
                cleared: dismissWatcher,
            }),
    };
}
