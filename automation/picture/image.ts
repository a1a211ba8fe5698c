import type { PictureFacts, PictureImage } from "./facts";
import { html, type Markup } from "./html";
import { counted } from "../output/counted";
import { badge } from "./words";

/** The host image, and whether it is time for another one. */
export function renderImage({ image }: PictureFacts): Markup {
    return html`<section aria-labelledby="image">
        <h2 id="image">Host image</h2>
        ${image === undefined ? html`<p class="empty">Nothing is known of the host image.</p>` : imageCard(image)}
    </section>`;
}

function imageCard({ name, id, isLocked, date, ageDays, state, newer, notice, next }: PictureImage): Markup {
    return html`<div class="card">
        <div class="host-name"><strong>${name}</strong> ${badge(state)}</div>
        <dl class="facts">
            <div>
                <dt>Id</dt>
                <dd><code>${id}</code></dd>
            </div>
            <div>
                <dt>Of</dt>
                <dd>${date}, ${counted(ageDays, "day")} ago</dd>
            </div>
            <div>
                <dt>Locked</dt>
                <dd>${isLocked ? "yes" : "no"}</dd>
            </div>
            <div>
                <dt>Newer one</dt>
                <dd>${newer ?? "none"}</dd>
            </div>
        </dl>
        ${notice !== undefined && html`<p class="notice">${notice}</p>`}
        ${next !== undefined && html`<p>Next: <code>${next}</code></p>`}
    </div>`;
}
