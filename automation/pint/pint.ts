import path from "node:path";

import { calendarDate } from "../../components/model/calendarDate";
import type { Clock } from "../ports/io";
import type { Pint, PintQuery, PintResult } from "../ports/pint";
import { cacheDirectory } from "../setup/cacheDirectory";
import { fetchRecords, type PintLimits } from "./fetchRecords";
import { imagesAddress } from "./imagesAddress";
import { keep, readKept } from "./keptAnswer";
import { readRecords } from "./records";

export interface PintOptions {
    /** Tells where pint and the cache are. */
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
    readonly clock: Pick<Clock, "now">;
    /** @default 10 s for each of two attempts */
    readonly limits?: PintLimits;
}

const usualLimits: PintLimits = { attemptMilliseconds: 10_000, pauseMilliseconds: 500 };

/** SUSE's public cloud information service; what it answered last is kept in the cache directory. */
export function createPint(options: PintOptions): Pint {
    return { images: (query) => images(query, options) };
}

async function images(query: PintQuery, options: PintOptions): Promise<PintResult> {
    const { env, signal, clock, limits = usualLimits } = options;
    const url = imagesAddress(env, query);
    const file = path.join(
        cacheDirectory(env),
        "pint",
        `${encodeURIComponent(query.region)}-${query.state ?? "all"}.json`,
    );
    const now = clock.now();
    const read = (records: readonly unknown[]) => readRecords(records, query.region, calendarDate(now));
    const kept = await readKept(file, url);
    // A clock that was set back must not make an answer younger than new.
    const ageSeconds = Math.max(0, (now.getTime() - (kept?.fetchedAt.getTime() ?? 0)) / 1000);
    if (kept !== undefined && ageSeconds <= (query.maxAgeSeconds ?? -1)) {
        return { kind: "cached", ...read(kept.records), ageSeconds };
    }
    const fetched = await fetchRecords(url, signal, limits);
    if ("records" in fetched) {
        await keep(file, url, { records: fetched.records, fetchedAt: now });
        return { kind: "fresh", ...read(fetched.records) };
    }
    const { reason, unknownRegion } = fetched;
    return kept === undefined
        ? { kind: "unavailable", reason, unknownRegion }
        : { kind: "cached", ...read(kept.records), ageSeconds, reason };
}
