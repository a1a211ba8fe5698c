import type Docker from "dockerode";

/** What every container of a local cloud carries: its directory, which no other one has. */
export const cloudLabel = "sles-ecs.local-cloud";
export const taskLabel = "sles-ecs.task";

/** Removes every container of a local cloud, whatever it does. */
export async function removeContainers(docker: Docker, directory: string): Promise<void> {
    const filters = { label: [`${cloudLabel}=${directory}`] };
    const found = await docker.listContainers({ all: true, filters });
    await Promise.all(found.map(({ Id }) => removeContainer(docker, Id)));
}

/** One that is gone, or going, is no error. */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
    try {
        await docker.getContainer(id).remove({ force: true, v: true });
    } catch (error) {
        const { statusCode } = error as { readonly statusCode?: number };
        if (statusCode !== 404 && statusCode !== 409) {
            throw error;
        }
    }
}
