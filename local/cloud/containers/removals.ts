import type Docker from "dockerode";
import { setTimeout as pause } from "node:timers/promises";
import { isAnswer, lookMilliseconds } from "./engine";
import { removeContainer } from "./labels";

/** Removes containers, also those whose engine is away when they have to go: once it is back. */
export class Removals {
    private isClosed = false;

    constructor(
        private readonly docker: Docker,
        private readonly report: (error: unknown) => void,
    ) {}

    /** @returns settles once it is gone, or the engine is known to be away */
    async remove(id: string): Promise<void> {
        try {
            await removeContainer(this.docker, id);
        } catch (error) {
            if (isAnswer(error)) {
                throw error;
            }
            this.removeLater(id).catch(this.report);
        }
    }

    close(): void {
        this.isClosed = true;
    }

    private async removeLater(id: string): Promise<void> {
        while (!this.isClosed) {
            await pause(lookMilliseconds, undefined, { ref: false });
            try {
                await removeContainer(this.docker, id);
                return;
            } catch (error) {
                if (isAnswer(error)) {
                    throw error;
                }
            }
        }
    }
}
