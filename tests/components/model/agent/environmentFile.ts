/**
 * How systemd reads a file that a unit names by EnvironmentFile= (systemd.exec(5)): lines of `KEY=value`, without
 * blanks around; a backslash stands for the next character, and before a line break for nothing at all; quotes around a
 * value, or a part of it at its beginning, are taken away. tests/hosts holds it against systemd itself.
 */
export function readEnvironmentFile(text: string): Map<string, string> {
    const values = new Map<string, string>();
    const keyAndEqual = /[ \t\n\r]*(?:([#;])[^\n]*\n|([^=\n]*)\n|([^=\n]*)=)/y;
    let at = 0;
    for (;;) {
        keyAndEqual.lastIndex = at;
        const match = keyAndEqual.exec(text);
        if (match === null) {
            return values;
        }
        at = keyAndEqual.lastIndex;
        const key = match[3];
        if (key !== undefined) {
            const { value, end } = readValue(text, at);
            values.set(key.trim(), value);
            at = end;
        }
    }
}

function readValue(text: string, start: number): { readonly value: string; readonly end: number } {
    let value = "";
    let kept = 0;
    let at = start;
    let isBare = false;
    for (; at < text.length && text[at] !== "\n"; at += 1) {
        const letter = text[at] ?? "";
        if (!isBare && (letter === '"' || letter === "'")) {
            const quoted = readQuoted(text, at + 1, letter);
            value += quoted.value;
            kept = value.length;
            at = quoted.end;
        } else if (letter === "\\") {
            isBare = true;
            at += 1;
            value += text[at] === "\n" ? "" : (text[at] ?? "");
            kept = value.length;
        } else if (isBare || !/\s/.test(letter)) {
            isBare = true;
            value += letter;
            kept = /\s/.test(letter) ? kept : value.length;
        }
    }
    return { value: value.slice(0, kept), end: at + 1 };
}

function readQuoted(text: string, start: number, quote: string) {
    let value = "";
    let at = start;
    for (; at < text.length && text[at] !== quote; at += 1) {
        if (quote === '"' && text[at] === "\\") {
            at += 1;
            const letter = text[at] ?? "";
            value += /["\\`$]/.test(letter) ? letter : `\\${letter}`;
        } else {
            value += text[at] ?? "";
        }
    }
    return { value, end: at };
}
