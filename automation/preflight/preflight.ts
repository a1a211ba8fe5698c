import {
    checkHostImage,
    type HostImageAnswer,
    type HostImageQuestion as ImageQuestion,
} from "../../components/model/checks/hostImage";
import type { KeptVolume } from "../../components/model/checks/keptVolumes";
import type { KeptRepository } from "../../components/model/checks/repositories";
import { runChecks, type ChecksQuestion } from "../../components/model/checks/runChecks";
import { couldNotCheck, type Findings } from "../../components/model/checks/finding";
import { checkVcpusInTurn, type Succession } from "../../components/model/checks/vcpus";
import { calendarDate } from "../../components/model/images/imageDate";
import type { ImageLock } from "../../components/model/images/imageLock";
import type { Caller } from "../ports/aws";
import type { Aws } from "../ports/awsServices";
import { awsReads, imageReads, type ImageSources } from "./awsReads";
import { warningsOf } from "./findings";

/** What is checked, and for whom. Here it is known what the state holds. */
export type PreflightRequest = Omit<ChecksQuestion, "today"> & { readonly stateIsEmpty: boolean };

export interface PreflightReport {
    readonly caller: Caller;
    readonly warnings: Findings;
    /** What the environment is or would be locked to; missing where the caller may not ask. */
    readonly hostImage?: ImageLock;
    /** Docker volumes that were kept and that the hosts take up again. */
    readonly keptVolumes: readonly KeptVolume[];
    /** Repositories that were kept with their images, and that are taken up again or in the state. */
    readonly keptRepositories: readonly KeptRepository[];
}

/** Which environment's host image is looked for, and where it should be. */
export interface HostImageQuestion extends Omit<ImageQuestion, "today"> {
    /** Of the stack's state, if it has one: tells the account and region of the environment. */
    readonly clusterArn?: string;
}

/**
 * Asks AWS and pint, read-only, everything that can be known before anything is created.
 * @throws AppError with one line a problem; its code is that of the problems, PREFLIGHT_FAILED when they differ,
 * or AWS_ACCOUNT_MISMATCH alone
 */
export async function runPreflight(
    aws: Aws,
    sources: ImageSources,
    request: PreflightRequest,
): Promise<PreflightReport> {
    const today = calendarDate(sources.clock.now());
    const { caller, findings, facts } = await runChecks(awsReads(aws, sources), { ...request, today });
    const { lock, keptVolumes, keptRepositories = [] } = facts;
    return {
        ...{ caller, warnings: warningsOf(findings), hostImage: lock },
        ...{ keptVolumes: [...(keptVolumes?.values() ?? [])], keptRepositories },
    };
}

/**
 * Asks AWS, read-only, what can be known before hosts give way to others in turn. What the caller may not ask has been warned of
 * by the checks of the whole.
 * @throws AppError VCPU_QUOTA_TOO_SMALL
 */
export async function preflightInTurn(
    aws: Aws,
    sources: ImageSources,
    request: Pick<PreflightRequest, "environment" | "stack" | "stackId" | "settings">,
    succession: Succession,
): Promise<void> {
    const checks = checkVcpusInTurn(awsReads(aws, sources), request.settings, request, succession);
    const findings = await checks.catch((error: unknown) => [
        couldNotCheck("hosts.instanceType", "the quota of vCPUs", error),
    ]);
    warningsOf(findings);
}

/** The host image of an environment, with everything that speaks against it. Reads only. */
export function findHostImage(
    aws: Pick<Aws, "ec2">,
    sources: ImageSources,
    question: HostImageQuestion,
    region: string,
): Promise<HostImageAnswer> {
    const today = calendarDate(sources.clock.now());
    return checkHostImage(imageReads(aws, sources), { ...question, today }, Promise.resolve(region));
}
