import type Docker from "dockerode";

/** Whose containers: all that local clouds of a directory run, one at a time, or one that ran there. */
export interface LabelledCloud {
    readonly directory: string;
    readonly run?: string;
}

const directoryLabel = "sles-ecs.local-cloud";
const runLabel = "sles-ecs.local-cloud-run";
export const taskLabel = "sles-ecs.task";

/** What every container of a local cloud carries. */
export function labelsOf({ directory, run }: LabelledCloud): Record<string, string> {
    return { [directoryLabel]: directory, ...(run !== undefined && { [runLabel]: run }) };
}

/** Removes every container of a local cloud, whatever it does. */
export async function removeContainers(docker: Docker, cloud: LabelledCloud): Promise<void> {
    const label = Object.entries(labelsOf(cloud)).map(([name, value]) => `${name}=${value}`);
    const found = await docker.listContainers({ all: true, filters: { label } });
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
