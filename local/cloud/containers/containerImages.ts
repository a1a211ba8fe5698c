import type Docker from "dockerode";
import { withTag } from "./containerForms";
import { isAnswer } from "./engine";
import { startError } from "./startError";

/** Where an engine of this machine reaches the local cloud's own repositories of a region, and with what. */
export interface RegistryAccess {
    /** Such as `127.0.0.1:40123`. */
    readonly host: string;
    readonly username: string;
    readonly password: string;
}

/** A repository of ECR. Source: Amazon ECR user guide, "Private repositories", its URI */
const ofEcr = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/;

/** The images that an engine of this machine runs containers of. */
export class ContainerImages {
    /** Those of the local cloud's own repositories, as the engine calls them. */
    private readonly own = new Set<string>();

    constructor(
        private readonly docker: Docker,
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
                await this.pull(reference);
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
                this.docker
                    .getImage(image)
                    .remove()
                    .catch(() => undefined),
            ),
        );
    }

    private async bringOwn(region: string, name: string): Promise<string> {
        const { host, username, password } = await this.accessTo(region);
        const image = `${host}/${name}`;
        this.own.add(image);
        await this.pull(image, { username, password, serveraddress: host });
        return image;
    }

    private isThere(image: string): Promise<boolean> {
        return this.docker
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

    private async pull(image: string, authconfig?: Docker.AuthConfig): Promise<void> {
        const stream = await this.docker.pull(withTag(image), { authconfig });
        await new Promise<void>((resolve, reject) => {
            this.docker.modem.followProgress(stream, (error: Error | null) => {
                if (error === null) {
                    resolve();
                } else {
                    reject(error);
                }
            });
        });
    }
}
