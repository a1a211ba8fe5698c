import path from "node:path";

import { calendarDate } from "../../components/model/calendarDate";
import { formatSeconds } from "../output/durations";
import type { Clock } from "../ports/io";
import type { PackageChange, Pint, PintQuery, PintResult } from "../ports/pint";
import { cacheDirectory } from "../setup/cacheDirectory";
import { secondsSince } from "./cacheFile";
import { fetchRecords, type Failure, type PintLimits } from "./fetchRecords";
import { fetchText } from "./fetchText";
import { imagesAddress } from "./imagesAddress";
import { keep, readKept } from "./keptAnswer";
import { forgetFailure, keepFailure, readFailure } from "./lastFailure";
import { readPackagePage } from "./packagePage";
import { readRecords } from "./records";

export interface PintOptions {
    /** Tells where pint and the cache are. */
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
    readonly clock: Pick<Clock, "now">;
    /** @default 10 s for each of two attempts */
    readonly limits?: PintLimits;
    /** For those who only want advice. @default 3 s for the only attempt */
    readonly adviceLimits?: PintLimits;
}

const usualLimits: PintLimits = { attempts: 2, attemptMilliseconds: 10_000, pauseMilliseconds: 500 };
// pint answers within a second; whoever waits longer for advice alone waits in vain.
const usualAdviceLimits: PintLimits = { attempts: 1, attemptMilliseconds: 3_000, pauseMilliseconds: 0 };

/** SUSE changes its records once a day at most. */
const adviceMaxAgeSeconds = 3600;
/** For so long after a failure nobody waits for advice again. */
const failureSeconds = 600;

/** SUSE's public cloud information service; what it answered last is kept in the cache directory. */
export function createPint(options: PintOptions): Pint {
    return {
        images: (query) => images(query, options),
        packageChanges: (page) => packageChanges(page, options),
    };
}

async function images(query: PintQuery, options: PintOptions): Promise<PintResult> {
    const { env, signal, clock } = options;
    const { region, state = "all", forAdvice = false, about } = query;
    const url = imagesAddress(env, query);
    const file = path.join(cacheDirectory(env), "pint", `${encodeURIComponent(region)}-${state}.json`);
    const now = clock.now();
    const read = (records: readonly unknown[]) => readRecords(records, region, calendarDate(now));
    const kept = await readKept(file, url);
    const cached = kept && {
        ...read(kept.records),
        kind: "cached" as const,
        ageSeconds: secondsSince(kept.fetchedAt, now),
    };
    const isNew = cached !== undefined && cached.ageSeconds <= adviceMaxAgeSeconds;
    if (forAdvice && isNew && (about === undefined || cached.images.some(({ name }) => name === about))) {
        return cached;
    }
    const without = ({ what, unknownRegion }: Failure): PintResult => {
        const reason = `${forAdvice ? "pint" : url} ${what}`;
        return cached === undefined ? { kind: "unavailable", reason, unknownRegion } : { ...cached, reason };
    };
    const failure = forAdvice ? await recentFailure(file, url, now) : undefined;
    if (failure !== undefined) {
        return without(failure);
    }
    const { limits = usualLimits, adviceLimits = usualAdviceLimits } = options;
    const fetched = await fetchRecords(url, signal, forAdvice ? adviceLimits : limits);
    if ("records" in fetched) {
        await keep(file, url, { records: fetched.records, fetchedAt: now });
        await forgetFailure(file);
        return { ...read(fetched.records), kind: "fresh" };
    }
    await keepFailure(file, url, { ...fetched, failedAt: now });
    return without(fetched);
}

async function recentFailure(file: string, url: string, now: Date): Promise<Failure | undefined> {
    const failure = await readFailure(file, url);
    const ago = failure === undefined ? Infinity : secondsSince(failure.failedAt, now);
    return failure !== undefined && ago <= failureSeconds
        ? { ...failure, what: `${failure.what}, ${formatSeconds(ago)} ago` }
        : undefined;
}

const maxPageBytes = 4 * 2 ** 20;

async function packageChanges(
    page: string,
    { signal, adviceLimits = usualAdviceLimits }: PintOptions,
): Promise<readonly PackageChange[] | undefined> {
    const limits = { milliseconds: adviceLimits.attemptMilliseconds, bytes: maxPageBytes };
    const answer = await fetchText(page, "text/html", signal, limits);
    return "text" in answer && answer.status === 200 ? readPackagePage(answer.text) : undefined;
}
