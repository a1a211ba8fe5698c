import type { PictureFacts, PictureHost, PictureSubnet } from "./facts";
import { hostCard } from "./hostCard";
import { html, type Markup } from "./html";
import { counted } from "../output/counted";
import { volumeText } from "./words";

/** How many hosts of a subnet are shown unasked; those that are not ready always are. */
const unfoldedHosts = 6;

/** VPC, zones, subnets and the hosts in them, with what each carries. */
export function renderTopology(facts: PictureFacts): Markup {
    const vpcs = [...new Set(placesOf(facts).map(({ vpcId }) => vpcId))];
    return html`<section aria-labelledby="hosts">
        <h2 id="hosts">Hosts</h2>
        ${facts.hosts.length === 0 && html`<p class="empty">No hosts are there.</p>`}
        ${vpcs.map((vpcId) => renderVpc(vpcId, facts))}
        ${
            facts.freeVolumes.length > 0 &&
            html`<div class="loose">
                <h3>Docker volumes that no host holds</h3>
                <ul class="plain">
                    ${facts.freeVolumes.map((volume) => html`<li><code>${volumeText(volume)}</code></li>`)}
                </ul>
            </div>`
        }
    </section>`;
}

/** The subnets; one that could not be read is known by its hosts. */
function placesOf({ subnets, hosts }: PictureFacts): readonly PictureSubnet[] {
    const known = new Map(subnets.map((subnet) => [subnet.id, subnet]));
    for (const { subnetId: id, zone } of hosts) {
        known.set(id, known.get(id) ?? { id, zone });
    }
    return [...known.values()].sort((a, b) => compare(a.zone, b.zone) || compare(a.id, b.id));
}

function compare(left: string, right: string): number {
    return left < right ? -1 : left > right ? 1 : 0;
}

function renderVpc(vpcId: string | undefined, facts: PictureFacts): Markup {
    const places = placesOf(facts).filter((place) => place.vpcId === vpcId);
    const zones = [...new Set(places.map(({ zone }) => zone))];
    return html`<div class="vpc">
        <p class="frame">VPC ${vpcId === undefined ? "unknown" : html`<code>${vpcId}</code>`}</p>
        <div class="zones ${zones.length === 1 ? "single" : "several"}">
            ${zones.map((zone) =>
                renderZone(
                    zone,
                    places.filter((place) => place.zone === zone),
                    facts.hosts,
                ),
            )}
        </div>
    </div>`;
}

function renderZone(zone: string, subnets: readonly PictureSubnet[], hosts: readonly PictureHost[]): Markup {
    const ids = new Set(subnets.map(({ id }) => id));
    const here = hosts.filter(({ subnetId }) => ids.has(subnetId));
    const ready = here.filter(isWell).length;
    return html`<div class="zone">
        <h3>
            ${zone}
            <small
                >${here.length === 0 ? "no hosts" : `${ready} of ${counted(here.length, "host")} ready`}</small
            >
        </h3>
        ${subnets.map((subnet) =>
            renderSubnet(
                subnet,
                here.filter(({ subnetId }) => subnetId === subnet.id),
            ),
        )}
    </div>`;
}

function renderSubnet({ id, cidrBlock, isPublic }: PictureSubnet, hosts: readonly PictureHost[]): Markup {
    const ordered = [...hosts.filter((host) => !isWell(host)), ...hosts.filter(isWell)];
    const shown = Math.max(unfoldedHosts, ordered.filter((host) => !isWell(host)).length);
    // One more costs no more room than the line that folds it.
    const split = ordered.length <= shown + 1 ? ordered.length : shown;
    const folded = ordered.slice(split);
    const kind = isPublic === undefined ? undefined : isPublic ? "public addresses" : "no public addresses";
    return html`<div class="subnet">
        <p class="frame">
            Subnet <code>${id}</code>
            ${[cidrBlock, kind].filter((part) => part !== undefined).map((part) => html`<span>${part}</span> `)}
        </p>
        ${split > 0 && hostList(ordered.slice(0, split))}
        ${
            folded.length > 0 &&
            html`<details>
                <summary>${counted(folded.length, "more host")}, ready</summary>
                ${hostList(folded)}
            </details>`
        }
    </div>`;
}

function hostList(hosts: readonly PictureHost[]): Markup {
    return html`<ul class="hosts">
        ${hosts.map(hostCard)}
    </ul>`;
}

function isWell({ state }: PictureHost): boolean {
    return state.tone === "good";
}
