import type { RunRecord } from "../../components/model/runRecord";
import { formatSeconds, secondsBetween } from "../output/durations";
import type { PictureFacts, Told } from "./facts";
import { html, type Markup } from "./html";
import { bandsOf, type Band, type Row } from "./bands";
import { TimeScale } from "./timeScale";
import { counted } from "../output/counted";
import { badge, moment } from "./words";

/** As many rows are shown unasked; longer bands are folded. */
const unfoldedRows = 24;
/** So that what took no time can be seen, in percent of the run. */
const thinnest = 0.5;

/** The last runs: the latest drawn open, those before it folded. */
export function renderTimeline({ runs }: PictureFacts): Markup {
    const [latest, ...earlier] = [...runs].reverse();
    return html`<section aria-labelledby="runs">
        <h2 id="runs">Last run</h2>
        ${
            latest === undefined
                ? html`<p class="empty">
                      No run is known. A run is recorded on the machine that it is started on.
                  </p>`
                : html`<div class="card">${runHead(latest)} ${gantt(latest)}</div>`
        }
        ${earlier.length > 0 && html`<h3>Before that</h3>`}
        ${earlier.map(
            (run) =>
                html`<details class="card">
                    <summary>${runHead(run)}</summary>
                    ${gantt(run)}
                </details>`,
        )}
    </section>`;
}

function runHead(run: RunRecord): Markup {
    const start = new Date(run.startedAt);
    const took = formatSeconds(secondsBetween(start, new Date(run.endedAt)));
    const { text, tone, spent } = outcomeOf(run, took);
    return html`<span class="run-head">
        <strong>${run.verb}</strong> ${badge({ text, tone })}
        <span class="quiet"><time datetime="${run.startedAt}">${moment(start)}</time>, ${spent}</span>
    </span>`;
}

function outcomeOf({ outcome, code }: RunRecord, took: string): Told & { readonly spent: string } {
    switch (outcome) {
        case "done":
            return { text: "done", tone: "good", spent: `took ${took}` };
        case "failed":
            return { text: code ? `failed: ${code}` : "failed", tone: "bad", spent: `took ${took}` };
        case "underWay":
            return { text: "no end yet", tone: "doubtful", spent: `${took} so far` };
        case "brokenOff":
            return { text: "ended without an end", tone: "bad", spent: `broke off after ${took}` };
    }
}

function gantt(run: RunRecord): Markup {
    const scale = new TimeScale(run.startedAt, run.endedAt);
    const bands = bandsOf(run);
    const rows = bands.reduce((sum, { rows: { length } }) => sum + length, 0);
    return html`<div class="gantt">
        <div class="row axis">
            <span class="label quiet">Minutes and seconds</span>
            <svg class="track" role="presentation">${scale.marks.map(axisMark)}</svg>
            <span class="took"></span>
        </div>
        ${bands.map((band) => renderBand(band, scale, rows <= unfoldedRows))}
        ${
            run.hosts.length > 0 &&
            html`<ul class="legend" aria-hidden="true">
                ${["starting", "booting", "joining", "ready"].map(
                    (stage) => html`<li><span class="swatch ${stage}"></span>${stage}</li>`,
                )}
            </ul>`
        }
    </div>`;
}

function axisMark({ seconds, percent }: { readonly seconds: number; readonly percent: number }): Markup {
    const anchor = percent < 5 ? "start" : percent > 92 ? "end" : "middle";
    return html`<text x="${percent}%" y="12" text-anchor="${anchor}">${clockText(seconds)}</text>`;
}

/** `1:30` of 90 seconds, `1:00:00` of an hour. */
function clockText(seconds: number): string {
    const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    return minutes < 60
        ? `${minutes}:${two(seconds % 60)}`
        : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function renderBand({ title, noun, rows, took, isPlain }: Band, scale: TimeScale, unfold: boolean): Markup {
    const lines = html`<ul class="rows">
        ${rows.map((row) => html`<li class="row">${cells(row, scale)}</li>`)}
    </ul>`;
    if (isPlain) {
        return lines;
    }
    const all = {
        label: `${title}: ${counted(rows.length, noun)}`,
        took,
        bars: rows.flatMap((row) => row.bars),
    };
    const summary = html`<summary class="row">${cells(all, scale)}</summary>`;
    return unfold
        ? html`<details open>${summary}${lines}</details>`
        : html`<details>${summary}${lines}</details>`;
}

function cells({ label, took, bars }: Row, scale: TimeScale): Markup {
    return html`<span class="label">${label}</span>
        <svg class="track" role="presentation">
            ${scale.marks.map(({ percent }) => html`<line x1="${percent}%" x2="${percent}%" y1="0" y2="100%" />`)}
            ${bars.map((bar) => drawBar(bar, scale))}
        </svg>
        <span class="took">${took}</span>`;
}

function drawBar({ startedAt, endedAt, kind }: Row["bars"][number], scale: TimeScale): Markup {
    const from = Math.min(scale.percent(startedAt), 100 - thinnest);
    const width = Math.max(thinnest, Math.round((scale.percent(endedAt) - from) * 100) / 100);
    return html`<rect class="${kind}" x="${from}%" width="${width}%" y="4" height="10" rx="2" />`;
}
