import fs from "node:fs/promises";
import path from "node:path";

import { command, line, type Show } from "../../../components/model/commandLine";
import { serviceLimits } from "../../../components/model/services/serviceRequest";
import { defineCommand } from "../../command/command";
import { directory, output, wholeNumber, type OutputFormat } from "../../command/options";
import { AppError } from "../../errors/appError";
import { renderJson } from "../../output/json";
import { makeFolder } from "../../output/makeFolder";
import type { Setup } from "../../setup";
import {
    chosenDirectory,
    environmentsText,
    forgetStacks,
    onSameCloud,
    standingOn,
    startCloud,
    tasksText,
    type GivenDirectory,
    type LocalCloud,
    type LocalCloudInfo,
} from "./cloud";

/** `sles-ecs local start`: an emulated AWS on this machine. */
export const localStartCommand = defineCommand({
    command: "start",
    summary: "Start the local cloud, and fetch at the first time what it runs on",
    description: [
        "Starts an emulated AWS with simulated SLES hosts on this machine, and leaves it running in the background. The first start fetches what it needs into a cache: the Pulumi CLI, where there is none on PATH, moto in a virtual environment of Python, and, where there is a Go and no docker-registry, a registry for images.",
        "With --containers docker the tasks of simulated hosts are real containers of docker, or of podman by its docker API: their ports are at loopback addresses, and they are gone with their task and with the local cloud, however that ends.",
        "It listens on 127.0.0.1 only. Running it again does no harm. What is in it is gone with local stop, and comes back with the next start after local stop --keep; local env prints what a shell needs to work on it.",
    ].join("\n\n"),
    examples: [
        { command: "local start", text: "On the usual port, or a free one" },
        { command: "local start --port 4566", text: "On a port of your choice" },
        { command: "local start --containers docker", text: "With tasks that really run" },
    ],
    options: {
        output,
        directory,
        port: {
            describe: "Port of the AWS endpoint",
            type: "number",
            requiresArg: true,
            defaultDescription: "4580, or a free one where that is taken",
            coerce: wholeNumber("--port", serviceLimits.port),
        },
        containers: {
            describe: "What runs the containers of tasks",
            choices: ["none", "docker"],
            requiresArg: true,
            defaultDescription: "none: tasks are simulated",
        },
    },
    run: async (options, context) => {
        const { prepareMoto, preparePulumi, prepareRegistry, setupOf } = await import("../../setup");
        const setup = setupOf(context);
        const request = {
            directory: await chosenDirectory(options, context),
            given: { directory: options.directory },
            port: options.port,
            containers: options.containers,
            setup,
            prepareTools: async () => {
                const [motoServer, registry] = await Promise.all([
                    prepareMoto(setup),
                    prepareRegistry(setup),
                    preparePulumi(setup),
                ]);
                return { motoServer, registry };
            },
        };
        const started = await startLocal(request, await import("../../../local"));
        context.io.stdout(showStarted(started, options, context.show));
        return 0;
    },
});

interface StartRequest {
    readonly directory: string;
    readonly given: GivenDirectory;
    /** The usual one, or a free one, where it is missing. */
    readonly port: number | undefined;
    /** `docker`, or `none` for simulated tasks. @default - none, or what runs already */
    readonly containers: string | undefined;
    readonly setup: Setup;
    /** Makes ready what the local cloud runs on, and tells where it is: moto_server, and a registry that is not on PATH. */
    prepareTools(): Promise<{ readonly motoServer: string; readonly registry: string | undefined }>;
}

interface StartedCloud {
    readonly info: LocalCloudInfo;
    readonly alreadyRunning: boolean;
    /** Environments that `local stop --keep` has kept. */
    readonly broughtBack: readonly string[];
}

/**
 * Starts the local cloud of a directory; one that runs already is left as it is.
 * @throws AppError FOLDER_UNUSABLE; LOCAL_CLOUD_PORT when it runs on another port than the one asked for, or that one is taken;
 * LOCAL_CLOUD_FAILED when it does not start.
 */
async function startLocal(request: StartRequest, cloud: LocalCloud): Promise<StartedCloud> {
    const { directory: place, port, setup } = request;
    const running = await cloud.localCloudStatus(place);
    if (running !== undefined) {
        requirePort(running, request);
        requireContainers(running, request);
        return { info: running, alreadyRunning: true, broughtBack: [] };
    }
    await prepareFolder(place);
    const isKept = await cloud.isLocalCloudKept(place);
    const tools = await request.prepareTools();
    const onProgress = (text: string): void => setup.report(text);
    const info = await startCloud(
        cloud,
        {
            ...{ directory: place, ...tools, port, onProgress },
            realContainers: request.containers === "docker",
        },
        // What does not fit any more is forgotten by it.
        isKept ? onSameCloud(request.given, "stop") : undefined,
    );
    if (!isKept) {
        await forgetStacks(cloud, place);
    }
    return { info, alreadyRunning: false, broughtBack: isKept ? await standingOn(cloud, place) : [] };
}

/** Before anything is fetched, so that nobody waits for a refusal. */
async function prepareFolder(place: string): Promise<void> {
    try {
        await makeFolder(place);
        // Nothing below belongs into anybody's commit, whatever the project's own .gitignore says. A folder that
        // somebody uses for other things as well has its own, and keeps it.
        await fs.writeFile(path.join(place, ".gitignore"), "*\n", { flag: "wx" }).catch(unlessThere);
    } catch (error) {
        throw new AppError("FOLDER_UNUSABLE", {
            message: `the local cloud cannot keep its files in ${place}: ${(error as Error).message}`,
            hint: command("local", "start", "--directory", { placeholder: "folder" }),
            cause: error,
        });
    }
}

function unlessThere(error: NodeJS.ErrnoException): void {
    if (error.code !== "EEXIST") {
        throw error;
    }
}

function requirePort(running: LocalCloudInfo, { port, given }: StartRequest): void {
    if (port !== undefined && new URL(running.endpoint).port !== String(port)) {
        throw new AppError("LOCAL_CLOUD_PORT", {
            message: `the local cloud runs already, at ${running.endpoint}, expected port ${port}`,
            hint: onSameCloud(given, "stop"),
        });
    }
}

function requireContainers(running: LocalCloudInfo, { containers, given }: StartRequest): void {
    const kind = running.containers?.kind ?? "none";
    if (containers !== undefined && containers !== kind) {
        throw new AppError("LOCAL_CLOUD_CONTAINERS", {
            message: `the local cloud runs already, and ${tasksText(running)}: expected --containers ${containers}`,
            hint: line`${onSameCloud(given, "stop")}, then: ${onSameCloud(given, "start", "--containers", containers)}`,
        });
    }
}

function showStarted(
    { info, alreadyRunning, broughtBack }: StartedCloud,
    options: GivenDirectory & { readonly output: OutputFormat },
    show: Show,
): string {
    const { directory: place, endpoint, pid, startedAt, containers = { kind: "simulated" } } = info;
    return options.output === "json"
        ? renderJson({ directory: place, endpoint, pid, startedAt, alreadyRunning, containers, broughtBack })
        : [
              `The local cloud ${alreadyRunning ? "runs already" : "runs"} at ${endpoint} (process ${pid}); ${tasksText(info)}.`,
              ...(broughtBack.length > 0
                  ? [`Back from where it was stopped: ${environmentsText(broughtBack)}; hosts boot again.`]
                  : []),
              show(line`Next: eval "$(${onSameCloud(options, "env")})"`),
              "",
          ].join("\n");
}
