import { createLogUpdate } from "log-update";

/** A block of text on a terminal that is drawn over itself. */
export interface Redraw {
    draw(text: string): void;
    clear(): void;
}

/**
 * @param write Where the terminal's bytes go; the cursor is left as it is, so that an interrupted program leaves
 * nothing to be mended.
 */
export function createRedraw(write: (text: string) => void, columns: number): Redraw {
    const terminal = {
        write: (text: string) => {
            write(text);
            return true;
        },
        columns,
        isTTY: false,
    };
    const update = createLogUpdate(terminal as unknown as NodeJS.WritableStream, { showCursor: true });
    return { draw: (text) => update(text), clear: () => update.clear() };
}
