import type { EC2 } from "@aws-sdk/client-ec2";
import type { Cloud } from "./cloud";
import type { RuntimeParts } from "./containers/connectContainers";
import { LoopbackBalancers } from "./balancing/loopbackBalancers";
import type { ContainerRuntime } from "./containers/runtime";
import { SimulatedContainers } from "./containers/simulatedContainers";
import { LocalRegistry } from "./ecr/localRegistry";
import { RegionDoors } from "./ecr/regionDoors";
import { ManagedScaling } from "./ecs/managedScaling";
import { reconcileTasks } from "./ecs/serviceScheduler";
import { EcsState } from "./ecs/state";
import { control, controlPrefix } from "./front/control";
import { dispatch } from "./front/dispatch";
import { Faults } from "./front/faults";
import { Holds } from "./front/holds";
import { Forwarder } from "./front/forward";
import type { FrontServer } from "./front/listen";
import { RequestLog } from "./front/requestLog";
import { HostSimulator } from "./hosts/hostSimulator";
import { hideImages } from "./images/motoImages";
import { writeKept } from "./keeping/keptFiles";
import { bringBackMemory, keepMemory, type KeptMemory } from "./keeping/memory";
import { KeyedLock } from "./keyedLock";
import { MotoClients } from "./moto/motoClients";
import type { Moto } from "./moto/motoProcess";
import { Schedules } from "./scheduler/schedules";
import { serveSessions, sessionsPath } from "./sessions/serveSessions";
import { resolveLocalSettings } from "./settings";
import type { LocalSettings, LocalSettingsChange } from "./settings";
import { Settling } from "./settling";
import { Timers } from "./timers";

export interface ServeOptions {
    readonly directory: string;
    /** Path of the registry that keeps images. @default - one on PATH */
    readonly registry?: string;
    readonly settings: LocalSettingsChange;
    readonly report: (error: unknown) => void;
    /** What runs containers. @default - nothing does */
    readonly runtimeFor?: (parts: RuntimeParts) => ContainerRuntime;
}

/** Puts the front and the simulator before a moto that runs, gives them back what was kept, and opens the doors. Gives what ends them. */
export async function serveCloud(
    front: FrontServer,
    moto: Moto,
    options: ServeOptions,
    kept: KeptMemory | undefined,
): Promise<() => Promise<void>> {
    const forwarder = new Forwarder(moto.port);
    const { cloud, change, reset } = createCloud(new MotoClients(moto.port), forwarder, options);
    if (kept !== undefined) {
        await bringBackMemory(cloud, kept);
    }
    const fronts = { faults: new Faults(), holds: new Holds(), log: new RequestLog() };
    const keep = (): Promise<void> =>
        writeKept(options.directory, { port: front.port, memory: keepMemory(cloud) }, () => moto.keep());
    const parts = { cloud, forwarder, ...fronts, change, reset, keep };
    const health = (): object => ({
        pid: process.pid,
        directory: options.directory,
        motoPid: moto.pid,
        containers: cloud.containers.info,
        pendingTimers: cloud.timers.count,
    });
    front.serveUpgrades(sessionsPath, serveSessions(cloud));
    front.serve((incoming, outgoing) =>
        incoming.url?.startsWith(controlPrefix) === true
            ? control({ ...parts, health }, incoming, outgoing)
            : dispatch(parts, incoming, outgoing),
    );
    return async () => {
        cloud.timers.clear();
        cloud.registryDoors.close();
        cloud.registry.close();
        cloud.balancers.clear();
        await cloud.containers.close();
        forwarder.close();
    };
}

/** The local cloud with the handles that only its own controls use. */
interface ControlledCloud {
    readonly cloud: Cloud;
    readonly change: (settings: LocalSettingsChange) => LocalSettings;
    readonly reset: () => Promise<void>;
}

/** What tests and people may change of a cloud while it runs. */
function changeable(directory: string, given: LocalSettingsChange) {
    let changes: LocalSettingsChange = {};
    const state = {
        settings: resolveLocalSettings(changes),
        change: (next: LocalSettingsChange): LocalSettings => {
            changes = { ...changes, ...next };
            state.settings = resolveLocalSettings(changes);
            hideImages(directory, state.settings.imagesOn);
            return state.settings;
        },
    };
    state.change(given);
    return state;
}

function createCloud(moto: MotoClients, forwarder: Forwarder, options: ServeOptions): ControlledCloud {
    const { directory, report } = options;
    const state = changeable(directory, options.settings);
    const regions = new Map<string, Promise<void>>();
    const memories = emptyMemories();
    const parts = {
        moto,
        ecs: new EcsState((clusterArn) => {
            reconcileTasks(cloud, clusterArn);
            scaling.changed(clusterArn);
            cloud.containers.tasksChanged();
        }),
        ...memories,
        registry: new LocalRegistry(directory, options.registry),
        registryDoors: new RegionDoors((): Cloud => cloud),
        ...runtimeOf(options, () => cloud),
        timers: new Timers(report),
        locks: new KeyedLock(),
        schedules: new Schedules((): Cloud => cloud),
        settling: new Settling(() => state.settings.settlingSeconds),
        forward: (request: Parameters<Cloud["forward"]>[0]) => forwarder.buffered(request),
        prepareRegion: (region: string) => {
            const prepared = regions.get(region) ?? seedNetwork(moto.ec2(region));
            regions.set(region, prepared);
            prepared.catch(() => regions.delete(region));
            return prepared;
        },
        report,
        get settings() {
            return state.settings;
        },
    };
    const cloud: Cloud = Object.assign(parts, { hosts: new HostSimulator(parts) });
    const scaling = new ManagedScaling(cloud);
    const reset = async (): Promise<void> => {
        cloud.timers.clear();
        await cloud.hosts.clear();
        Object.values(memories).forEach((memory) => memory.clear());
        cloud.settling.clear();
        cloud.ecs.clear();
        await cloud.containers.clear();
        cloud.balancers.clear();
        scaling.clear();
        cloud.schedules.clear();
        regions.clear();
        await cloud.registry.clear();
        await moto.reset();
    };
    const changeAll = (next: LocalSettingsChange): LocalSettings => {
        const changed = state.change(next);
        cloud.schedules.clockChanged().catch(report);
        return changed;
    };
    return { cloud, change: changeAll, reset };
}

/** What runs containers, and sends them requests. */
function runtimeOf(
    { runtimeFor, report }: ServeOptions,
    cloud: () => Cloud,
): Pick<Cloud, "containers" | "balancers"> {
    const ofEngine = runtimeFor?.({
        ecs: () => cloud().ecs,
        moto: () => cloud().moto,
        accessToRegistry: (region) => cloud().registryDoors.access(region),
        report,
    });
    return {
        containers: ofEngine ?? new SimulatedContainers(cloud),
        balancers: new LoopbackBalancers(cloud),
    };
}

/** What the local cloud remembers of what moto knows nothing of. */
function emptyMemories(): Pick<
    Cloud,
    | "volumes"
    | "ailments"
    | "badImages"
    | "ebsKeys"
    | "failedLaunches"
    | "lifecycleActions"
    | "launches"
    | "commands"
    | "registryTokens"
    | "layerUploads"
    | "sessions"
    | "waitingSessions"
> {
    return {
        volumes: new Map(),
        ailments: new Map(),
        badImages: new Map(),
        ebsKeys: new Map(),
        failedLaunches: new Map(),
        lifecycleActions: new Map(),
        launches: new Map(),
        commands: new Map(),
        registryTokens: new Map(),
        layerUploads: new Map(),
        sessions: new Set(),
        waitingSessions: new Map(),
    };
}

/**
 * Gives the default VPC the internet gateway and default route that AWS gives it and moto does not.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 */
async function seedNetwork(ec2: EC2): Promise<void> {
    const { Vpcs: vpcs } = await ec2.describeVpcs({ Filters: [{ Name: "is-default", Values: ["true"] }] });
    const vpcId = vpcs?.[0]?.VpcId;
    if (vpcId === undefined) {
        return;
    }
    const { RouteTables: tables } = await ec2.describeRouteTables({
        Filters: [{ Name: "vpc-id", Values: [vpcId] }],
    });
    const main = tables?.find((table) => table.Associations?.some(({ Main }) => Main));
    if (main?.Routes?.some(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0")) {
        return;
    }
    const { InternetGateway: gateway } = await ec2.createInternetGateway({});
    await ec2.attachInternetGateway({ InternetGatewayId: gateway?.InternetGatewayId, VpcId: vpcId });
    await ec2.createRoute({
        RouteTableId: main?.RouteTableId,
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId: gateway?.InternetGatewayId,
    });
}
