import { readFile, truncate } from "node:fs/promises";

import type { Point } from "./points";
import type { Stage } from "./stage";

/** Runs a command and cuts the power at the point. @returns whether the point came */
export async function interrupt(
    stage: Stage,
    environment: string,
    line: string,
    point: Point,
): Promise<boolean> {
    const { place, nth } = point;
    const running = stage.run(line);
    const ended = running.then(() => false);
    if (place.kind === "call") {
        const { number } = (await stage.control("POST", "holds", { ...place, nth })) as { number: number };
        const caught = stage
            .control("GET", `holds/${number}`)
            .then((answer) => (answer as { readonly caught: boolean }).caught);
        const isCaught = await Promise.race([caught, ended]);
        if (isCaught) {
            await stage.cutPower();
        }
        await stage.control("DELETE", "holds");
        await running;
        return isCaught;
    }
    let unwatch = (): void => undefined;
    const written = new Promise<boolean>((resolve) => {
        unwatch = stage.watchState(environment, (count) => count === nth && resolve(true));
    });
    const isWritten = await Promise.race([written, ended]);
    unwatch();
    if (isWritten) {
        await stage.cutPower();
        const file = stage.stateFile(environment);
        if (place.moment === "cut") {
            const { length } = await readFile(file);
            await truncate(file, Math.floor(length / 2));
        } else if (place.moment === "attrs") {
            await truncate(`${file}.attrs`, 0);
        }
    }
    await running;
    return isWritten;
}
