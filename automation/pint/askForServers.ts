import path from "node:path";

import type { SuseServer } from "../../components/model/suseServers";
import type { PintServers, ServersQuery } from "../ports/pint";
import { LastAnswers, recentFailure } from "../output/lastAnswers";
import { serversAddresses, type AskOptions } from "./askForImages";
import { fetchRecords, type Failure } from "./fetchRecords";
import { readServers } from "./serverRecords";

/** Asks pint for SUSE's servers, and answers from what it said last where it is silent. */
export async function askForServers(
    { region, forAdvice = false }: ServersQuery,
    options: AskOptions,
): Promise<PintServers> {
    const { env, folder, clock } = options;
    const urls = serversAddresses(env, region);
    const file = folder && path.join(folder, `${encodeURIComponent(region)}-servers.json`);
    const last = new LastAnswers(file, urls.join(" "));
    const recent = forAdvice ? await recentFailure(last, clock.now()) : undefined;
    const answer = recent ?? (await ask(urls, options));
    if ("servers" in answer) {
        await last.keepAnswer({ records: answer.records, fetchedAt: clock.now() });
        await last.forgetFailure();
        return { kind: "fresh", servers: answer.servers };
    }
    if (recent === undefined) {
        await last.keepFailure({ ...answer, failedAt: clock.now() });
    }
    const reason = `pint ${answer.what}`;
    const kept = await last.answer();
    return kept === undefined
        ? { kind: "unavailable", reason }
        : { kind: "cached", servers: readServers(kept.records), reason };
}

async function ask(
    urls: readonly string[],
    { limits, ...sending }: AskOptions,
): Promise<Failure | { readonly servers: readonly SuseServer[]; readonly records: readonly unknown[] }> {
    const answers = await Promise.all(urls.map((url) => fetchRecords(url, sending, limits, "servers")));
    const failure = answers.find((answer) => "what" in answer);
    if (failure !== undefined) {
        return failure;
    }
    const records = answers.flatMap((answer) => ("records" in answer ? answer.records : []));
    const servers = readServers(records);
    const lacks = (["region", "update"] as const).find((kind) => servers.every((one) => one.kind !== kind));
    return lacks === undefined
        ? { servers, records }
        : { what: `answered without any ${lacks} server`, unknownRegion: false };
}
