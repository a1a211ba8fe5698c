import { distance } from "fastest-levenshtein";

/** The known word that was probably meant; undefined where none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
    return nearestWords(word, known)[0];
}

/**
 * The known words that may have been meant, the nearest first. A third of a word may be wrong; in short words two
 * letters, so that swapped letters are found.
 */
export function nearestWords(word: string, known: readonly string[]): readonly string[] {
    return known
        .map((name) => ({ name, edits: distance(word.toLowerCase(), name.toLowerCase()) }))
        .filter(({ name, edits }) => edits <= Math.max(2, Math.floor(name.length / 3)))
        .sort((a, b) => a.edits - b.edits)
        .map(({ name }) => name);
}
