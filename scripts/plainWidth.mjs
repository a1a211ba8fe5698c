// Stands in for the package string-width inside the bundle of yargs, which lays out our own help texts with it.
// The real one compiles a regular expression over all emoji of Unicode at every start, for 20 ms.
const escapeSequence = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Columns that a text without wide characters takes in a terminal. */
export default function plainWidth(text) {
    return [...text.replace(escapeSequence, "")].length;
}
