import { text } from "../../settings/fields";
import { commaList, duration, flag, plainWord, readByAgent, whole, word } from "../agentVariable";

/** How container images are pulled and cleaned up. */
export const imageVariables = readByAgent({
    imagePullBehavior: {
        variable: "ECS_IMAGE_PULL_BEHAVIOR",
        since: "1.18.0",
        kind: word(["default", "always", "once", "prefer-cached"]),
        meaning:
            "`default` pulls and falls back to what is there, `always` pulls or fails, `once` pulls what the host has not pulled yet, `prefer-cached` pulls what is not there.",
        agentDefault: "default",
    },
    imagePullTimeout: {
        variable: "ECS_IMAGE_PULL_TIMEOUT",
        since: "1.44.2",
        kind: duration(),
        meaning: "When to give up on pulling an image.",
        agentDefault: "2h",
    },
    imagePullInactivityTimeout: {
        variable: "ECS_IMAGE_PULL_INACTIVITY_TIMEOUT",
        since: "1.21.0",
        // agent/config/config.go: the least.
        kind: duration("1m"),
        meaning: "How long a pulled image may take to unpack without a sign of progress.",
        agentDefault: "1m",
    },
    manifestPullTimeout: {
        variable: "ECS_MANIFEST_PULL_TIMEOUT",
        since: "1.83.0",
        // agent/config/config_unix.go: the least.
        kind: duration("30s"),
        meaning: "When to give up on reading an image's manifest.",
        agentDefault: "1m",
    },
    pullDependentContainersUpfront: {
        variable: "ECS_PULL_DEPENDENT_CONTAINERS_UPFRONT",
        since: "1.48.0",
        kind: flag(),
        meaning: "Pull the images of containers that wait for others while they wait.",
        agentDefault: "false",
    },
    disableImageCleanup: {
        variable: "ECS_DISABLE_IMAGE_CLEANUP",
        since: "1.13.0",
        kind: flag(),
        meaning: "Never delete images that no task uses any more.",
        agentDefault: "false",
    },
    imageCleanupInterval: {
        variable: "ECS_IMAGE_CLEANUP_INTERVAL",
        since: "1.13.0",
        kind: duration("10m"),
        meaning: "How often unused images are looked for.",
        agentDefault: "30m",
        onlyWith: { field: "disableImageCleanup", value: false },
    },
    imageMinimumCleanupAge: {
        variable: "ECS_IMAGE_MINIMUM_CLEANUP_AGE",
        since: "1.13.0",
        kind: duration(),
        meaning: "How long after its pull an image is kept in any case.",
        agentDefault: "1h",
        onlyWith: { field: "disableImageCleanup", value: false },
    },
    numImagesDeletePerCycle: {
        variable: "ECS_NUM_IMAGES_DELETE_PER_CYCLE",
        since: "1.13.0",
        kind: whole(1, 1_000_000),
        meaning: "Most images that one clean-up deletes.",
        agentDefault: "5",
        onlyWith: { field: "disableImageCleanup", value: false },
    },
    enableUntrackedImageCleanup: {
        variable: "ECS_ENABLE_UNTRACKED_IMAGE_CLEANUP",
        since: "1.24.0",
        kind: flag(),
        meaning: "Also delete stopped containers and images that ECS has nothing to do with.",
        agentDefault: "false",
        onlyWith: { field: "disableImageCleanup", value: false },
    },
    excludeUntrackedImage: {
        variable: "ECS_EXCLUDE_UNTRACKED_IMAGE",
        since: "1.24.0",
        kind: commaList(text(plainWord, "an image as name:tag"), "a list of images"),
        meaning: "Images, as `name:tag`, that `enableUntrackedImageCleanup` spares.",
        onlyWith: { field: "enableUntrackedImageCleanup", value: true },
    },
    nonEcsImageMinimumCleanupAge: {
        variable: "NON_ECS_IMAGE_MINIMUM_CLEANUP_AGE",
        since: "1.33.0",
        kind: duration(),
        meaning: "How long after its creation an image that ECS has nothing to do with is kept in any case.",
        agentDefault: "1h",
        onlyWith: { field: "enableUntrackedImageCleanup", value: true },
    },
});
