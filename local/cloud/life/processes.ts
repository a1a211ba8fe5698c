/** Whether a process of this id exists. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/** Waits until a process is gone. Gives false when it is still there after the time. */
export async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
    const limit = Date.now() + milliseconds;
    while (isAlive(pid)) {
        if (Date.now() > limit) {
            return false;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return true;
}
