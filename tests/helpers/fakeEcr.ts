import { createHash } from "node:crypto";
import { AppError } from "../../automation/errors/appError";
import type { EcrService, Repository } from "../../automation/ports/ecrService";
import type { Change, Read } from "./fakeAws";
import { without } from "./fakeGroupProviders";

interface FakeRepository extends Pick<Repository, "images" | "tags" | "kmsKeyId"> {
    readonly policy?: string;
    /** Digests of layers that are there. */
    readonly layers?: string[];
    /** Digests of images, by their tags. */
    readonly tagged?: Record<string, string>;
}

/** Private repositories of a fake account. */
export interface FakeRegistry {
    /** By name. */
    repositories: Record<string, FakeRepository>;
}

export const noRegistry = (): FakeRegistry => ({ repositories: {} });

export function fakeEcr(state: FakeRegistry, read: Read, change: Change): EcrService {
    const set = (name: string, changes: Partial<FakeRepository>): void => {
        const found = state.repositories[name];
        if (found !== undefined) {
            state.repositories[name] = { ...found, ...changes };
        }
    };
    const taggedIn = (name: string) => state.repositories[name]?.tagged ?? {};
    return {
        repository: (name) =>
            read("ecr.repository", () => {
                const found = state.repositories[name];
                return (
                    found && {
                        ...found,
                        name,
                        arn: `arn:aws:ecr:eu-central-1:123456789012:repository/${name}`,
                        url: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${name}`,
                    }
                );
            }),
        policy: (name) => read("ecr.policy", () => state.repositories[name]?.policy),
        images: (name) =>
            read("ecr.images", () =>
                Object.entries(taggedIn(name)).map(([tag, digest]) => ({ digest, tags: [tag] })),
            ),
        digestOf: (name, tag) => read("ecr.digestOf", () => taggedIn(name)[tag]),
        missingLayers: (name, digests) =>
            read("ecr.missingLayers", () =>
                digests.filter((digest) => !(state.repositories[name]?.layers ?? []).includes(digest)),
            ),
        uploadLayer: (name, { digest }) =>
            change("ecr.uploadLayer", `${name} ${digest}`, () => {
                set(name, { layers: [...(state.repositories[name]?.layers ?? []), digest] });
            }),
        putImage: (name, { manifest, tag }) =>
            change("ecr.putImage", `${name}:${tag}`, () => {
                const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
                const has = taggedIn(name)[tag];
                if (has !== undefined && has !== digest) {
                    throw new AppError("IMAGE_TAG_TAKEN", { message: `the tag ${tag} is taken` });
                }
                set(name, { tagged: { ...taggedIn(name), [tag]: digest } });
            }),
        removeRepository: (name) =>
            change("ecr.removeRepository", name, () => {
                state.repositories = without(state.repositories, name);
            }),
    };
}
