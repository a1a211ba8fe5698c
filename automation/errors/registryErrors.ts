import { failed, notFound, usage } from "./catalogueEntry";

/** Errors about repositories and container images. */
export const registryErrors = {
    IMAGES_OUT_OF_REACH: usage(
        "A warning: containerRegistry lets hosts with the policy leastPrivilege pull from the environment's repositories alone, and running services have images of others; each is named.",
    ),
    IMAGE_NOT_IN_REGISTRY: notFound(
        "A registry has no container image of that name and tag, or does not show it to everybody.",
        "give another tag of the image, or another image",
    ),
    IMAGE_OF_OTHER_ARCHITECTURE: usage(
        "A container image is not for the architecture of the hosts; those that it is for are named.",
        "give an image for the architecture of the hosts",
    ),
    IMAGE_TAG_TAKEN: usage(
        "The tag is another image's in the repository, where tags never change hands; nothing was changed.",
        "choose another one with --tag",
    ),
    KEPT_REPOSITORY_TAKEN_UP: usage(
        "A warning: repositories that containerRegistry.onDestroy left in the account are taken up again with their images; each is named.",
    ),
    KEPT_REPOSITORY_WILL_GO: usage(
        "A warning: repositories that containerRegistry.onDestroy kept until now are of settings that delete them, so that the next destroy deletes them with their images; each is named.",
    ),
    PACKAGE_NOT_ON_HOSTS: notFound(
        "No host that AWS Systems Manager reaches has the package whose image is to be pushed.",
    ),
    PUBLIC_REGISTRY_REFUSED: usage(
        "The license of SLES does not allow its images in a public registry: the target is none of Amazon ECR's private ones, or the policy of the repository lets everybody pull.",
    ),
    PUSH_NOT_ALLOWED: usage(
        "Hosts may push to the environment's repositories only with containerRegistry.pushFromHosts; nothing was changed.",
    ),
    PUSH_NOT_PROVEN: failed(
        "After a push, Amazon ECR shows another digest under the tag than that of the image.",
    ),
    REGISTRY_FAILED: failed(
        "The registry that a container image is to come from could not be asked, or gave something else; what has come stays in the cache, and the same command goes on.",
        "run the same command again",
    ),
    REPOSITORY_MISSING: usage("The environment has no repositories to push to."),
    REPOSITORY_NAME_TAKEN: usage(
        "A repository of a name that containerRegistry asks for is there already, and is not this environment's.",
    ),
    REPOSITORY_NOT_FOUND: notFound(
        "The environment has no repository of that name; those that it has are named.",
    ),
    REPOSITORY_OF_OTHERS: usage(
        "A repository of that name is there, and is not this environment's; nothing was changed.",
    ),
    REPOSITORY_UNUSABLE: usage(
        "A repository of the environment is encrypted with another key than containerRegistry.kmsKeyId names, and nothing changes that.",
    ),
} as const;
