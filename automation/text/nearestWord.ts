import { distance } from "fastest-levenshtein";

/** The known word that was probably meant; undefined where none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
    return nearestWords(word, known)[0];
}

/** The known words that may have been meant, the nearest first. */
export function nearestWords(word: string, known: readonly string[]): readonly string[] {
    return known
        .map((name) => ({ name, distance: distance(word, name) }))
        .filter((candidate) => candidate.distance <= Math.max(2, Math.floor(candidate.name.length / 3)))
        .sort((left, right) => left.distance - right.distance)
        .map(({ name }) => name);
}
