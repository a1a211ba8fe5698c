import os from "node:os";
import path from "node:path";

import { renderLine } from "../../components/model/commandLine";
import { AppError } from "../../automation/errors/appError";
import { createProgress } from "../../automation/output/progress";
import type { AwsTarget, Context } from "../../automation/ports/context";
import {
    clusterType,
    hadCluster,
    type Engine,
    type EnvironmentSummary,
    type StateDamage,
} from "../../automation/ports/engine";
import type { Pint } from "../../automation/ports/pint";
import type { LeaseRenewal } from "../../components/model/lease";
import type { ResolvedSettings } from "../../components/model/settings";
import { chosenImage, goodAccount, inEc2 } from "./account";
import { createFakeAws, type FakeAws, type FakeAwsState } from "./fakeAws";
import { FakeStack, type FakeStackOptions } from "./fakeEngine";
import { pintListing } from "./fakePint";
import { FakeWorld, stackIdOf, standing, type WorldOptions } from "./fakeWorld";
import { fakeClock, recordIo, type IoOptions, type RecordedIo } from "./io";

export { chosenImage } from "./account";
export { changes, step, type FakeStackOptions } from "./fakeEngine";

export interface FakeContextOptions extends IoOptions, WorldOptions {
    readonly directory: string;
    readonly stacks?: Readonly<Record<string, FakeStackOptions>>;
    readonly summaries?: readonly EnvironmentSummary[];
    readonly listError?: Error;
    /** What is wrong with the files of whatever state is looked at. @default - nothing is */
    readonly stateDamage?: StateDamage;
    /**
     * What the account has other than that in which the default settings work, and in which every environment that has
     * resources stands with the hosts of its state, or one; or an account of the test's own.
     */
    readonly aws?: Partial<FakeAwsState> | FakeAws;
    /** @default - one that lists the images of the account, all of them active */
    readonly pint?: Pint;
    readonly signal?: AbortSignal;
    /** More environment variables. @default - none */
    readonly env?: Context["env"];
}

export interface FakeContext extends Context {
    readonly io: RecordedIo;
    readonly aws: FakeAws;
    /** What was asked of engine and AWS, in order; reads of AWS that follow one another are one entry. */
    readonly calls: readonly string[];
    /** What the program was run with, each time. */
    readonly settings: readonly ResolvedSettings[];
    /** How each `up` of the engine let the lease go on. */
    readonly leases: readonly (LeaseRenewal | undefined)[];
    /** Where AWS was asked. */
    readonly places: readonly AwsTarget[];
}

/** A context without a world: engine and AWS are fakes that keep what they were asked. */
export function fakeContext(options: FakeContextOptions): FakeContext {
    const io = recordIo(options);
    const still = fakeClock();
    const clock = {
        now: () => still.now(),
        sleep: async (milliseconds: number, signal?: AbortSignal) => {
            await still.sleep(milliseconds, signal);
            world.elapse();
        },
    };
    const calls: string[] = [];
    const aws = accountOf(options);
    aws.onCall = (call) => {
        if (call !== "reads" || calls.at(-1) !== "aws reads") {
            calls.push(`aws ${call}`);
        }
    };
    const world = new FakeWorld(aws, clock, options, calls);
    const settings: ResolvedSettings[] = [];
    const leases: (LeaseRenewal | undefined)[] = [];
    const opened = new Map<string, FakeStack>();
    const engineIn = (directory: string): Engine => ({
        lockOf: (environment) => ({
            holders: () => Promise.resolve(options.stacks?.[environment]?.lockHolders ?? []),
            unlock: () => {
                calls.push(`engine unlock`);
                return Promise.resolve();
            },
        }),
        examineState: () => Promise.resolve(options.stateDamage),
        restoreState: (environment) => {
            calls.push(`engine restore ${environment}`);
            return Promise.resolve();
        },
        list: () => {
            calls.push("engine list");
            return options.listError === undefined
                ? Promise.resolve((options.summaries ?? []).map((one) => readAsOpened(one, options)))
                : Promise.reject(options.listError);
        },
        open: (environment) => {
            const stack = options.stacks?.[environment] ?? { exists: false };
            const known = opened.get(environment);
            if (known !== undefined) {
                // Under its lock an environment is opened once more.
                return Promise.resolve(known);
            }
            calls.push(`engine open ${environment}`);
            if (stack.errors?.open !== undefined) {
                return Promise.reject(stack.errors.open);
            }
            const made = new FakeStack(environment, stack, { directory, world, calls, settings, leases });
            opened.set(environment, made);
            return Promise.resolve(made);
        },
    });
    const places: AwsTarget[] = [];
    return {
        io,
        clock,
        signal: options.signal ?? new AbortController().signal,
        killSignal: new AbortController().signal,
        env: { SLES_ECS_CACHE: path.join(os.tmpdir(), "sles-ecs-test-cache"), ...options.env },
        directory: options.directory,
        version: "1.2.3",
        show: (some) => renderLine(some),
        loadEngine: ({ projectDirectory }) => Promise.resolve(engineIn(projectDirectory)),
        loadAws: (place) => {
            places.push(place);
            return Promise.resolve(aws.inRegion(place.region));
        },
        loadPrices: async ({ pricing }) => {
            const { createPrices } = await import("../../automation/prices/prices");
            return createPrices({ pricing, clock, signal: new AbortController().signal });
        },
        loadImageSource: async () => {
            const { createImageSource } = await import("../../automation/containerSource/imageSource");
            return createImageSource({ env: { ...options.env } });
        },
        loadPint: () => {
            const region = "us-east-1";
            return Promise.resolve(
                options.pint ?? pintListing(aws.state.images.map((image) => ({ ...image, region }))),
            );
        },
        createProgress: () => Promise.resolve(createProgress(io, clock)),
        aws,
        calls,
        settings,
        leases,
        places,
    };
}

/** A list reads each state, as opening does: one that cannot be read has no count. */
function readAsOpened(
    { resourceCount, ...summary }: EnvironmentSummary,
    { stacks = {} }: FakeContextOptions,
): EnvironmentSummary {
    const { errors, lease, region, resources = [], notOurs = [] } = stacks[summary.name] ?? {};
    const stackId = summary.name in stacks ? stackIdOf(summary.name) : summary.stackId;
    if (errors?.open instanceof AppError) {
        const { message, code } = errors.open;
        return { ...summary, unreadable: `${message} (${code})` };
    }
    const cluster = resources.find(({ type }) => type === clusterType);
    const place = {
        stackId: stackIdOf(summary.name),
        hadCluster: hadCluster(resources),
        region,
    };
    return {
        ...summary,
        stackId,
        resourceCount,
        clusterArn: cluster?.id,
        leased: lease && { lease, ...place },
        ...(notOurs.length > 0 && { ofOwnProgram: true as const }),
    };
}

function accountOf({ aws = {}, stacks = {} }: FakeContextOptions): FakeAws {
    if ("aws" in aws) {
        return aws;
    }
    const environments = Object.entries(stacks)
        .filter(([, { resources = [] }]) => resources.length > 0)
        .map(([name, { resources = [], outputs = {} }]) => {
            const ids = resources.filter(({ type }) => type === "aws:ec2/instance:Instance");
            const hosts = ids.map(({ id: instanceId }) => ({ instanceId }));
            const { clusterName } = outputs;
            return standing(
                name,
                (hosts.length === 0 ? [{}] : hosts).map((host) => ({
                    ...host,
                    imageId: chosenImage.id,
                    imageName: chosenImage.name,
                })),
                "us-east-1",
                typeof clusterName === "string" ? clusterName : name,
            );
        });
    return createFakeAws({
        ...goodAccount("us-east-1", [inEc2(chosenImage)]),
        clusters: environments.flatMap(({ clusters }) => clusters),
        instances: environments.flatMap(({ instances }) => instances),
        containerInstances: Object.assign({}, ...environments.map((one) => one.containerInstances)) as Record<
            string,
            []
        >,
        ...aws,
    });
}
