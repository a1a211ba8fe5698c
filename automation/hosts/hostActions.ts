import type { Aws } from "../ports/awsServices";
import type { Clock } from "../ports/io";
import type { Pint } from "../ports/pint";
import { requireSamePlace } from "../environment/accountGuard";
import type { HostActions } from "./contracts";
import { emptyCluster } from "../verbs/destroy/emptyCluster/emptyCluster";
import { gatherEvidence } from "../verbs/destroy/evidence/evidence";
import { drainHost, reopenHost } from "./replacement/drainHost";
import { readReplacement } from "./replacement/readContents";
import { renewHost } from "./replacement/renewHost";
import { findHostImage, runPreflight } from "../preflight/preflight";
import { waitUntilReady } from "./readyGate/readyGate";
import { survey } from "../verbs/destroy/survey";

/** What the verbs need of AWS beside the engine, done for real. */
export function createHostActions(aws: Aws, clock: Clock, loadPint: () => Promise<Pint>): HostActions {
    const sources = { clock, loadPint };
    return {
        preflight: (request) => runPreflight(aws, sources, request),
        findHostImage: async (question) => {
            const caller = await aws.identity.caller();
            requireSamePlace(caller, question.clusterArn);
            return findHostImage(aws, sources, question, caller.region);
        },
        waitUntilReady: (request) => waitUntilReady(aws, clock, request),
        planReplacement: (request) => readReplacement(aws, request),
        drainHost: (request) => drainHost(aws, clock, request),
        reopenHost: (request) => reopenHost(aws, request),
        renewHost: (request) => renewHost(aws, clock, request),
        survey: (request) => survey(aws, request),
        emptyCluster: (request) => emptyCluster(aws, clock, request),
        gatherEvidence: (request) => gatherEvidence(aws, clock, request),
    };
}
