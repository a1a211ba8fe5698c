import { notFound, usage } from "./catalogueEntry";

/** Errors about single hosts. */
export const hostErrors = {
    HOST_NOT_FOUND: notFound(
        "The environment has no host of that number, id or beginning of an id; the hosts that it has are listed.",
    ),
    HOST_GONE: notFound("The host that was named is terminated, or on its way there."),
    HOST_OF_OTHERS: notFound(
        "The instance that was named is of another environment, or of none; nothing was changed.",
    ),
    HOST_AMBIGUOUS: usage("The beginning of an id fits several hosts of the environment; they are listed."),
};
