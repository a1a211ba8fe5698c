import type { Room } from "../rooms.mjs";
import { code, markdownTable } from "./markdown";

const section = /(<!-- rooms, [^>]*-->\n)[^]*?(<!-- end of rooms -->)/;

/** ARCHITECTURE.md with the table of rooms that the imports are held against. */
export function withRooms(page: string, rooms: readonly Room[]): string {
    if (!section.test(page)) {
        throw new Error("ARCHITECTURE.md has no place for the table of rooms");
    }
    const table = markdownTable(
        ["room", "what it holds", "may import"],
        rooms.map(({ path, holds, imports }) => [code(path), holds, imports.map(code).join(", ")]),
    );
    return page.replace(
        section,
        (_whole, start: string, end: string) =>
            `${start}<!-- prettier-ignore-start -->\n${table}\n<!-- prettier-ignore-end -->\n${end}`,
    );
}
