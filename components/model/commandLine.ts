/** Something that a person has to put in: shown as `<environment>`, without quotes. */
export interface Placeholder {
    readonly placeholder: string;
}

export type Word = string | Placeholder;

/** A command of this program to go on with: the words that follow its name. */
export interface CommandLine {
    readonly words: readonly Word[];
}

/** A line for a person. Its commands stay data until it is shown: only then it is known how they find the project. */
export type Line = string | CommandLine | readonly (string | CommandLine)[];

/** Makes a line text, its commands with what they need to find the project again. */
export type Show = (some: Line) => string;

type Words = Word | readonly Word[] | false | undefined;

/** @param words those that are false or undefined are left out */
export function command(...words: readonly Words[]): CommandLine {
    return {
        words: words.flatMap((some) => (some === undefined || some === false ? [] : some)),
    };
}

/** A template literal that keeps the commands in it: `` line`first ${command("list")}, then think` ``. */
export function line(texts: TemplateStringsArray, ...values: readonly (Line | number)[]): Line {
    return texts.flatMap((text, index) => [text, partsOf(values[index] ?? "")].flat()).filter(isNotEmpty);
}

/** Several lines as one. */
export function joinLines(lines: readonly Line[], separator: string): Line {
    return lines
        .flatMap((one, index) => [index === 0 ? "" : separator, partsOf(one)].flat())
        .filter(isNotEmpty);
}

/** Whether the first thing that a line tells is a command of this program. */
export function startsWithCommand(some: Line): boolean {
    return typeof partsOf(some)[0] === "object";
}

/** How the commands of a line find this program and the project again. */
export interface CallingWay {
    /** Words by which a shell finds this program. @default - its name */
    readonly program?: readonly string[];
    /** As it was given on the command line. */
    readonly projectDirectory?: string;
}

export function renderLine(
    some: Line,
    { program = ["sles-ecs"], projectDirectory }: CallingWay = {},
): string {
    const name = projectDirectory === undefined ? program : [...program, "-C", projectDirectory];
    return partsOf(some)
        .map((part) => (typeof part === "string" ? part : [...name, ...part.words].map(showWord).join(" ")))
        .join("");
}

/**
 * A word of a command line that a person is to run: in quotes where a shell would read it in its own way. In the value of
 * a variable it reads a tilde behind a colon as well.
 */
export function shellWord(word: string): string {
    return /^[\w@%+=:,./-](?:[\w@%+=:,./-]|(?<![=:])~)*$/.test(word)
        ? word
        : `'${word.replaceAll("'", `'\\''`)}'`;
}

function showWord(word: Word): string {
    return typeof word === "string" ? shellWord(word) : `<${word.placeholder}>`;
}

function partsOf(some: Line | number): readonly (string | CommandLine)[] {
    return typeof some === "number"
        ? [String(some)]
        : typeof some === "string" || "words" in some
          ? [some]
          : some;
}

function isNotEmpty(part: string | CommandLine): boolean {
    return part !== "";
}
