import path from "node:path";

import { calendarDate } from "../../components/model/images/imageDate";
import type { Proxies } from "../../components/model/proxy/proxyVariables";
import type { ImageState } from "../../components/model/images/pintRecord";
import { ageSeconds, LastAnswers, recentFailure } from "../output/lastAnswers";
import type { Clock } from "../ports/io";
import { pintAddress, type PintResult } from "../ports/pint";
import { answerFolderOf } from "../setup/answerFolderOf";
import { fetchRecords, type Failure, type PintLimits } from "./fetchRecords";
import { readRecords, type ReadRecords } from "./records";

interface ImagesQuestion {
    readonly region: string;
    /** Undefined for images of every state. */
    readonly state: ImageState | undefined;
    readonly forAdvice: boolean;
}

/** What is needed to ask. */
export interface AskOptions {
    /** Tells where pint is. */
    readonly env: Env;
    /** Folder of the last answers, for when pint gives none. @default - none is kept */
    readonly folder?: string;
    readonly signal: AbortSignal;
    /** Those of the environment variables. */
    readonly proxies: Proxies;
    readonly clock: Pick<Clock, "now">;
    readonly limits: PintLimits;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Asks pint, and answers from what it said last where it is silent. */
export async function askForImages(question: ImagesQuestion, options: AskOptions): Promise<PintResult> {
    const { env, folder, clock } = options;
    const { region, state, forAdvice } = question;
    const url = imagesAddress(env, region, state);
    const fileName = `${encodeURIComponent(region)}-${state ?? "all"}.json`;
    const last = new LastAnswers(folder && path.join(folder, fileName), url);
    const read: Reader = (records) => readRecords(records, region, calendarDate(clock.now()));
    const recent = forAdvice ? await recentFailure(last, clock.now()) : undefined;
    const answer = recent ?? (await ask(url, read, options));
    if ("images" in answer) {
        const { images, remarks, records } = answer;
        await last.keepAnswer({ records, fetchedAt: clock.now() });
        await last.forgetFailure();
        return { images, remarks, kind: "fresh" };
    }
    if (recent === undefined) {
        await last.keepFailure({ ...answer, failedAt: clock.now() });
    }
    const { what, unknownRegion } = answer;
    const reason = `${forAdvice ? "pint" : url} ${what}`;
    const kept = await last.answer();
    return kept === undefined
        ? { kind: "unavailable", reason, unknownRegion }
        : {
              ...read(kept.records),
              kind: "cached",
              ageSeconds: ageSeconds(kept.fetchedAt, clock.now()),
              reason,
          };
}

type Reader = (records: readonly unknown[]) => ReadRecords;

/** An answer in which nothing can be read is none, and never takes the place of a good one. */
async function ask(
    url: string,
    read: Reader,
    { limits, ...sending }: AskOptions,
): Promise<Failure | (ReadRecords & { readonly records: readonly unknown[] })> {
    const fetched = await fetchRecords(url, sending, limits);
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

/** Where pint lists the images that are asked for. */
export function imagesAddress(env: Env, region: string, state: ImageState | undefined): string {
    const images = state === undefined ? "images.json" : `images/${state}.json`;
    return `${pintAddress(env)}/v1/amazon/${encodeURIComponent(region)}/${images}`;
}

/** Where pint lists SUSE's region servers, all of them, and the update servers for a region. */
export function serversAddresses(env: Env, region: string): readonly [string, string] {
    const amazon = `${pintAddress(env)}/v1/amazon`;
    return [
        `${amazon}/servers/regionserver.json`,
        `${amazon}/${encodeURIComponent(region)}/servers/smt.json`,
    ];
}

/** Folder of pint's last answers; undefined where they are of no use later, or there is no place for them. */
export function answerFolder(env: Env): string | undefined {
    return answerFolderOf(env, "pint", pintAddress(env));
}
