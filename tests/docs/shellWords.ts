/** Calls of a program in shell script: the words behind its name, up to whatever ends the command. */
export function callsOf(program: string, script: string): readonly (readonly string[])[] {
    const text = script.replaceAll("\\\n", " ");
    const calls: string[][] = [];
    for (const match of text.matchAll(new RegExp(`(?<![\\w./@-])${program}(?![\\w./:-])`, "g"))) {
        calls.push(words(text.slice(match.index + program.length)));
    }
    return calls;
}

/** Words of one simple command, quotes taken off. */
function words(text: string): string[] {
    const found: string[] = [];
    const token = /[ \t]*(?:(\n|\||&|;|\)|>|#|$)|((?:'[^']*'|"[^"]*"|[^\s'"|&;)>])+))/y;
    for (let match = token.exec(text); match?.[2] !== undefined; match = token.exec(text)) {
        found.push(match[2].replaceAll(/'([^']*)'|"([^"]*)"/g, "$1$2"));
    }
    return found;
}
