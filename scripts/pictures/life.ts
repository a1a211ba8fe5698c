import { Workplace } from "../../tests/engine/harness";
import { Studio, type Recording } from "./recording";

const up = "sles-ecs up alice --from dev --set hosts.count=2 --yes";
const afterwards = ["sles-ecs status alice", "sles-ecs destroy alice --yes"];

/** The two pictures of a terminal that the README shows, each an SVG. */
export interface TerminalPictures {
    /** What a whole life has written in the end. */
    readonly life: string;
    /** Its `up`, moving. */
    readonly up: string;
}

/**
 * Plays an environment's life on a local cloud, and draws what a terminal shows of it.
 * @param bootSeconds how long its simulated hosts boot
 */
export async function drawTerminal(bootSeconds: number): Promise<TerminalPictures> {
    const place = await Workplace.create({ bootSeconds });
    try {
        await place.writeSettings("dev", {});
        const studio = await Studio.open(place);
        const first = await studio.record(up);
        const others: Recording[] = [];
        for (const line of afterwards) {
            others.push(await studio.record(line));
        }
        const moving = await studio.drawMoving(first);
        return { life: await studio.drawEnd([first, ...others]), up: moving };
    } finally {
        await place.stop();
    }
}
