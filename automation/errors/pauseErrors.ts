import { failed, notReady } from "./catalogueEntry";

/** Errors about environments that stand still. */
export const pauseErrors = {
    PAUSED: notReady("The environment is paused: its hosts stand still on purpose."),
    SERVICE_NOT_TAGGABLE: failed(
        "A service cannot keep the count that it is to get back after a pause; nothing was stopped.",
    ),
    HOSTS_NOT_STOPPED: notReady(
        "Hosts of an environment that is being paused did not stop in time; each is listed. resume undoes it.",
        "run the same command again; it goes on where it ended",
    ),
    SERVICES_NOT_RUNNING: notReady(
        "Services of an environment that was paused have their counts again, but not all of their tasks run; each is listed.",
    ),
};
