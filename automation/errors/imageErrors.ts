import { command, line } from "../../components/model/commandLine";
import type { CatalogueEntry } from "./catalogueEntry";
import { exitCodes } from "./exitCodes";

const environment = { placeholder: "environment" };
const moveOn = line`${command("images", "update", environment)}, or without hosts ${command("images", "lock", environment, "--newest")}`;

/** The part of the catalogue of errors that is about images of hosts, and the change from one to another. */
export const imageErrors = {
    IMAGE_NOT_FOUND: {
        exitCode: exitCodes.notFound,
        meaning:
            "No image of the region fits hostImage.filter, or none that does is a SLES ECS image for new hosts; the nearest ones " +
            "and what there is are listed.",
        hint: command("images", "list", "--filter", "name~ecs"),
    },
    IMAGE_LOCK_WRONG: {
        exitCode: exitCodes.usage,
        meaning:
            "hostImage.lock does not fit: it is of another region, its id is no image's or another one's, or the image is not SUSE's.",
        hint: moveOn,
    },
    IMAGE_RETIRED: {
        exitCode: exitCodes.usage,
        meaning:
            "The host image is gone, or SUSE is expected to delete it within hostImage.deletionNoticeDays; its replacement is named where it is known.",
        hint: moveOn,
    },
    IMAGE_UNKNOWN: {
        exitCode: exitCodes.notFound,
        meaning: "SUSE's image data (pint) has no image of that name or id in the region.",
        hint: command("images", "list", "--state", "all", "--filter", "name~ecs"),
    },
    PINT_REGION_UNKNOWN: {
        exitCode: exitCodes.notFound,
        meaning:
            "SUSE's image data (pint) has no region of that name; it knows regions once they have images.",
        hint: command("images", "list", "--region", { placeholder: "region" }),
    },
    PINT_UNAVAILABLE: {
        exitCode: exitCodes.failed,
        meaning:
            "SUSE's public cloud information service (pint) gave no answer that can be read, and none is kept from before; the reason is shown.",
        hint: "check the network and SLES_ECS_PINT_URL, then run the same command again",
    },
    TASKS_NOT_MOVED: {
        exitCode: exitCodes.notReady,
        meaning:
            "Tasks of services did not leave a host that was to be replaced; it takes tasks again and was not replaced.",
    },
    GENERATION_CHANGE: {
        exitCode: exitCodes.usage,
        meaning:
            "The image to change to is of another SLES generation, which boots and keeps docker's data in another way.",
    },
    OTHER_CHANGES: {
        exitCode: exitCodes.usage,
        meaning:
            "The settings differ from what stands by more than the host image; `images update` changes nothing but that.",
    },
    GROUP_SUSPENDED: {
        exitCode: exitCodes.usage,
        meaning: "The Auto Scaling group has processes suspended that are needed to replace its hosts.",
    },
    NO_ROOM_FOR_TASKS: {
        exitCode: exitCodes.usage,
        meaning:
            "Replacing a host would stop tasks: the other hosts lack the CPU or the memory for them, or they belong to no service; they are listed.",
    },
} as const satisfies Record<string, CatalogueEntry>;
