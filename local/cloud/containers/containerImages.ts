import { isAnswer, type Engine } from "./engine";
import { pullImage, type RegistryAccess } from "./pullImage";
import { startError } from "./startError";

/** A repository of ECR. Source: Amazon ECR user guide, "Private repositories", its URI */
const ofEcr = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/;

/** The images that an engine of this machine runs containers of. */
export class ContainerImages {
    /** Those of the local cloud's own repositories, as the engine calls them. */
    private readonly own = new Set<string>();

    constructor(
        private readonly engine: Engine,
        private readonly accessTo: (region: string) => Promise<RegistryAccess>,
    ) {}

    /**
     * Sees to it that the engine has an image. One of ECR is that of the local cloud's own repository, and is asked for each time, as
     * the agent does; any other one that the engine has is taken, as its registry may be out of reach.
     * @param reference as a task definition names it
     * @returns what the engine calls it
     * @throws StartError
     */
    async bring(reference: string): Promise<string> {
        try {
            const [, region, name] = ofEcr.exec(reference) ?? [];
            if (region !== undefined && name !== undefined) {
                return await this.bringOwn(region, name);
            }
            if (!(await this.isThere(reference))) {
                await pullImage(this.engine, reference);
            }
            return reference;
        } catch (error) {
            throw startError("CannotPullContainerError", error);
        }
    }

    /** Removes the images of the local cloud's own repositories, which end with it. */
    async clear(): Promise<void> {
        const images = [...this.own];
        this.own.clear();
        // One that is gone, or that somebody runs a container of, is left alone.
        await Promise.all(
            images.map((image) =>
                this.engine.docker
                    .getImage(image)
                    .remove()
                    .catch(() => undefined),
            ),
        );
    }

    private async bringOwn(region: string, name: string): Promise<string> {
        const access = await this.accessTo(region);
        const image = `${access.host}/${name}`;
        this.own.add(image);
        await pullImage(this.engine, image, access);
        return image;
    }

    private isThere(image: string): Promise<boolean> {
        return this.engine.docker
            .getImage(image)
            .inspect()
            .then(
                () => true,
                (error: unknown) => {
                    if (!isAnswer(error)) {
                        throw error;
                    }
                    return false;
                },
            );
    }
}
