import { distance } from "fastest-levenshtein";

/** The word that was probably meant, or undefined when none of them is near. */
export function suggest(got: string, words: readonly string[]): string | undefined {
    const nearest = words
        .map((word) => ({ word, edits: distance(got.toLowerCase(), word.toLowerCase()) }))
        .sort((a, b) => a.edits - b.edits)[0];
    // A third of the word may be wrong; in short words two letters, so that swapped letters are found.
    return nearest !== undefined && nearest.edits <= Math.max(2, Math.floor(nearest.word.length / 3))
        ? nearest.word
        : undefined;
}
