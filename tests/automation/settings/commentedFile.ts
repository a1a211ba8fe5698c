import fc from "fast-check";

/** One key of a generated settings file. */
interface Entry {
    readonly key: string;
    readonly value: string | readonly Entry[];
    /** How the key and everything below it are commented out, if they are. */
    readonly hash?: "beforeKey" | "firstColumn";
    readonly prose: boolean;
    readonly blank: boolean;
    readonly remark: boolean;
}

/** A settings file as people write them: with prose, empty lines and settings that are commented out at every depth. */
export interface CommentedFile {
    readonly text: string;
    /** The file with one of the settings that are commented out put into force, for each of them. */
    readonly uncommented: (changed: string) => readonly string[];
}

const scalars = fc.constantFrom(
    "1",
    "true",
    '"20260922"',
    "text # with a remark",
    "'quoted'",
    "[a, b]",
    "{ a: 1 }",
);

function entries(prefix: string, depth: number): fc.Arbitrary<readonly Entry[]> {
    const value = depth === 0 ? scalars : fc.oneof(scalars, entries("k", depth - 1));
    const entry = fc.record({
        value,
        hash: fc.constantFrom(undefined, undefined, "beforeKey" as const, "firstColumn" as const),
        prose: fc.boolean(),
        blank: fc.boolean(),
        remark: fc.boolean(),
    });
    return fc.array(entry, { maxLength: 4 }).map((all) =>
        all.map(({ hash, ...one }, index) => ({
            key: `${prefix}${index}`,
            ...one,
            ...(hash && { hash }),
        })),
    );
}

/** Every key of a commented block says which block it is, so that it can be found again. */
function render(all: readonly Entry[], pad: string, step: string, blocks: string[][]): string[] {
    return all.flatMap((entry) => {
        const above = [...(entry.blank ? [""] : []), ...(entry.prose ? [`${pad}# Some prose: really.`] : [])];
        const lines = entryLines(entry, pad, step, blocks);
        if (entry.hash === undefined) {
            return [...above, ...lines];
        }
        const commented = lines
            .filter((line) => line.trim() !== "" && !line.trim().startsWith("#"))
            .map((line) => (entry.hash === "firstColumn" ? `#${line}` : `${pad}# ${line.slice(pad.length)}`))
            .map((line, index) => `${line} # block ${blocks.length}.${index}`);
        blocks.push(commented);
        return [...above, ...commented];
    });
}

function entryLines(entry: Entry, pad: string, step: string, blocks: string[][]): string[] {
    const remark = entry.remark ? " # a remark" : "";
    if (typeof entry.value === "string") {
        return [`${pad}${entry.key}: ${entry.value}`];
    }
    // What is commented out within something commented out is prose.
    const inner = render(entry.value, pad + step, step, entry.hash === undefined ? blocks : []);
    return [`${pad}${entry.key}:${remark}`, ...inner];
}

export const commentedFiles: fc.Arbitrary<CommentedFile> = fc
    .record({
        all: entries("sles-ecs:s", 2),
        hostImage: fc.option(entries("h", 1)),
        at: fc.nat(5),
        step: fc.constantFrom("  ", "    "),
        crlf: fc.boolean(),
        ended: fc.boolean(),
        tail: fc.boolean(),
    })
    .map(({ all, hostImage, at, step, crlf, ended, tail }) => {
        const blocks: string[][] = [];
        const plain = { prose: false, blank: false, remark: true };
        const filter: Entry = { key: "filter", value: "x", ...plain };
        const section: readonly Entry[] =
            hostImage === null
                ? []
                : [{ key: "sles-ecs:hostImage", value: [filter, ...hostImage], ...plain, prose: true }];
        const body = [
            { key: "aws:region", value: "us-east-1", ...plain },
            ...all.slice(0, at),
            ...section,
            ...all.slice(at),
        ];
        const lines = [
            "# The team's.",
            "config:",
            ...render(body, step, step, blocks),
            ...(tail ? ["", "# The end."] : []),
        ];
        const eol = crlf ? "\r\n" : "\n";
        return {
            text: lines.join(eol) + (ended ? eol : ""),
            uncommented: (changed) =>
                blocks.map((block) =>
                    block.reduce(
                        (text, line) => text.replace(line, line.replace(/^( *)#( ?)/, uncomment)),
                        changed,
                    ),
                ),
        };
    });

/** Only a hash in front of the key has a blank of its own behind it. */
function uncomment(_: string, before: string, blank: string): string {
    return before === "" ? blank : before;
}
