import type { PictureFacts, PictureService } from "./facts";
import { html, type Markup } from "./html";
import { counted } from "../output/counted";
import { badge } from "./words";

/** How many hosts of a service are named unasked. */
const unfoldedNames = 8;

/** The services, and where their tasks run. */
export function renderServices({ services }: PictureFacts): Markup {
    return html`<section aria-labelledby="services">
        <h2 id="services">Services</h2>
        ${
            services.length === 0
                ? html`<p class="empty">No services are there.</p>`
                : html`<ul class="cards">
                      ${services.map(serviceCard)}
                  </ul>`
        }
    </section>`;
}

function serviceCard({ name, strategy, state, running, desired, pending, hosts }: PictureService): Markup {
    return html`<li class="service">
        <div class="host-name"><strong>${name}</strong> ${badge(state)}</div>
        <dl class="small">
            <dt>Tasks</dt>
            <dd>${running} of ${desired} running${pending > 0 && `, ${pending} pending`}</dd>
            <dt>Strategy</dt>
            <dd>${strategy}</dd>
            <dt>On</dt>
            <dd>${whereText(hosts)}</dd>
        </dl>
    </li>`;
}

function whereText(hosts: readonly string[]): string | Markup {
    if (hosts.length === 0) {
        return "no host";
    }
    return hosts.length <= unfoldedNames
        ? hosts.join(", ")
        : html`<details>
              <summary>${counted(hosts.length, "host")}</summary>
              ${hosts.join(", ")}
          </details>`;
}
