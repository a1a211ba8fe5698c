import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const root = path.join(__dirname, "..", "..");

export interface CodeBlock {
    /** Page and line, for messages. */
    readonly place: string;
    readonly language: string;
    readonly text: string;
}

/** Every page that a reader of the repository may open, relative to its root. */
export const pages: readonly string[] = [
    ...readdirSync(root).filter((name) => name.endsWith(".md")),
    ...["docs", "docs/guides", "bench"].flatMap((folder) =>
        readdirSync(path.join(root, folder))
            .filter((name) => name.endsWith(".md"))
            .map((name) => `${folder}/${name}`),
    ),
];

export function readPage(page: string): string {
    return readFileSync(path.join(root, page), "utf8");
}

/** The `@example`s of the components, which editors show whoever uses them. */
export function componentExamples(): readonly CodeBlock[] {
    const files = readdirSync(path.join(root, "components")).filter((name) => name.endsWith(".ts"));
    return files.flatMap((file) => {
        const text = readPage(`components/${file}`);
        return [...text.matchAll(/^ \* @example\n((?: \* .*\n)+)/gm)].map((match) => ({
            place: `components/${file}:${text.slice(0, match.index).split("\n").length}`,
            language: "ts",
            text: (match[1] ?? "").replace(/^ \* /gm, ""),
        }));
    });
}

/** Fenced code of all pages, in languages of interest. */
export function codeBlocks(...languages: readonly string[]): readonly CodeBlock[] {
    return pages.flatMap((page) => {
        const text = readPage(page);
        return [...text.matchAll(/^```(\w+)[^\n]*\n(.*?)^```$/gms)].flatMap((match) => {
            const [, language = "", code = ""] = match;
            const line = text.slice(0, match.index).split("\n").length;
            return languages.includes(language) ? [{ place: `${page}:${line}`, language, text: code }] : [];
        });
    });
}
