/** A word of a command line that a person is to run: in quotes where the shell would read it in its own way. */
export function shellWord(word: string): string {
    return /^[\w@%+=:,./-][\w@%+=:,./~-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
