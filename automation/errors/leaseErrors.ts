import { command } from "../../components/model/commandLine";
import { busy, failed, notFound, usage } from "./catalogueEntry";

/** Errors about how long an environment lives. */
export const leaseErrors = {
    NO_LEASE: notFound("The environment has no end that could be moved: it stays until it is destroyed."),
    LEASE_TOO_LONG: usage(
        "The environment would live longer than lease.longestTtl allows from now on; nothing was changed.",
    ),
    LEASE_ENDED: failed(
        "The lease of the environment is over, so that nothing would stop its hosts again; it has to be extended first.",
    ),
    LEASE_RENEWED: busy(
        "The lease of the environment was over and has been moved while it was looked at: it is not destroyed.",
        command("list"),
    ),
};
