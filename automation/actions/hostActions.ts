import type { Aws } from "../ports/awsServices";
import type { Clock } from "../ports/io";
import type { ReadPint } from "../ports/readPint";
import type { HostActions } from "./contracts";
import { emptyCluster } from "./emptyCluster";
import { gatherEvidence } from "./evidence";
import { findHostImage } from "./images/hostImage";
import { runPreflight } from "./preflight";
import { waitUntilReady } from "./readyGate";
import { survey } from "./survey";

/** What the verbs need of AWS beside the engine, done for real. */
export function createHostActions(aws: Aws, clock: Clock, readPint?: ReadPint): HostActions {
    const sources = { clock, ...(readPint === undefined ? {} : { readPint }) };
    return {
        preflight: (request) => runPreflight(aws, sources, request),
        findHostImage: async (question) =>
            findHostImage(aws, sources, question, (await aws.identity.caller()).region),
        waitUntilReady: (request) => waitUntilReady(aws, clock, request),
        survey: (request) => survey(aws, request),
        emptyCluster: (request) => emptyCluster(aws, clock, request),
        gatherEvidence: (request) => gatherEvidence(aws, clock, request),
    };
}
