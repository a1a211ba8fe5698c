import { createHash } from "node:crypto";

import type { PictureFacts } from "./facts";
import { renderHead } from "./head";
import { html, Markup } from "./html";
import { renderImage } from "./image";
import { script } from "./script";
import { renderServices } from "./services";
import { style } from "./style";
import { renderTimeline } from "./timeline";
import { renderTopology } from "./topology";

/**
 * An environment as one page that needs nothing else: no request leaves it, and the only style and script that a browser
 * takes are those in here, by their checksums (https://www.w3.org/TR/CSP3/#grammardef-hash-source).
 */
export function renderPicture(facts: PictureFacts): string {
    const policy = [
        "default-src 'none'",
        `style-src '${checksum(style)}'`,
        `script-src '${checksum(script)}'`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
    const page = html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta http-equiv="Content-Security-Policy" content="${policy}" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="referrer" content="no-referrer" />
                <title>${facts.environment}: ${facts.state.text}</title>
                ${element("style", style)}
            </head>
            <body>
                ${renderHead(facts)}
                <main>
                    ${renderTopology(facts)} ${renderServices(facts)} ${renderImage(facts)}
                    ${renderTimeline(facts)}
                </main>
                <footer>
                    Drawn by sles-ecs. The page is as old as the moment above, and asks nobody for news.
                </footer>
                ${element("script", script)}
            </body>
        </html>`;
    return `${page.text}\n`;
}

/** As it was summed up: not a blank more, which a formatter of templates would add. */
function element(name: "style" | "script", text: string): Markup {
    return new Markup(`<${name}>${text}</${name}>`);
}

function checksum(text: string): string {
    return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
