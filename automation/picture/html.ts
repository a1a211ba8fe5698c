/** HTML that is safe as it is: made by `html`, or a constant of this program. */
export class Markup {
    constructor(readonly text: string) {}
}

/** What a template takes: text is escaped, and what is not there is left out. */
export type Content = string | number | Markup | readonly Content[] | undefined | false;

const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

/**
 * Text as HTML shows it, between tags and in quoted attributes. What HTML has no character for is shown as U+FFFD
 * (https://html.spec.whatwg.org/multipage/parsing.html#parse-error-control-character-in-input-stream).
 */
export function escapeHtml(text: string): string {
    return text
        .replace(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, (one) =>
            /[\t\n]/.test(one) ? one : "\uFFFD",
        )
        .replace(/[&<>"']/g, (one) => entities[one] ?? one);
}

/** Fills a template: everything that is not Markup itself is escaped. Values stand between tags or in quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
    const fixed = parts.map((part) => part.replace(/\n\s+/g, "\n"));
    return new Markup(fixed.map((part, index) => `${part}${textOf(values[index])}`).join(""));
}

function textOf(content: Content): string {
    if (content === undefined || content === false) {
        return "";
    }
    if (content instanceof Markup) {
        return content.text;
    }
    return typeof content === "object" ? content.map(textOf).join("") : escapeHtml(String(content));
}
