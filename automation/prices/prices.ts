import path from "node:path";

import { bundledPrices, type KnownPrices, type PriceList } from "../../components/model/cost/prices";
import { AppError } from "../errors/appError";
import { isRecent, LastAnswers, recentFailure, type NoAnswer } from "../output/lastAnswers";
import type { Context } from "../ports/context";
import type { PriceQuery, Prices, PricingService } from "../ports/prices";
import { answerFolderOf } from "../setup/answerFolderOf";

export interface PriceOptions extends Pick<Context, "clock" | "signal"> {
    readonly pricing: PricingService;
    /** Where the list is asked for, if that is not AWS itself. */
    readonly endpoint?: string;
    /** Folder of the last answers. @default - none is kept */
    readonly folder?: string;
    /** How long AWS may take. @default 4000 */
    readonly milliseconds?: number;
}

/** AWS changes prices a few times a year, and says so beforehand. */
const freshSeconds = 7 * 24 * 3600;

/**
 * AWS's price list, asked for once a week. Where it cannot be asked its last answer counts, else the prices that come along:
 * nobody is kept from work by not knowing what it costs.
 */
export function createPrices(options: PriceOptions): Prices {
    return { of: (query) => findPrices(query, options) };
}

/** A list, and the instance types that it was asked for. */
interface Kept {
    readonly list: PriceList;
    readonly types: readonly string[];
}

async function findPrices(query: PriceQuery, options: PriceOptions): Promise<KnownPrices> {
    const { clock, signal, folder, endpoint } = options;
    const file = folder && path.join(folder, `${encodeURIComponent(query.region)}.json`);
    const last = new LastAnswers(file, endpoint ?? "");
    const answer = await last.answer();
    const kept = readKept(answer?.records[0], query.region);
    const isKept = kept !== undefined && query.instanceTypes.every((type) => kept.types.includes(type));
    const now = clock.now();
    if (answer !== undefined && isKept && isRecent(answer.fetchedAt, now, freshSeconds)) {
        return fromList(kept.list, answer.fetchedAt, endpoint);
    }
    const types = [...new Set([...(kept?.types ?? []), ...query.instanceTypes])];
    const recent = await recentFailure(last, now);
    const got = recent ?? (await ask({ ...query, instanceTypes: types }, options));
    if ("list" in got) {
        await last.keepAnswer({ records: [got], fetchedAt: now });
        await last.forgetFailure();
        return fromList(got.list, now, endpoint);
    }
    signal.throwIfAborted();
    if (recent === undefined) {
        await last.keepFailure({ ...got, failedAt: now });
    }
    return answer !== undefined && isKept
        ? fromList(kept.list, answer.fetchedAt, endpoint)
        : { list: bundledPrices, source: { kind: "bundled", reason: got.what } };
}

async function ask(query: PriceQuery, options: PriceOptions): Promise<Kept | NoAnswer> {
    const { pricing, signal, milliseconds = 4000 } = options;
    const limit = AbortSignal.timeout(milliseconds);
    const no = (what: string): NoAnswer => ({ what, unknownRegion: false });
    try {
        const list = await pricing.list(query, AbortSignal.any([signal, limit]));
        return list === undefined
            ? { what: `AWS's price list has nothing for ${query.region}`, unknownRegion: true }
            : { list, types: query.instanceTypes };
    } catch (error) {
        if (limit.aborted) {
            return no(`AWS's price list did not answer within ${milliseconds / 1000} s`);
        }
        if (error instanceof AppError || signal.aborted) {
            return no((error as Error).message);
        }
        throw error;
    }
}

function fromList(list: PriceList, at: Date, endpoint: string | undefined): KnownPrices {
    return { list, source: { kind: "aws", askedAt: at.toISOString(), ...(endpoint && { endpoint }) } };
}

/** What an earlier version may have kept in another form is no answer. */
function readKept(record: unknown, region: string): Kept | undefined {
    const { list, types } = (record ?? {}) as Partial<Kept>;
    const isList =
        list?.region === region &&
        [list.hosts, list.volumes, list.usdAnHour].every((part) => typeof part === "object");
    return isList && Array.isArray(types) ? { list, types } : undefined;
}

/** Where prices are asked for, if that is not AWS itself, and where its answers are kept. */
export function placeOfPrices(env: Context["env"]): Pick<PriceOptions, "endpoint" | "folder"> {
    const endpoint = env["AWS_ENDPOINT_URL_PRICING"] || env["AWS_ENDPOINT_URL"] || undefined;
    return { endpoint, folder: answerFolderOf(env, "prices", endpoint ?? "") };
}
