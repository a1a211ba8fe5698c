import { usage } from "./catalogueEntry";

/** Errors about repositories and container images. */
export const registryErrors = {
    KEPT_REPOSITORY_TAKEN_UP: usage(
        "A warning: repositories that containerRegistry.onDestroy left in the account are taken up again with their images; each is named.",
    ),
    REPOSITORY_NAME_TAKEN: usage(
        "A repository of a name that containerRegistry asks for is there already, and is not this environment's.",
    ),
    REPOSITORY_UNUSABLE: usage(
        "A repository of the environment is encrypted with another key than containerRegistry.kmsKeyId names, and nothing changes that.",
    ),
} as const;
