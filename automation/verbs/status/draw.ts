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

/** The state of an environment as a page: HTML that is whole in itself. */
export async function drawPage(request: StatusRequest, context: Context): Promise<string> {
    const { target, read } = await openStatus(request, context);
    const status = await read();
    const more = await readMore(target, status, context);
    const { show, clock } = context;
    return renderPicture(pictureFacts(status, more, { now: clock.now(), show }));
}

/**
 * Writes that page.
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
    await write(`the picture of ${environment}`, await drawPage(request, context));
}
