import type { WrittenHolder } from "../../automation/lock/holder";
import { stackIdOf } from "./fakeWorld";

/** A process of another machine, which nobody here can say anything of. */
export const ann: WrittenHolder = {
    user: "ann",
    host: "build7",
    processId: 4242,
    since: "2026-11-23T09:58:00Z",
    command: "destroy",
    machine: "another machine",
};

/** Parameter Store with the lock of an environment, held by these. */
export function lockOf(environment: string, ...holders: readonly WrittenHolder[]): Record<string, string> {
    return Object.fromEntries(
        holders.map((holder, index) => [
            `/sles-ecs/locks/${stackIdOf(environment)}/${index + 1}`,
            JSON.stringify(holder),
        ]),
    );
}
