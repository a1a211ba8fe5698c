import type { ImageLock } from "../../components/model/images/imageLock";
import type { Problem } from "../../components/model/problem";
import { AppError } from "../errors/appError";
import type { Caller } from "../ports/aws";
import type { Aws } from "../ports/awsServices";
import { requireSamePlace } from "./accountGuard";
import { checkCluster } from "./cluster";
import type { ImageSources } from "./images/contracts";
import { warning, warningsOf, type Findings } from "./finding";
import { checkInstanceProfile, checkInstanceType, checkKeyPair } from "./hosts";
import { checkHostImage } from "./image";
import { checkNetwork } from "./network";
import type { PreflightRequest } from "./request";

export interface PreflightReport {
    readonly caller: Caller;
    readonly warnings: readonly Problem[];
    /** What the environment is or would be locked to; missing where the caller may not ask. */
    readonly hostImage?: ImageLock;
}

/** A check that AWS does not answer says nothing about the settings. */
const unanswered = new Set(["AWS_ACCESS_DENIED", "AWS_FAILED"]);

/**
 * Asks AWS, read-only, everything that can be known before anything is created; all checks at once, all problems
 * together. A check that the caller may not make is a warning.
 * @throws AppError with one line a problem; its code is that of the problems, PREFLIGHT_FAILED when they differ,
 * or AWS_ACCOUNT_MISMATCH alone, because what is found elsewhere says nothing about the environment
 */
export async function runPreflight(
    aws: Aws,
    sources: ImageSources,
    request: PreflightRequest,
): Promise<PreflightReport> {
    const { settings } = request;
    const network = checkNetwork(aws, settings.network);
    const whoWeAre = aws.identity.caller();
    const image = whoWeAre.then(({ region }) => checkHostImage(aws, sources, request, region));
    const checks: readonly (readonly [path: string, what: string, findings: Promise<Findings>])[] = [
        ["clusterName", "whether the cluster's name is free", checkCluster(aws, request)],
        ["hostImage.filter", "which images there are", image.then(({ findings }) => findings)],
        ["network", "the network", network.then((report) => report.findings)],
        [
            "hosts.instanceType",
            "where the instance type is offered",
            network
                .catch(() => ({ subnets: [] }))
                .then((report) => checkInstanceType(aws, settings, report.subnets)),
        ],
        ["instanceRole", "the instance profile", checkInstanceProfile(aws, settings.instanceRole)],
        ["hosts.keyName", "the key pair", checkKeyPair(aws, settings.hosts.keyName)],
    ];
    const [caller, hostImage, ...results] = await Promise.allSettled([
        whoWeAre,
        image,
        ...checks.map(([path, what, findings]) => tolerate(path, what, findings)),
    ]);
    if (caller.status === "fulfilled") {
        requireSamePlace(caller.value, request.clusterArn);
    }
    const findings = results.flatMap((result) => valueOf(result, caller));
    const warnings = warningsOf(findings);
    const { image: lock } = hostImage.status === "fulfilled" ? hostImage.value : {};
    return {
        caller: valueOf(caller, caller),
        warnings,
        hostImage: lock,
    };
}

async function tolerate(path: string, what: string, findings: Promise<Findings>): Promise<Findings> {
    try {
        return await findings;
    } catch (error) {
        if (error instanceof AppError && unanswered.has(error.code)) {
            return [warning(error.code, path, `could not check ${what}: ${error.message}`)];
        }
        throw error;
    }
}

/** Without credentials every check fails alike; what the question who we are has to say is the clearest. */
function valueOf<T>(result: PromiseSettledResult<T>, caller: PromiseSettledResult<unknown>): T {
    if (result.status === "fulfilled") {
        return result.value;
    }
    throw caller.status === "rejected" ? caller.reason : result.reason;
}
