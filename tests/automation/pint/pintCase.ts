import path from "node:path";

import { createPint } from "../../../automation/pint/pint";
import type { Pint, PintQuery, PintResult } from "../../../automation/ports/pint";
import { fakeClock } from "../../helpers/io";
import { pintRecord, type FakeAnswer } from "../../helpers/pintServer";
import { makeFolder, removeFolders } from "../../helpers/project";

export const query: PintQuery = { region: "eu-central-1", state: "active" };
export const good: FakeAnswer = { body: JSON.stringify({ images: [pintRecord()] }) };
export const dead: FakeAnswer = { status: 500 };

export function names(result: PintResult): readonly string[] {
    return result.kind === "unavailable" ? [] : result.images.map((image) => image.name);
}

interface PintCase {
    readonly clock: ReturnType<typeof fakeClock>;
    /** Where answers are kept; new in each test, which may choose another. */
    readonly place: { folder: string };
    readonly pintAt: (url: string, signal?: AbortSignal) => Pint;
    /** Asks as a command of its own. */
    readonly ask: (url: string, asked?: PintQuery, signal?: AbortSignal) => Promise<PintResult>;
}

/** A pint with little patience, for the tests of a describe block. */
export function usePint(): PintCase {
    const clock = fakeClock();
    const place = { folder: "" };
    beforeEach(() => {
        place.folder = path.join(makeFolder(), "pint");
    });
    afterEach(removeFolders);
    const pintAt = (url: string, signal = new AbortController().signal): Pint =>
        createPint({
            env: { SLES_ECS_PINT_URL: url },
            folder: place.folder,
            signal,
            clock,
            limits: { attempts: 2, attemptMilliseconds: 300, pauseMilliseconds: 10 },
            adviceLimits: { attempts: 1, attemptMilliseconds: 200, pauseMilliseconds: 0 },
        });
    return { clock, place, pintAt, ask: (url, asked = query, signal) => pintAt(url, signal).images(asked) };
}
