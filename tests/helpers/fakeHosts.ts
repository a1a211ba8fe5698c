import type {
    ClusterSurvey,
    EmptyClusterRequest,
    Evidence,
    EvidenceItem,
    EvidenceRequest,
    HostActions,
    PreflightRequest,
    ReadyReport,
    ReadyRequest,
} from "../../automation/hosts/contracts";
import type { ReplacementStep } from "../../automation/hosts/replacement/displacement";
import type { HostImageQuestion } from "../../automation/preflight/preflight";
import { warningsOf } from "../../automation/preflight/warnings";
import type { Findings } from "../../components/model/checks/finding";
import type { Host } from "../../automation/ports/aws";
import type { ImageLock } from "../../components/model/images/imageLock";

/** What the fake of AWS answers. */
export interface FakeHostsOptions {
    readonly hosts?: readonly Host[];
    readonly survey?: Partial<ClusterSurvey>;
    /** Hosts to replace, at every look; those that have been drained since are left out. */
    readonly replacement?: readonly ReplacementStep[] | (() => readonly ReplacementStep[]);
    /** Hosts that need no replacement, beside those that have been drained. @default 0 */
    readonly current?: number;
    readonly removedFromCluster?: readonly EvidenceItem[];
    readonly kept?: readonly EvidenceItem[];
    readonly left?: readonly EvidenceItem[];
    readonly errors?: Partial<Record<keyof HostActions, Error>>;
    /** The best image for new hosts. @default - `chosenImage` */
    readonly image?: ImageLock;
    /** What the checks find, of the image alone or of everything. */
    readonly imageFindings?: Findings;
    /** Seconds that the hosts need to get ready. */
    readonly readySeconds?: number;
}

/** What an environment is locked to by its first `up`. */
export const chosenImage: ImageLock = {
    id: "ami-0123456789abcdef0",
    name: "suse-sles-15-sp7-v20260910-ecs-hvm-ssd-x86_64",
    date: "20260910",
    region: "us-east-1",
};

/** A connected host. */
export function readyHost(instanceId: string, zone = "us-east-1a"): Host {
    return {
        instanceId,
        state: "running",
        zone,
        subnetId: "subnet-1",
        instanceType: "t3.small",
        imageId: "ami-1",
        hasInstanceProfile: true,
        tags: {},
    };
}

/** What was asked, in order. */
export interface HostRequests {
    readonly preflight: PreflightRequest[];
    readonly findHostImage: HostImageQuestion[];
    readonly waitUntilReady: ReadyRequest[];
    readonly emptyCluster: EmptyClusterRequest[];
    readonly gatherEvidence: EvidenceRequest[];
}

/** Host actions that keep what they were asked. */
export function createFakeHostActions(
    options: FakeHostsOptions,
    calls: string[],
    requests: HostRequests,
    clock: { now(): Date; tick(seconds: number): void },
): HostActions {
    const answer = <T>(method: keyof HostActions, value: T): Promise<T> => {
        calls.push(`aws ${method}`);
        const error = options.errors?.[method];
        return error === undefined ? Promise.resolve(value) : Promise.reject(error);
    };
    const caller = {
        accountId: "123456789012",
        arn: "arn:aws:iam::123456789012:user/ann",
        region: "us-east-1",
    };
    const replaced = new Set<string>();
    return {
        preflight: async (request) => {
            requests.preflight.push(request);
            const hostImage = request.settings.hostImage.lock ?? options.image ?? chosenImage;
            const { imageFindings = [] } = options;
            const report = await answer("preflight", { caller, hostImage, warnings: imageFindings });
            warningsOf(imageFindings);
            return report;
        },
        findHostImage: (question) => {
            requests.findHostImage.push(question);
            return answer("findHostImage", {
                findings: options.imageFindings ?? [],
                image: question.hostImage.lock ?? options.image ?? chosenImage,
            });
        },
        waitUntilReady: (request): Promise<ReadyReport> => {
            requests.waitUntilReady.push(request);
            clock.tick(options.readySeconds ?? 42);
            const hosts = options.hosts ?? [readyHost("i-0a1b2c3d4e5f60718")];
            return answer("waitUntilReady", {
                clusterName: request.settings.clusterName,
                hosts,
                wantedHosts: hosts.length,
                seconds: options.readySeconds ?? 42,
            });
        },
        survey: () =>
            answer("survey", {
                hosts: [],
                services: [],
                standaloneTasks: [],
                volumes: [],
                ...options.survey,
            }),
        planReplacement: () => {
            const { replacement = [] } = options;
            const all = typeof replacement === "function" ? replacement() : replacement;
            const steps = all.filter(({ host }) => !replaced.has(host.instanceId));
            const current = (options.current ?? 0) + all.length - steps.length;
            return answer("planReplacement", { steps, current });
        },
        drainHost: ({ step: { host } }) => {
            calls.push(`aws drainHost ${host.instanceId}`);
            const error = options.errors?.drainHost;
            if (error !== undefined) {
                return Promise.reject(error);
            }
            replaced.add(host.instanceId);
            return Promise.resolve();
        },
        renewHost: ({ instanceId }) => {
            calls.push(`aws renewHost ${instanceId}`);
            return Promise.resolve();
        },
        reopenHost: ({ host }) => {
            calls.push(`aws reopenHost ${host.instanceId}`);
            return Promise.resolve();
        },
        emptyCluster: (request) => {
            requests.emptyCluster.push(request);
            return answer("emptyCluster", options.removedFromCluster ?? []);
        },
        gatherEvidence: (request): Promise<Evidence> => {
            requests.gatherEvidence.push(request);
            clock.tick(30);
            return answer("gatherEvidence", {
                environment: request.environment,
                stack: request.stack,
                accountId: caller.accountId,
                region: caller.region,
                startedAt: request.startedAt.toISOString(),
                finishedAt: clock.now().toISOString(),
                removed: [...request.removedFromCluster, ...request.deletedByEngine],
                kept: options.kept ?? [],
                left: options.left ?? [],
            });
        },
    };
}
