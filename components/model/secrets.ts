/** What stands for a name and a password in an address. */
const hidden = "***";

/** A text with the names and passwords taken out of the addresses in it: `http://user:password@proxy:3128`. */
export function withoutPasswords(text: string): string {
    return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']*@/gi, `$1${hidden}@`);
}

/**
 * The same of one value that should not hold any and may have any form: with a scheme or without, and with letters in the
 * password that no address may have.
 */
export function valueWithoutPassword(value: string): string {
    return value.replace(/^(\s*(?:[a-z][a-z0-9+.-]*:\/\/)?)[^@]*:[^]*@/i, `$1${hidden}@`);
}
