import { bootSteps, lastBoot, type BootStep } from "../../components/model/bootLog";
import { formatSeconds } from "../output/durations";
import type { PictureHost } from "./facts";
import { type Content, html, type Markup } from "./html";
import { badge, hostName, volumeText } from "./words";

/** One host: how far it is, what it keeps where, and what runs on it. */
export function hostCard(host: PictureHost): Markup {
    const { instanceId, state, number, lacks, tasks } = host;
    return html`<li class="host ${state.tone}">
        <div class="host-name">
            <strong>${hostName(host)}</strong>
            ${number !== undefined && html`<code>${instanceId}</code>`} ${badge(state)}
        </div>
        ${lacks !== undefined && html`<p class="lacks">${lacks}</p>`}
        <dl class="small">
            ${rowsOf(host).map(
                ([name, value]) =>
                    html`<dt>${name}</dt>
                        <dd>${value}</dd>`,
            )}
        </dl>
        <ul class="chips" aria-label="Tasks">
            ${
                tasks.length === 0
                    ? html`<li class="none">no tasks</li>`
                    : tasks.map(({ name, count }) => html`<li>${name}${count > 1 && ` × ${count}`}</li>`)
            }
        </ul>
    </li>`;
}

function rowsOf(host: PictureHost): readonly (readonly [string, Content])[] {
    const { agentVersion, storage, volumes, image, instanceType, bootSteps: steps, stage } = host;
    return [
        ["Type", instanceType],
        ["Image", image],
        ["Agent", agentVersion ?? "none yet"],
        ["Storage", storage ?? "not known yet"],
        ...volumes.map((volume) => ["Volume", html`<code>${volumeText(volume)}</code>`] as const),
        ["Boot", steps.length === 0 ? stage : bootText(steps)],
    ];
}

/** `done in 3.2 s`, `failed at storage after 2 min: …`, or the step that is next. */
function bootText(steps: readonly BootStep[]): string {
    const boot = lastBoot(steps);
    const took = formatSeconds(boot.reduce((sum, { seconds }) => sum + seconds, 0));
    const failed = boot.find(({ result }) => result === "failed");
    if (failed !== undefined) {
        return `failed at ${failed.step} after ${took}: ${failed.reason}`;
    }
    const next = bootSteps.find((name) => boot.every(({ step }) => step !== name));
    return next === undefined ? `done in ${took}` : `at ${next}, ${took} so far`;
}
