import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type Docker from "dockerode";
import type { Container } from "dockerode";
import { setTimeout as pause } from "node:timers/promises";
import { regionOfArn, shortName } from "../ecs/names";
import type { ContainerRecord, EcsState, PortBinding, TaskRecord } from "../ecs/state";
import { bindingsIn, portsOf, wordsOf } from "./containerForms";
import type { ContainerImages } from "./containerImages";
import type { ContainerSecrets } from "./containerSecrets";
import { absenceOf, infoOf, isAnswer, lookMilliseconds, messageOf, type Engine } from "./engine";
import { labelsOf, removeContainers, taskLabel, type LabelledCloud } from "./labels";
import type { LogShipping } from "./logShipping";
import { addressOfHost } from "./loopback";
import type { ExecStream } from "../sessions/containerSession";
import { Removals } from "./removals";
import type { ContainerInfo, ContainerRuntime, TaskEvents } from "./runtime";
import { StartError, startError } from "./startError";

/** How long the agent waits between telling a container to stop and killing it. Source: API reference, ContainerDefinition, stopTimeout */
const usualStopSeconds = 30;

/** What a container has come to, while it is made. */
interface Started {
    readonly definition: ContainerDefinition;
    readonly container: Container;
    readonly bindings: readonly PortBinding[];
    /** Settles once all that it has written is in CloudWatch Logs. */
    readonly logs: Promise<void>;
}

/** Containers that an engine of this machine runs, with their ports at its loopback addresses. */
export class DockerContainers implements ContainerRuntime {
    readonly info: ContainerInfo;
    private readonly removals: Removals;
    private readonly started = new Map<string, { readonly task: TaskRecord; readonly all: Started[] }>();

    constructor(
        private readonly engine: Engine,
        private readonly cloud: LabelledCloud,
        private readonly parts: {
            readonly ecs: () => EcsState;
            readonly images: ContainerImages;
            readonly secrets: ContainerSecrets;
            readonly logs: LogShipping;
            readonly report: (error: unknown) => void;
            /** Told once no container is left at the end. */
            readonly cleared: () => void;
        },
    ) {
        this.removals = new Removals(engine.docker, parts.report);
        this.info = infoOf(engine);
    }

    readonly exec = async (runtimeId: string, command: string): Promise<ExecStream> => {
        const exec = await this.docker.getContainer(runtimeId).exec({
            Cmd: [...wordsOf(command)],
            ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true },
        });
        const stream = await exec.start({ hijack: true, stdin: true, Tty: true });
        // A command that has ended has no terminal to be resized.
        const resize = (w: number, h: number): Promise<void> =>
            exec.resize({ w, h }).then(
                () => undefined,
                () => undefined,
            );
        return { stream, resize };
    };

    readonly absence = (): Promise<string | undefined> => absenceOf(this.engine);

    private get docker(): Docker {
        return this.engine.docker;
    }

    start(task: TaskRecord, events: TaskEvents): void {
        this.run(task, events).catch(this.parts.report);
    }

    async stop(task: TaskRecord): Promise<readonly ContainerRecord[]> {
        const all = this.started.get(task.arn)?.all ?? [];
        await Promise.all(
            all.map(async ({ container, definition }) => {
                const t = definition.stopTimeout ?? usualStopSeconds;
                // One that has ended meanwhile, or is gone, is no error.
                await container.stop({ t }).catch(() => undefined);
            }),
        );
        const records = await this.recordsOf(all);
        await this.remove(task.arn);
        return records;
    }

    tasksChanged(): void {
        for (const { task } of this.started.values()) {
            const known = this.parts.ecs().tasks.get(task.arn);
            if (known === undefined || known.lastStatus === "STOPPED") {
                this.remove(task.arn).catch(this.parts.report);
            }
        }
    }

    async clear(): Promise<void> {
        this.started.clear();
        await removeContainers(this.docker, this.cloud);
        await this.parts.images.clear();
    }

    async close(): Promise<void> {
        this.removals.close();
        await this.clear().then(this.parts.cleared, this.parts.report);
    }

    private async run(task: TaskRecord, events: TaskEvents): Promise<void> {
        const all: Started[] = [];
        this.started.set(task.arn, { task, all });
        const isWanted = (): boolean => !isToldToStop(task) && this.started.get(task.arn)?.all === all;
        try {
            for (const definition of task.taskDefinition.containerDefinitions ?? []) {
                const one = await this.startOne(task, definition, isWanted);
                all.push(...(one === undefined ? [] : [one]));
            }
        } catch (error) {
            this.started.delete(task.arn);
            await this.removeAll(all).catch(this.parts.report);
            events.failedToStart(error instanceof StartError ? error.message : messageOf(error));
            return;
        }
        if (!isWanted()) {
            // Who told it to stop knew only of those that had started by then.
            await this.removeAll(all);
            return;
        }
        events.running(await this.recordsOf(all));
        await Promise.race(
            all.filter(({ definition }) => definition.essential !== false).map((one) => this.ended(one)),
        );
        // One that was told to stop is taken care of there.
        if (!isToldToStop(task) && this.started.has(task.arn)) {
            await Promise.all(all.map(({ logs }) => Promise.race([logs, pause(lookMilliseconds)])));
            const records = await this.recordsOf(all);
            await this.remove(task.arn);
            events.exited(records);
        }
    }

    /** @returns undefined where the task is no longer wanted; nothing is left of the container then */
    private async startOne(
        task: TaskRecord,
        definition: ContainerDefinition,
        isWanted: () => boolean,
    ): Promise<Started | undefined> {
        if (!isWanted()) {
            return undefined;
        }
        const secrets = await this.parts.secrets.read(definition, regionOfArn(task.arn));
        const image = await this.parts.images.bring(definition.image ?? "");
        if (!isWanted()) {
            return undefined;
        }
        const container = await this.create(task, definition, { image, secrets }).catch((error: unknown) => {
            throw startError("CannotCreateContainerError", error);
        });
        try {
            if (!isWanted()) {
                await this.removals.remove(container.id);
                return undefined;
            }
            await container.start().catch((error: unknown) => {
                throw startError("CannotStartContainerError", error);
            });
            const { NetworkSettings } = await container.inspect();
            const logs = this.parts.logs
                .follow(container, definition, shortName(task.arn))
                .catch(this.parts.report);
            return { definition, container, bindings: bindingsIn(NetworkSettings.Ports), logs };
        } catch (error) {
            await this.removals.remove(container.id).catch(this.parts.report);
            throw error;
        }
    }

    private create(
        task: TaskRecord,
        definition: ContainerDefinition,
        { image, secrets }: { readonly image: string; readonly secrets: readonly string[] },
    ): Promise<Container> {
        const address = addressOfHost(task.containerInstanceArn ?? "");
        const id = shortName(task.arn);
        return this.docker.createContainer({
            name: `sles-ecs-${id.slice(0, 12)}-${definition.name ?? ""}`,
            Image: image,
            Cmd: definition.command,
            Entrypoint: definition.entryPoint,
            WorkingDir: definition.workingDirectory,
            User: definition.user,
            Env: [
                ...(definition.environment ?? []).map(({ name = "", value = "" }) => `${name}=${value}`),
                ...secrets,
            ],
            Labels: { ...labelsOf(this.cloud), [taskLabel]: task.arn },
            ExposedPorts: Object.fromEntries(portsOf(definition).map(({ key }) => [key, {}])),
            HostConfig: {
                Memory: (definition.memory ?? 0) * 1024 * 1024,
                CpuShares: definition.cpu,
                PortBindings: Object.fromEntries(
                    portsOf(definition).map(({ key, hostPort }) => [
                        key,
                        [{ HostIp: address, HostPort: hostPort === 0 ? "" : String(hostPort) }],
                    ]),
                ),
            },
        });
    }

    /** Settles once a container has ended, also where the engine was away for a while: the end of its answer alone tells nothing. */
    private async ended({ container }: Started): Promise<void> {
        for (;;) {
            try {
                await container.wait();
                if (!(await container.inspect()).State.Running) {
                    return;
                }
            } catch (error) {
                if (isAnswer(error)) {
                    return;
                }
            }
            await pause(lookMilliseconds);
        }
    }

    private recordsOf(all: readonly Started[]): Promise<ContainerRecord[]> {
        return Promise.all(
            all.map(async ({ container, definition, bindings }) => {
                const state = await container.inspect().then(
                    ({ State }) => State,
                    () => undefined,
                );
                const hasEnded = state !== undefined && !state.Running;
                return {
                    name: definition.name ?? "",
                    runtimeId: container.id,
                    bindings,
                    ...(hasEnded ? { exitCode: state.ExitCode } : {}),
                    // The agent's words for it (api/container in its repository).
                    ...(state?.OOMKilled === true
                        ? { reason: "OutOfMemoryError: Container killed due to memory usage" }
                        : {}),
                };
            }),
        );
    }

    private async remove(taskArn: string): Promise<void> {
        const all = this.started.get(taskArn)?.all ?? [];
        this.started.delete(taskArn);
        await this.removeAll(all);
    }

    private async removeAll(all: readonly Started[]): Promise<void> {
        await Promise.all(all.map(({ container }) => this.removals.remove(container.id)));
    }
}

/** It may be told at any time, while something else is waited for. */
function isToldToStop({ desiredStatus }: TaskRecord): boolean {
    return desiredStatus === "STOPPED";
}
