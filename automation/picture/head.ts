import type { PictureFacts } from "./facts";
import { type Content, html, type Markup } from "./html";
import { counted } from "../output/counted";
import { badge, moment } from "./words";

/** Which environment it is, and how it is at one look. */
export function renderHead(facts: PictureFacts): Markup {
    const { environment, stack, state, drawnAt } = facts;
    return html`<header>
        <p class="kind">ECS environment</p>
        <div class="title">
            <h1>${environment}</h1>
            ${badge(state)}
        </div>
        <p class="quiet">
            ${stack}, drawn <time datetime="${drawnAt.toISOString()}">${moment(drawnAt)}</time>
        </p>
        <dl class="facts">${factsOf(facts).map(([name, value]) => fact(name, value))}</dl>
        ${
            facts.remarks.length > 0 &&
            html`<ul class="remarks">
                ${facts.remarks.map((remark) => html`<li>${remark}</li>`)}
            </ul>`
        }
    </header>`;
}

function factsOf(facts: PictureFacts): readonly (readonly [string, Content])[] {
    const { readyHosts, wantedHosts, services, tasks, lease, costs } = facts;
    return [
        ["Account", facts.accountId],
        ["Region", facts.region],
        ["Cluster", html`${facts.clusterName} ${badge(facts.cluster)}`],
        ["Hosts ready", `${readyHosts} of ${wantedHosts}`],
        ["Running", `${counted(tasks, "task")} of ${counted(services.length, "service")}`],
        ["Lease", lease ?? "none: it stays until it is destroyed"],
        ...(costs === undefined ? [] : [["Costs", costs] as const]),
    ];
}

/** What takes a sentence to say. */
const wideFacts = ["Lease", "Costs"];

function fact(name: string, value: Content): Markup {
    return html`<div class="${wideFacts.includes(name) ? "wide" : "short"}">
        <dt>${name}</dt>
        <dd>${value}</dd>
    </div>`;
}
