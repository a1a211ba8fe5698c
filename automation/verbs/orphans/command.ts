import { defineCommand } from "../../command/command";
import { AppError } from "../../errors/appError";
import { duration, someText, output } from "../../command/options";

/** `sles-ecs orphans`: what is in AWS of environments whose state is gone. */
export const orphansCommand = defineCommand({
    command: "orphans [environment]",
    summary: "List what is in AWS of environments whose state is gone, and remove it by id",
    description: [
        "Asks each service of AWS, region by region, for everything of sles-ecs in the account, and tells of each environment whose it is, how old, and whether a state of this project's backend knows it. An environment whose state is in another backend looks the same from here as one whose state is lost.",
        "--remove takes away what carries the stack ids given by --id, or the environment's where there is one of the name: it shows account, stack, id and plan, asks, and goes the way of `destroy`, with evidence. It refuses what a state here knows, what is another project's, what has no id, and what somebody else's lease still keeps; and all while a state here cannot be read. Volumes and repositories that are kept stay, unless --volume or --repository names them; then they go with all that is in them.",
        "Ends with code 7 when something is left, or when not everything could be looked for, and with code 1 when one of several could not be removed: the others still are, and it is named.",
    ].join("\n\n"),
    examples: [
        { command: "orphans --all-regions", text: "What there is in the account, and whose" },
        { command: "orphans --remove --id 3f0e…", text: "Show the plan, ask, remove, prove" },
        { command: "orphans alice --remove", text: "The same, where nothing else is called alice" },
    ],
    positionals: {
        environment: { describe: "Name of the only environment to look for", type: "string" },
    },
    options: {
        output,
        region: {
            describe: "Region to look in; may be given several times",
            type: "string",
            array: true,
            requiresArg: true,
            defaultDescription: "aws:region of Pulumi.yaml, AWS_REGION, or AWS's own files",
        },
        "all-regions": {
            describe: "Look in every region that is switched on",
            type: "boolean",
            default: false,
        },
        remove: {
            describe: "Remove what --id, --volume, --repository or the name says",
            type: "boolean",
            default: false,
        },
        id: {
            describe: "Stack id of an environment to remove; may be given several times",
            type: "string",
            array: true,
            requiresArg: true,
        },
        volume: {
            describe: "Kept volume to delete with its data; may be given several times",
            type: "string",
            array: true,
            requiresArg: true,
        },
        repository: {
            describe: "Kept repository to delete with its images; may be given several times",
            type: "string",
            array: true,
            requiresArg: true,
        },
        evidence: {
            describe: "File to write the record of the removal to",
            type: "string",
            requiresArg: true,
            coerce: someText("--evidence"),
        },
        timeout: duration("--timeout", "How long the tasks in the cluster may take to stop"),
    },
    run: async (options, context) => {
        const { environment, remove, id: ids = [], volume: volumes = [] } = options;
        const { repository: repositories = [], region: regions = [] } = options;
        const view = await import("./view");
        if (!remove) {
            const [misplaced] = (["id", "volume", "repository", "evidence"] as const).filter(
                (name) => options[name] !== undefined,
            );
            if (misplaced !== undefined) {
                throw new AppError("USAGE", {
                    message: `--${misplaced} says what --remove removes, and it was not given`,
                });
            }
            const { orphans } = await import("./orphans");
            const found = await orphans({ ...options, regions }, context);
            context.io.stdout(view.showOrphans(found, options.output, context, environment));
            view.requireSeen(found);
            return 0;
        }
        const { removeOrphans } = await import("./remove");
        const removed = await removeOrphans(
            { ...options, regions, environment, ids, volumes, repositories, timeoutSeconds: options.timeout },
            context,
        );
        context.io.stdout(view.showRemoved(removed, options.output, context));
        return view.concludeRemoved(removed);
    },
});
