import { hostImages } from "../../components/model/nextStep";
import { command, line } from "../../components/model/commandLine";
import { failed, notFound, notReady, usage, type CatalogueEntry } from "./catalogueEntry";

const environment = { placeholder: "environment" };
const moveOn = line`${command("images", "update", environment)}, or without hosts ${command("images", "lock", environment, "--newest")}`;

/** The part of the catalogue of errors that is about images of hosts, and the change from one to another. */
export const imageErrors = {
    IMAGE_NOT_FOUND: notFound(
        "No image of the region fits hostImage.filter, or none that does is a SLES ECS image for new hosts; the nearest ones and what there is are listed.",
        command("images", "list", "--filter", hostImages),
    ),
    IMAGE_LOCK_WRONG: usage(
        "hostImage.lock does not fit: it is of another region, its id is no image's or another one's, or the image is not SUSE's.",
        moveOn,
    ),
    IMAGE_RETIRED: usage(
        "The host image is gone, or SUSE is expected to delete it within hostImage.deletionNoticeDays; its replacement is named where it is known.",
        moveOn,
    ),
    AGENT_TOO_OLD: usage(
        "The ECS agent of the host image is older than a capability, or a setting of the agent, needs: hosts would lack the capability, and ignore the setting.",
        command("images", "list", "--filter", hostImages),
    ),
    AGENT_VERSION_UNKNOWN: usage(
        "Only a warning: whether the ECS agent of the host image offers a capability is not known before a host has joined; the ready gate tells then.",
    ),
    IMAGE_UNKNOWN: notFound(
        "SUSE's image data (pint) has no image of that name or id in the region.",
        command("images", "list", "--state", "all", "--filter", hostImages),
    ),
    PINT_REGION_UNKNOWN: notFound(
        "SUSE's image data (pint) has no region of that name; it knows regions once they have images.",
        command("images", "list", "--region", { placeholder: "region" }),
    ),
    PINT_UNAVAILABLE: failed(
        "SUSE's public cloud information service (pint) gave no answer that can be read, and none is kept from before; the reason is shown.",
        "check the network and SLES_ECS_PINT_URL, then run the same command again",
    ),
    TASKS_NOT_MOVED: notReady(
        "Tasks of services did not leave hosts that were to be replaced; these take tasks again and were not replaced.",
    ),
    GENERATION_CHANGE: usage(
        "The image to change to is of another SLES generation, which boots and keeps docker's data in another way.",
    ),
    OTHER_CHANGES: usage(
        "The settings differ from what stands by more than the host image; `images update` changes nothing but that.",
    ),
    ROLL_NOT_POSSIBLE: usage(
        "Hosts cannot be replaced one by one by this change, as something that they use would be replaced or deleted: a network, a security group, an instance profile, a docker volume.",
        command("up", environment),
    ),
    GROUP_SUSPENDED: usage(
        "The Auto Scaling group has processes suspended that are needed to replace its hosts.",
    ),
    NO_ROOM_FOR_TASKS: usage(
        "Replacing a host would stop tasks: no other host has the CPU, the memory or the host port for them, or a placement constraint or the percentages of their service keep them there, or they belong to no service; each is listed with its reason.",
    ),
} as const satisfies Record<string, CatalogueEntry>;
