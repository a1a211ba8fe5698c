import { failed, notFound, notReady, usage } from "./catalogueEntry";

/** Errors about services. */
export const serviceErrors = {
    SERVICE_INVALID: usage(
        "What was said of a service is wrong; every problem is listed with its option, and nothing was changed.",
    ),
    SERVICE_NOT_FOUND: notFound(
        "The cluster of the environment has no service of that name; those that it has are listed.",
    ),
    SERVICE_OF_OTHERS: usage(
        "The service, or a part that it would need, was not made by `service deploy` for this environment; nothing was changed.",
    ),
    SERVICE_LEAVING: failed(
        "A service of that name is being deleted, and its last tasks are still stopping; ECS takes the name again once they have.",
    ),
    SERVICE_FAILED: failed(
        "The tasks of a deployment did not come to run, and ECS has ended it: the service went back to what ran before, if there was something. What ECS says of the tasks is listed.",
    ),
    SERVICE_NOT_STEADY: notReady(
        "A service had not as many tasks as it wants when the time was over; what is in the way is listed. ECS goes on by itself.",
    ),
    SERVICE_NOT_GONE: notReady(
        "Something of a service was still there when the time to remove it was over; the same command goes on.",
    ),
    TASK_NOT_RUNNING: failed("No task of the service runs that a command could be run in."),
    EXEC_NOT_ENABLED: usage(
        "The service was deployed without --exec, and ECS runs commands in no task of it; nothing was changed.",
    ),
};
