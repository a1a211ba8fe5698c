import type { PictureHost, PictureVolume, Told } from "./facts";
import { html, type Markup } from "./html";

/** `2026-11-30 20:15 UTC` */
export function moment(date: Date): string {
    return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `Host 2`, or the id of a host of a group. */
export function hostName({ number, instanceId }: Pick<PictureHost, "number" | "instanceId">): string {
    return number === undefined ? instanceId : `Host ${number}`;
}

export function volumeText({ id, sizeGiB, type }: PictureVolume): string {
    return [`${id}:`, `${sizeGiB} GiB`, type].filter((part) => part !== undefined).join(" ");
}

/** A state with its colour. */
export function badge({ text, tone }: Told): Markup {
    return html`<span class="badge ${tone}">${text}</span>`;
}
