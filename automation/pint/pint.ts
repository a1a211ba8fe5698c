import path from "node:path";

import { calendarDate } from "../../components/model/calendarDate";
import { formatSeconds } from "../output/durations";
import type { Clock } from "../ports/io";
import type { PackageChange, Pint, PintQuery, PintResult } from "../ports/pint";
import { cacheDirectory } from "../setup/cacheDirectory";
import { ageSeconds, isRecent } from "./cacheFile";
import { fetchRecords, type Failure, type PintLimits } from "./fetchRecords";
import { fetchText } from "./fetchText";
import { imagesAddress } from "./imagesAddress";
import { keep, readKept } from "./keptAnswer";
import { forgetFailure, keepFailure, readFailure } from "./lastFailure";
import { readPackagePage } from "./packagePage";
import { readRecords, type ReadRecords } from "./records";

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
    const { env, signal, clock, limits = usualLimits, adviceLimits = usualAdviceLimits } = options;
    const { region, state = "all", forAdvice = false, about } = query;
    const url = imagesAddress(env, query);
    const file = path.join(cacheDirectory(env), "pint", `${encodeURIComponent(region)}-${state}.json`);
    const read: Reader = (records) => readRecords(records, region, calendarDate(clock.now()));
    const kept = await readKept(file, url);
    const known = kept && { ...read(kept.records), kind: "cached" as const };
    const age = (): number => (kept === undefined ? Infinity : ageSeconds(kept.fetchedAt, clock.now()));
    if (
        forAdvice &&
        kept !== undefined &&
        known !== undefined &&
        isRecent(kept.fetchedAt, clock.now(), adviceMaxAgeSeconds) &&
        (about === undefined || known.images.some(({ name }) => name === about))
    ) {
        return { ...known, ageSeconds: age() };
    }
    const recent = forAdvice ? await recentFailure(file, url, clock.now()) : undefined;
    const answer = recent ?? (await ask(url, read, signal, forAdvice ? adviceLimits : limits));
    if ("images" in answer) {
        await keep(file, url, { records: answer.records, fetchedAt: clock.now() });
        await forgetFailure(file);
        return { images: answer.images, remarks: answer.remarks, kind: "fresh" };
    }
    if (recent === undefined) {
        await keepFailure(file, url, { ...answer, failedAt: clock.now() });
    }
    const { what, unknownRegion } = answer;
    const reason = `${forAdvice ? "pint" : url} ${what}`;
    return known === undefined
        ? { kind: "unavailable", reason, unknownRegion }
        : { ...known, ageSeconds: age(), reason };
}

type Reader = (records: readonly unknown[]) => ReadRecords;

/** An answer in which nothing can be read is none, and never takes the place of a good one. */
async function ask(
    url: string,
    read: Reader,
    signal: AbortSignal,
    limits: PintLimits,
): Promise<Failure | (ReadRecords & { readonly records: readonly unknown[] })> {
    const fetched = await fetchRecords(url, signal, limits);
    if ("what" in fetched) {
        return fetched;
    }
    const { records } = fetched;
    const { images, remarks } = read(records);
    const [remark] = images.length === 0 ? remarks : [];
    return remark === undefined
        ? { images, remarks, records }
        : { what: `answered with nothing that can be read (${remark})`, unknownRegion: false };
}

async function recentFailure(file: string, url: string, now: Date): Promise<Failure | undefined> {
    const failure = await readFailure(file, url);
    return failure !== undefined && isRecent(failure.failedAt, now, failureSeconds)
        ? { ...failure, what: `${failure.what}, ${formatSeconds(ageSeconds(failure.failedAt, now))} ago` }
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
