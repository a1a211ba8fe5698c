import { AppError } from "../../errors/appError";
import { renderPicture } from "../../picture/page";
import type { Context } from "../../ports/context";
import { openPage } from "./pageFile";
import { pictureFacts } from "./picture";
import { readMore } from "./readMore";
import { openStatus, type StatusRequest } from "./status";

interface DrawRequest extends StatusRequest {
    /** Where the page goes. */
    readonly html: string;
    readonly watch: boolean;
    readonly output: string;
}

/**
 * Writes the state of an environment as a page.
 * @throws AppError USAGE, PAGE_FILE_UNUSABLE before AWS is asked anything
 */
export async function drawStatus(request: DrawRequest, context: Context): Promise<void> {
    const { html, watch, output, environment } = request;
    const others = [...(watch ? ["--watch"] : []), ...(output === "json" ? ["--output json"] : [])];
    if (others.length > 0) {
        throw new AppError("USAGE", {
            message: `--html is an answer of its own: got ${["--html", ...others].join(" and ")}, expected one of them`,
        });
    }
    const write = await openPage(html, context);
    const { target, read } = await openStatus(request, context);
    const status = await read();
    const more = await readMore(target, status, context);
    const { show, clock } = context;
    const drawn = { now: clock.now(), show };
    await write(`the picture of ${environment}`, renderPicture(pictureFacts(status, more, drawn)));
}
