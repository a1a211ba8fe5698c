import { readPage } from "../docs/pages";

/** What a reader of a guide does next: types lines into a shell, or writes a file. */
export type Step =
    | {
          readonly kind: "script";
          readonly line: number;
          readonly text: string;
          /** What the page says that it ends with. @default - 0 */
          readonly exitCode: number;
      }
    | { readonly kind: "file"; readonly line: number; readonly text: string; readonly name: string };

/**
 * The steps of a guide, in order. A block of `sh` is typed, unless `<!-- not played: why -->` stands before it;
 * `<!-- exit 5 -->` there says how it ends. A block of YAML whose first line is `# Pulumi.dev.yaml` is that file, and one of
 * TypeScript is `index.ts`.
 */
export function stepsOf(page: string): readonly Step[] {
    const text = readPage(page);
    const blocks = text.matchAll(/(?:^<!-- ([^\n]*) -->\n\n)?^```(sh|yaml|ts)\n(.*?)^```$/gms);
    return [...blocks].flatMap((match): readonly Step[] => {
        const [, mark = "", language = "", code = ""] = match;
        const line = text.slice(0, match.index).split("\n").length;
        if (mark.startsWith("not played: ")) {
            return [];
        }
        if (language === "sh") {
            const exitCode = Number(/^exit (\d+)$/.exec(mark)?.[1] ?? 0);
            return [{ kind: "script", line, text: code, exitCode }];
        }
        const name = language === "ts" ? "index.ts" : /^# (Pulumi\.\w+\.yaml)\n/.exec(code)?.[1];
        return name === undefined ? [] : [{ kind: "file", line, text: code, name }];
    });
}
